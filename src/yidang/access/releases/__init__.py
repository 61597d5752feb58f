"""Data that leaves the house without telling whom it is about."""
