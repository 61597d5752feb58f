"""A grouping scheme from the tables of a folder, our own form or that of the official publications.

What does not hold is refused with file, row and column: a table half read would group wrongly without a word.
What the publications leave out (categories, weights, the version) is derived, and said so in the scheme's notes.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from yidang.claims.drg.errors import TableMissing
from yidang.claims.drg.grids import Row, Tables
from yidang.claims.drg.scheme import Adrg, Complicating, Drg, Listed, Mdc, Scheme, Version
from yidang.kernel.clock import today

_KINDS = {"operation": "operation", "procedure": "procedure", "medical": "medical"} | {
    "外科": "operation",
    "手术": "operation",
    "外科组": "operation",
    "非手术室操作": "procedure",
    "非手术室操作组": "procedure",
    "操作": "procedure",
    "内科": "medical",
    "内科组": "medical",
}
_SEVERITIES = {1, 3, 5, 7, 9}
_MDC = re.compile(r"(?:MDC\s*)?([A-Z])(?![A-Z0-9])", re.IGNORECASE)
_ADRG = re.compile(r"[A-Z]{2}\d")
_IN_ADVANCE = "Z"
_LEFT_OVER = re.compile(r"0000?|.?QY")  # groups of no group: known without any table
_SEXES = {"男性": 1, "女性": 2, "妊娠": 2}  # words in the name of a category of one sex
_SEX_OF = {"M": 1, "N": 2, "O": 2}  # those of CHS-DRG
_FIRST = {"main", "主要手术", "first"}


def synthetic_folder() -> Path:
    return Path(str(files("yidang.claims.drg") / "data" / "synthetic"))


@cache
def synthetic() -> Scheme:
    return read_scheme(synthetic_folder())


def read_scheme(folder: Path, version: Version | None = None) -> Scheme:
    """The scheme in `folder`; `version` is what it is called where no table says so.

    Raises:
        TableMissing, TableWrong, FileNotRead: the first thing found wrong.
    """
    tables = Tables(folder)
    notes = [f"unread:{one}" for one in tables.unread]
    conditions = list(tables.rows("conditions"))
    mdcs = _mdcs(tables)
    adrgs = _adrgs(tables, conditions, {one.code for one in mdcs}, notes)
    mdcs = mdcs or _mdcs_by(adrgs, notes)
    named, known = {one.code for one in adrgs}, {one.code for one in mdcs}
    operations, diagnoses, trauma = _by_conditions(conditions, named)
    drgs = list(_drgs(_needed(tables, "drg", folder), named))
    if not any(one.weight for one in drgs):
        notes.append("no_weights")
    main = [*_categories(tables.rows("mdc_diagnoses"), known)] or _categories_by(adrgs, diagnoses, tables, folder)
    return Scheme(
        version=_version(tables, version or unnamed(folder), notes),
        mdcs=mdcs,
        adrgs=adrgs,
        mdc_diagnoses=main,
        adrg_operations=[*_listed(tables.rows("adrg_operations"), "adrg", named), *operations],
        adrg_diagnoses=[*_listed(tables.rows("adrg_diagnoses"), "adrg", named), *diagnoses],
        drgs=drgs,
        complications=list(_complicating(tables)),
        exclusions=list(_listed(tables.rows("exclusions"), "exclusion", None)),
        trauma=[*_listed(tables.rows("trauma"), "part_of_body", None), *trauma],
        supports=list(_listed(tables.rows("supports"), "item", None)),
        barred=[Listed(code, "") for row in tables.rows("barred") for code in row.codes()],
        notes=notes,
    )


def _needed(tables: Tables, table: str, folder: Path) -> Iterator[Row]:
    if table not in tables:
        raise TableMissing(table=table, folder=str(folder))
    return tables.rows(table)


def unnamed(folder: Path, code: str = "", version: str = "", since: date | None = None) -> Version:
    """What a scheme is called where no table says so."""
    name = code or folder.resolve().name
    return Version(name[:20], name, version or "1", folder.resolve().name, "", since or today())


def _version(tables: Tables, otherwise: Version, notes: list[str]) -> Version:
    row = next(tables.rows("scheme"), None)
    if row is None:
        notes.append("derived:scheme")
        return otherwise
    return Version(
        code=row.text("code"),
        name=row.text("name"),
        version=row.text("version"),
        source=row.text("source"),
        verified=row.text("verified", default=""),
        effective_from=_day(row, "effective_from"),
        approved_by=row.text("approved_by", default=""),
        only_main_operation=row.text("operations", default="").lower() in _FIRST,
    )


def _day(row: Row, column: str) -> date:
    try:
        return date.fromisoformat(row.text(column))
    except ValueError:
        raise row.wrong(column, "drg_reason_date") from None


def _mdcs(tables: Tables) -> list[Mdc]:
    return [_mdc(row) for row in tables.rows("mdc")]


def _mdc(row: Row) -> Mdc:
    name = row.text("name")
    told = next((sex for word, sex in _SEXES.items() if word in name), 0)
    return Mdc(_letter(row.text("mdc" if row.has("mdc") else "code")), name, row.number_of("sex", int, told))


def _mdcs_by(adrgs: Iterable[Adrg], notes: list[str]) -> list[Mdc]:
    notes.append("derived:mdc")
    return [Mdc(code, f"MDC{code}", _SEX_OF.get(code, 0)) for code in dict.fromkeys(one.mdc for one in adrgs)]


def _letter(text: str) -> str:
    """B of B, MDCB and “MDCB 神经系统疾病”; anything else as it stands."""
    found = _MDC.match(text.strip())
    return found[1].upper() if found else text.strip()


def _adrgs(tables: Tables, conditions: Iterable[Row], mdcs: set[str], notes: list[str]) -> list[Adrg]:
    """In the order of asking. Where no table lists them, those the conditions name, or the groups."""
    if "adrg" in tables:
        return [_adrg(row, mdcs) for row in _unique(tables.rows("adrg"), "adrg")]
    notes.append("derived:adrg")
    named = [*(row.text("adrg", default="") for row in conditions)]
    named += [_code(row, "adrg", row.text("drg")[:3]) for row in tables.rows("drg") if not _is_left_over(row)]
    found = dict.fromkeys(one[:3] for one in named if _ADRG.fullmatch(one[:3]))
    return [Adrg(code, code, code[0], _kind_of(code)) for code in found]


def _adrg(row: Row, mdcs: set[str]) -> Adrg:
    code = _code(row, "adrg", "")
    mdc = _letter(row.text("mdc", default=code[:1]))
    if mdcs and mdc not in mdcs:
        raise row.wrong("mdc", "drg_reason_unknown")
    kind = _KINDS.get(row.text("kind", default=_kind_of(code)))
    if kind is None:
        raise row.wrong("kind", "drg_reason_unknown")
    return Adrg(
        code,
        row.text("name"),
        mdc,
        kind,
        row.number_of("sex", int, 0),
        row.number_of("age_from", int, 0),
        row.number_of("age_until", int, 200),
        row.number_of("weight_from", int, 0),
        row.number_of("weight_until", int, 0),
    )


def _code(row: Row, column: str, otherwise: str) -> str:
    """A code, without the name that may stand behind it."""
    text = row.text(column, default=otherwise or None)
    return text.split()[0]


def _kind_of(code: str) -> str:
    """The second letter of a CHS-DRG code: A–J operation, K–Q procedure, R–Z medical."""
    letter = code[1:2]
    return "operation" if letter <= "J" else "procedure" if letter <= "Q" else "medical"


def _categories(rows: Iterable[Row], known: set[str]) -> Iterator[Listed]:
    for row in rows:
        mdc = _letter(row.text("mdc"))
        if mdc not in known:
            raise row.wrong("mdc", "drg_reason_unknown")
        yield from (Listed(code, mdc) for code in row.codes())


def _categories_by(adrgs: list[Adrg], diagnoses: list[Listed], tables: Tables, folder: Path) -> list[Listed]:
    """Without a table of main diagnoses: the category is that of the groups that list one.

    Raises TableMissing where nothing lists any.
    """
    of = {one.code: one.mdc for one in adrgs}
    listed = [*diagnoses, *_listed(tables.rows("adrg_diagnoses"), "adrg", set(of))]
    if not listed:
        raise TableMissing(table="mdc_diagnoses", folder=str(folder))
    return list(dict.fromkeys(Listed(row.code, of[row.target]) for row in listed))


def _listed(rows: Iterable[Row], target: str, known: set[str] | None) -> Iterator[Listed]:
    for row in rows:
        value = row.text(target)
        value = value.split()[0] if known is not None else value
        if known is not None and value not in known:
            raise row.wrong(target, "drg_reason_unknown")
        yield from (Listed(code, value, row.number_of("part", int, 1)) for code in row.codes())


def _by_conditions(rows: Iterable[Row], known: set[str]) -> tuple[list[Listed], list[Listed], list[Listed]]:
    """Operations, diagnoses and injuries of one table of conditions; rows of mere words (“和”) are none."""
    operations, diagnoses, trauma = list[Listed](), list[Listed](), list[Listed]()
    for row in rows:
        codes = [code for code in row.codes(least=0) if not _ADRG.fullmatch(code)]
        adrg = row.text("adrg") if codes else ""
        if codes and adrg.split()[0] not in known and _letter(row.text("mdc", default="")) == _IN_ADVANCE:
            trauma += [Listed(code, adrg) for code in codes]
        elif codes and adrg.split()[0] not in known:
            raise row.wrong("adrg", "drg_reason_unknown")
        for code in codes if adrg.split()[:1] and adrg.split()[0] in known else ():
            (operations if code[0].isdigit() else diagnoses).append(Listed(code, adrg.split()[0]))
    return operations, diagnoses, trauma


def _complicating(tables: Tables) -> Iterator[Complicating]:
    for table, default in (("complications", None), ("mcc", "MCC"), ("cc", "CC")):
        for row in tables.rows(table):
            level = row.text("level", default=default).upper()
            if level not in ("MCC", "CC"):
                raise row.wrong("level", "drg_reason_unknown")
            exclusion = row.text("exclusion", default="")
            yield from (Complicating(code, level, exclusion) for code in row.codes())


def _is_left_over(row: Row) -> bool:
    return _LEFT_OVER.fullmatch(row.text("drg")) is not None


def _drgs(rows: Iterator[Row], adrgs: set[str]) -> Iterator[Drg]:
    """A weight may be left out, since the national scheme has none; one that is given counts."""
    for row in _unique((row for row in rows if not _is_left_over(row)), "drg"):
        code = _code(row, "drg", "")
        adrg = _code(row, "adrg", code[:3])
        if adrg not in adrgs:
            raise row.wrong("adrg", "drg_reason_unknown")
        severity = row.number_of("severity", int, int(code[-1]) if code[-1:].isdigit() else 0)
        if severity not in _SEVERITIES:
            raise row.wrong("severity", "drg_reason_unknown")
        weight = row.number_of("weight", float, 0.0)
        if weight < 0 or (row.has("weight") and not weight):
            raise row.wrong("weight", "drg_reason_number")
        fen, days = row.number_of("benchmark_fen", int, 0), row.number_of("benchmark_days", float, 0.0)
        yield Drg(code, adrg, severity, row.text("name", default=code), weight, fen, days)


def _unique(rows: Iterator[Row], column: str) -> Iterator[Row]:
    seen: set[str] = set()
    for row in rows:
        if row.text(column) in seen:
            raise row.wrong(column, "drg_reason_twice")
        seen.add(row.text(column))
        yield row
