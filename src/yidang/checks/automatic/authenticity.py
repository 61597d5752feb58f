"""真实性: is the record what it says it is? DA/T 70-2018, 1-x."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date

from yidang.checks import stores
from yidang.checks.catalogue import limits
from yidang.checks.records import Flaw, Record
from yidang.checks.registry import of_record, of_whole
from yidang.checks.whole import Told, Whole, each
from yidang.holdings.description import specs
from yidang.kernel import reference_code
from yidang.kernel.errors import Invalid
from yidang.kernel.period import PERMANENT, term_years

_CLASSES = {"public", "internal", "sensitive", "公开", "内部", "敏感", ""}
_EARLIEST = 1900
_ODD = {"Cc", "Cs", "Co", "Cn"}
_LINE_BREAKS = {"\n", "\t", "\r"}
_CODE = re.compile(r"[\w.*+/ \-]*")


def _flaw(record: Record, why: str, **facts: object) -> Flaw:
    return Flaw(record.id, record.name, why, facts)


@of_whole("1-1")
def fixed_information(whole: Whole) -> Told:
    """Stored bytes of a sample against inventory, keys and tags; the scrub reads through the rest."""
    return each(whole.sample, stores.fixity_flaw, of=len(whole.filed), seed=whole.seed)


@of_record("1-2")
def length(record: Record) -> Iterator[Flaw]:
    for key, value in record.fields.items():
        if len(str(value)) > limits()["metadata"]["longest"]:
            yield _flaw(record, "check_too_long", field=key)


@of_record("1-3")
def type_and_format(record: Record) -> Iterator[Flaw]:
    for key, value in record.fields.items():
        spec = specs().get(key)
        if spec is None or not _fits(spec.kind, value):
            yield _flaw(record, "check_wrong_type", field=key)


def _fits(kind: str, value: object) -> bool:
    if kind in {"amount", "count"}:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "date":
        return _is_date(str(value))
    return isinstance(value, str)


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


@of_record("1-4")
def within_code_table(record: Record) -> Iterator[Flaw]:
    if record.security_class not in _CLASSES or str(record.fields.get("security_class", "")) not in _CLASSES:
        yield _flaw(record, "check_not_in_table", field="security_class")
    if not _is_term(record.term):
        yield _flaw(record, "check_not_in_table", field="term")
    for key in (key for key, spec in specs().items() if spec.kind == "code" and key in record.fields):
        if not _CODE.fullmatch(str(record.fields[key])):
            yield _flaw(record, "check_not_in_table", field=key)


def _is_term(term: str) -> bool:
    try:
        return term == PERMANENT or bool(term_years(term))
    except Invalid:
        return False


@of_record("1-5")
def plausible(record: Record) -> Iterator[Flaw]:
    latest = f"{record.year + 1}-12-31"
    for key in (key for key, spec in specs().items() if spec.kind == "date" and key in record.fields):
        value = str(record.fields[key])
        if _is_date(value) and not f"{_EARLIEST}-01-01" <= value <= latest:
            yield _flaw(record, "check_implausible", field=key)
    for key in (key for key, spec in specs().items() if spec.kind in {"amount", "count"} and key in record.fields):
        if isinstance(record.fields[key], int) and record.fields[key] < 0:
            yield _flaw(record, "check_implausible", field=key)


@of_record("1-6")
def no_odd_characters(record: Record) -> Iterator[Flaw]:
    for key, value in record.fields.items():
        if any(unicodedata.category(sign) in _ODD and sign not in _LINE_BREAKS for sign in str(value)):
            yield _flaw(record, "check_odd_character", field=key)


@of_record("1-7")
def reference_code_in_order(record: Record) -> Iterator[Flaw]:
    """A legacy code keeps its own shape; a new one tells fonds and year as the record does."""
    if not record.is_filed or record.is_legacy_code:
        return
    if not reference_code.is_reference_code(record.reference_code):
        yield _flaw(record, "check_code_malformed")
        return
    parts = reference_code.parse(record.reference_code)
    if parts.fonds != record.fonds or parts.year not in {None, record.year}:
        yield _flaw(record, "check_code_elsewhere")


@of_whole("1-8")
def not_repeated(whole: Whole) -> Told:
    """档号 within this set; the database keeps them apart everywhere. And the same content under two items."""
    codes = Counter(record.reference_code for record in whole.records if record.reference_code)
    flaws = [
        _flaw(record, "check_repeated", other=whole.duplicated.get(record.id, ""))
        for record in whole.records
        if codes[record.reference_code] > 1 or record.id in whole.duplicated
    ]
    return Told(looked_at=len(whole.records), flaws=flaws)


@of_whole("1-10")
def properties_agree(whole: Whole) -> Told:
    """Size and number of stored files against what the catalogue says of them."""
    return each(whole.sample, stores.property_flaw, of=len(whole.filed), seed=whole.seed)


@of_whole("1-11")
def leads_to_content(whole: Whole) -> Told:
    """Every file that the catalogue names is in the item's inventory."""
    return each(whole.filed, stores.location_flaw)


@of_whole("1-12")
def catalogue_files_in_order(whole: Whole) -> Told:
    return each(whole.sample, stores.description_flaw, of=len(whole.filed), seed=whole.seed)


@of_whole("1-13")
def structure_in_order(whole: Whole) -> Told:
    return each(whole.filed, stores.structure_flaw)


@of_whole("1-14")
def package_unchanged(whole: Whole) -> Told:
    """The receipt still says what it said; each stored description is what the ledger was told of."""
    changed = whole.registered is not None and not whole.registered.receipt_holds
    told = each(whole.sample, stores.commitment_flaw, of=len(whole.filed), seed=whole.seed)
    flaws = [*told.flaws, *([Flaw(None, "", "check_receipt_changed")] if changed else [])]
    return Told(looked_at=told.looked_at, flaws=flaws, evidence=told.evidence)
