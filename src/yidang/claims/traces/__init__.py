"""Trace codes 追溯码: each box sold once, seen at the moment of the scan."""
