"""The pledges that blocs sign."""
