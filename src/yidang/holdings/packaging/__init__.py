"""A record as a package that other archives read, and such a package as a record."""
