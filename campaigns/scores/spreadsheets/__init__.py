"""What is read from officials' own spreadsheets: criteria tables and filled score tables."""
