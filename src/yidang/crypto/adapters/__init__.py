"""Engines behind the ports of this room."""
