"""Drawn forms of invented people: what Yidang is tried out, tested and measured with."""
