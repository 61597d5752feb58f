"""Tiers of the store, by what the catalogue and the ledger know of a record: its class, its age, its last use."""
