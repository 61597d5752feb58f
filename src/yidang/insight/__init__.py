"""Numbers for the head of the bureau: a dashboard, and the yearly table of the archive."""
