"""Sets of criteria: files, drafts, versions, who uses which."""
