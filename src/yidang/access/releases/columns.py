"""The columns a data set may have, and what may be done to each. Data; the order is that of the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yidang.kernel.errors import Invalid


class Treatment(StrEnum):
    LEAVE_OUT = "leave_out"
    KEEP = "keep"
    PSEUDONYM = "pseudonym"
    DIGEST = "digest"
    SHIFT = "shift"
    GROUP = "group"
    WIDEN = "widen"
    SCRUB = "scrub"


class Part(StrEnum):
    """What a column is for whoever would lead a row back."""

    IDENTIFIER = "identifier"  # names the person alone
    KNOWABLE = "knowable"  # others may know it
    SENSITIVE = "sensitive"  # what they would learn
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    part: Part
    allowed: Sequence[Treatment]
    usual: Treatment


_OUT, _KEEP, _NAME, _DIGEST, _SHIFT, _GROUP, _WIDEN, _SCRUB = Treatment

COLUMNS: Sequence[Column] = (
    Column("person_name", Part.IDENTIFIER, (_OUT, _NAME, _DIGEST), _OUT),
    Column("id_number", Part.IDENTIFIER, (_OUT, _NAME, _DIGEST), _DIGEST),
    Column("phone", Part.IDENTIFIER, (_OUT, _NAME, _DIGEST), _OUT),
    Column("document_number", Part.IDENTIFIER, (_OUT, _NAME, _DIGEST), _OUT),
    Column("sex", Part.KNOWABLE, (_OUT, _KEEP), _KEEP),
    Column("age", Part.KNOWABLE, (_OUT, _GROUP, _KEEP), _GROUP),
    Column("region", Part.KNOWABLE, (_OUT, _WIDEN, _KEEP), _WIDEN),
    Column("institution", Part.KNOWABLE, (_OUT, _DIGEST, _KEEP), _OUT),
    Column("department", Part.KNOWABLE, (_OUT, _KEEP), _OUT),
    Column("formed_on", Part.KNOWABLE, (_OUT, _SHIFT, _WIDEN, _KEEP), _SHIFT),
    Column("admitted_on", Part.KNOWABLE, (_OUT, _SHIFT, _WIDEN, _KEEP), _SHIFT),
    Column("discharged_on", Part.KNOWABLE, (_OUT, _SHIFT, _WIDEN, _KEEP), _SHIFT),
    Column("icd_code", Part.SENSITIVE, (_OUT, _WIDEN, _KEEP), _WIDEN),
    Column("diagnosis", Part.SENSITIVE, (_OUT, _SCRUB), _OUT),
    Column("amount_total", Part.NEUTRAL, (_OUT, _KEEP), _KEEP),
    Column("amount_fund", Part.NEUTRAL, (_OUT, _KEEP), _KEEP),
    Column("amount_self", Part.NEUTRAL, (_OUT, _KEEP), _KEEP),
    Column("document_type", Part.NEUTRAL, (_OUT, _KEEP), _KEEP),
    Column("note", Part.NEUTRAL, (_OUT, _SCRUB), _OUT),
)
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}
DATES = frozenset({"formed_on", "admitted_on", "discharged_on"})


def checked(treatments: Mapping[str, str]) -> dict[str, Treatment]:
    """One treatment for every column; a column not named is left out.

    Raises:
        Invalid: `release_treatment_wrong` with the column; `release_empty` when nothing would leave.
    """
    chosen = {column.name: _checked(column, treatments.get(column.name, _OUT)) for column in COLUMNS}
    if all(treatment == _OUT for treatment in chosen.values()):
        raise Invalid("release_empty")
    return chosen


def _checked(column: Column, wanted: str) -> Treatment:
    if wanted not in column.allowed:
        raise Invalid("release_treatment_wrong", column=column.name)
    return Treatment(wanted)


def knowable(treatments: Mapping[str, Treatment]) -> list[str]:
    """What counts for k: knowable columns that leave otherwise than as a keyed digest, shifted dates apart.

    A date moved by up to a year tells a stranger who knows the true one nothing exact.
    """
    harmless = {_OUT, _DIGEST, _SHIFT}
    return [name for name, how in treatments.items() if BY_NAME[name].part == Part.KNOWABLE and how not in harmless]


def sensitive(treatments: Mapping[str, Treatment]) -> list[str]:
    return [name for name, how in treatments.items() if BY_NAME[name].part == Part.SENSITIVE and how != _OUT]
