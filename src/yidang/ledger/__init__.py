"""The append-only verifiable log: one salted leaf for every change and every showing of a record."""
