"""A record handed out: in clear, in a form that other archives read, with its proof."""

from yidang.access.export.exporting import Form, export_item

__all__ = ["Form", "export_item"]
