"""One text, two engines: rules are written in DuckDB's dialect and translated by grammar, never by hand."""

from functools import cache

EVIDENCE = "evidence_of_r"  # stands where each engine writes a row as JSON in its own way


@cache
def for_spark(sql: str) -> str:
    import sqlglot

    translated: str = sqlglot.transpile(sql, read="duckdb", write="spark")[0]
    return translated.replace(EVIDENCE, "to_json(struct(r.*))")
