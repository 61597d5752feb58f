"""Likely pairs by splink on DuckDB: a Fellegi-Sunter model with weights that stand below."""

import logging
from collections.abc import Sequence
from typing import Any

from yidang.claims.linkage.rules import LIKELY, Pair, Record, as_columns

_PRIOR = 1e-4
_FEW = 2  # nothing to compare below it


def likely_pairs(records: Sequence[Record]) -> list[Pair]:
    if len(records) < _FEW:
        return []
    import duckdb
    import pyarrow as pa
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    db = duckdb.connect()
    db.execute("SET memory_limit = '1GB'")
    api = DuckDBAPI(connection=db)
    people = api.register(pa.table(as_columns(records)), dataset_display_name="people")
    blocks: list[Any] = [
        block_on("id_number"),
        block_on("phone"),
        block_on("name", "born_on"),
        block_on("home", "born_on"),
        block_on("name", "home"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=_comparisons(),
        blocking_rules_to_generate_predictions=blocks,
        probability_two_random_records_match=_PRIOR,
    )
    linker = Linker(people, settings, log_level=logging.ERROR)
    found = linker.inference.predict(threshold_match_probability=LIKELY)
    rows = found.as_duckdbpyrelation().select("unique_id_l, unique_id_r, match_probability").fetchall()
    return [Pair(min(left, right), max(left, right), probability) for left, right, probability in rows]


def _comparisons() -> list[Any]:
    """How often each mark agrees within one person (m) and between two (u).

    Given, not trained: a bureau's few new entries say nothing of how rare a name is in the whole population.
    """
    import splink.comparison_library as cl

    return [
        cl.JaroWinklerAtThresholds("name", [0.9]).configure(
            m_probabilities=[0.86, 0.06, 0.08], u_probabilities=[5e-4, 2e-3, 0.9975]
        ),
        cl.DamerauLevenshteinAtThresholds("id_number", 1).configure(
            m_probabilities=[0.9, 0.08, 0.02], u_probabilities=[1e-6, 1e-5, 0.999989]
        ),
        cl.DamerauLevenshteinAtThresholds("born_on", 1).configure(
            m_probabilities=[0.93, 0.05, 0.02], u_probabilities=[5e-5, 2e-3, 0.99795]
        ),
        cl.ExactMatch("sex").configure(m_probabilities=[0.99, 0.01], u_probabilities=[0.5, 0.5]),
        cl.ExactMatch("phone").configure(m_probabilities=[0.75, 0.25], u_probabilities=[1e-5, 0.99999]),
        cl.ExactMatch("home").configure(m_probabilities=[0.7, 0.3], u_probabilities=[1e-4, 0.9999]),
    ]
