"""What waits for whom: home, boards of who is late, reminders, the daily mail."""
