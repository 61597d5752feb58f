"""The analytics history: one Parquet file or folder per table, under keyed pseudonyms, a projection of what came.

Others read it through `folder()` and `connect()` and nothing else.
"""

from yidang.claims.history.reading import connect, folder

__all__ = ["connect", "folder"]
