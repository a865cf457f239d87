"""Acts on meetings and on the tasks that they set."""
