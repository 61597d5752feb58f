"""Watching the watchers: the log of what staff did, and what in it is unusual."""
