"""Taking claims in: read → shape → check → store → hand to the history. One folder per import, one transaction."""
