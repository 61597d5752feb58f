"""Lists of others: read, kept with source and date, and crossed with what was settled."""
