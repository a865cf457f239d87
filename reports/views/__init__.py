"""Web pages of papers: each paper's page, the acts of its life, its files, a meeting's set."""
