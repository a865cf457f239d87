"""What may come in as a file."""
