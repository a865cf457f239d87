"""Officials' own spreadsheets: opened within bounds, read as they are, mended before anything is kept."""
