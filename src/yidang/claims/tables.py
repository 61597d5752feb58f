"""The analytics tables: names, columns and types that every rule's SQL is written against.

Money in fen, moments in the bureau's local time, `person` a keyed pseudonym, never an identifier.
"""

import re
from typing import Final

Columns = dict[str, str]

_FULL: Final = """
persons      person BIGINT, sex TINYINT, born_on DATE, scheme VARCHAR, region VARCHAR, address BIGINT,
             blood_group VARCHAR
providers    provider VARCHAR, kind VARCHAR, level TINYINT, region VARCHAR, beds INTEGER, longitude DOUBLE,
             latitude DOUBLE
doctors      doctor VARCHAR, provider VARCHAR, department VARCHAR, profession VARCHAR, specialty VARCHAR
settlements  claim BIGINT, person BIGINT, provider VARCHAR, visit VARCHAR, admitted_at TIMESTAMP,
             discharged_at TIMESTAMP, settled_at TIMESTAMP, department VARCHAR, doctor VARCHAR, scheme VARCHAR,
             region VARCHAR, main_diagnosis VARCHAR, drg VARCHAR, discharge_way TINYINT, total_fen BIGINT,
             fund_fen BIGINT, own_fen BIGINT, reversed BOOLEAN, month VARCHAR
diagnoses    claim BIGINT, person BIGINT, seq INTEGER, code VARCHAR, is_main BOOLEAN, admission_condition VARCHAR,
             month VARCHAR
operations   claim BIGINT, person BIGINT, seq INTEGER, code VARCHAR, operated_at TIMESTAMP, doctor VARCHAR,
             session VARCHAR, month VARCHAR
lines        line BIGINT, claim BIGINT, person BIGINT, provider VARCHAR, visit VARCHAR, served_at TIMESTAMP,
             item VARCHAR, class VARCHAR, fee_category VARCHAR, quantity DOUBLE, unit_price_fen BIGINT,
             amount_fen BIGINT, days_supply INTEGER, daily_dose DOUBLE, prescription BIGINT, doctor VARCHAR,
             department VARCHAR, trace VARCHAR, reversed BOOLEAN, month VARCHAR
traces       trace VARCHAR, line BIGINT, claim BIGINT, person BIGINT, provider VARCHAR, region VARCHAR, item VARCHAR,
             product VARCHAR, moved_at TIMESTAMP, kind VARCHAR, quantity DOUBLE, is_split BOOLEAN, document VARCHAR,
             month VARCHAR
stock_in     trace VARCHAR, provider VARCHAR, item VARCHAR, product VARCHAR, stocked_at TIMESTAMP
products     trace_prefix VARCHAR, product VARCHAR, item VARCHAR
deaths       person BIGINT, died_on DATE
absences     person BIGINT, kind VARCHAR, from_on DATE, until_on DATE
suspensions  doctor VARCHAR, from_on DATE, until_on DATE
terminations provider VARCHAR, from_on DATE, until_on DATE
orders       claim BIGINT, item VARCHAR, ordered_at TIMESTAMP, stopped_at TIMESTAMP
results      claim BIGINT, item VARCHAR, resulted_at TIMESTAMP
leaves       claim BIGINT, left_at TIMESTAMP, hours DOUBLE
vitals       claim BIGINT, person BIGINT, blood_group VARCHAR, sex TINYINT, height_cm DOUBLE
"""


def _read(text: str) -> dict[str, Columns]:
    tables: dict[str, Columns] = {}
    for words in (" ".join(entry.split()) for entry in re.split(r"\n(?=\S)", text.strip())):
        name, columns = words.split(" ", 1)
        tables[name] = dict(_pair(part) for part in columns.split(", "))
    return tables


def _pair(part: str) -> tuple[str, str]:
    name, kind = part.split()
    return name, kind


TABLES: Final[dict[str, Columns]] = _read(_FULL)
PARTITIONED: Final = frozenset(name for name, columns in TABLES.items() if "month" in columns)
EXTRACTS: Final = ("orders", "results", "leaves", "vitals")
