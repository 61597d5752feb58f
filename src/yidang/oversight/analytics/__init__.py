"""Engines that read the analytics tables: DuckDB in place, Spark over the same files."""
