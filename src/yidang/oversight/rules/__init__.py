"""The rule book: one folder per rule, read, checked and rendered into portable SQL. Pure: no database, no framework."""
