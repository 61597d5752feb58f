"""Inspection: rules and models over what was paid, findings, their review, cases and decisions."""
