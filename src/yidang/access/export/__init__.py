"""A record handed out: in clear, in a form that other archives read, with its proof."""

from yidang.access.export.exporting import export_item

__all__ = ["export_item"]
