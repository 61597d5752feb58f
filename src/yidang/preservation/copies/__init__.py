"""Copies of the archive in a place that is not trusted, and the way back from them."""
