"""可用性: can it be found, opened and read, and for how long? DA/T 70-2018, 3-x."""

from collections.abc import Iterator

from yidang.checks import stores
from yidang.checks.catalogue import limits
from yidang.checks.records import Flaw, Record
from yidang.checks.registry import of_record, of_whole
from yidang.checks.whole import Told, Whole, each


def _flaw(record: Record, why: str, **facts: object) -> Flaw:
    return Flaw(record.id, record.name, why, facts)


@of_whole("3-1")
def metadata_readable(whole: Whole) -> Told:
    return each(whole.sample, stores.description_flaw, of=len(whole.filed), seed=whole.seed)


@of_whole("3-2")
def database_reachable(whole: Whole) -> Told:
    """Every row was read and its sealed description opened to get here."""
    return Told(looked_at=len(whole.records))


@of_record("3-3")
def accepted_format(record: Record) -> Iterator[Flaw]:
    known = {*limits()["formats"]["archival"], *limits()["formats"]["kept"]}
    for file in record.files:
        if file.media_type not in known:
            yield _flaw(record, "check_format_unknown", format=file.media_type, file=file.ordinal)


@of_whole("3-4")
def content_readable(whole: Whole) -> Told:
    """Every page was read once; of the sample the first original is opened to its end again."""
    unread = [_flaw(record, "check_page_unread") for record in whole.records if _has_unread(record)]
    opened = each(whole.sample, stores.opening_flaw, of=len(whole.filed), seed=whole.seed)
    return Told(len(whole.records), [*unread, *opened.flaws], evidence=opened.evidence)


def _has_unread(record: Record) -> bool:
    return any(not page.is_read for page in record.pages)


@of_record("3-5")
def lasting_format(record: Record) -> Iterator[Flaw]:
    for file in record.files:
        if file.media_type not in limits()["formats"]["archival"]:
            yield _flaw(record, "check_format_not_lasting", format=file.media_type, file=file.ordinal)


@of_record("3-6")
def environment_told(record: Record) -> Iterator[Flaw]:
    for page in record.pages:
        if not page.is_born_digital and page.is_read and not page.dpi:
            yield _flaw(record, "check_environment_missing", page=page.number)


@of_whole("3-8")
def package_formats(whole: Whole) -> Told:
    """The seal of the store is the house's own and is taken off for a package; the originals must not be locked."""
    return each(whole.sample, stores.locked_flaw, of=len(whole.filed), seed=whole.seed)
