"""The dispute file: all about one or more records in a ZIP that a stranger checks with Python alone."""

from yidang.access.dispute.building import build_dispute

__all__ = ["build_dispute"]
