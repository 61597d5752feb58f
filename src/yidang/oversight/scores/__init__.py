"""Scores: how far a settlement, a doctor, a person, an institution or a pharmacy stands from its peers, and why."""
