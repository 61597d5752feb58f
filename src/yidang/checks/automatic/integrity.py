"""完整性: is everything there? DA/T 70-2018, 2-x."""

from collections import defaultdict
from collections.abc import Iterator

from yidang.checks import stores
from yidang.checks.catalogue import limits
from yidang.checks.records import Flaw, Record
from yidang.checks.registry import of_record, of_whole
from yidang.checks.whole import Told, Whole, each, not_run
from yidang.kernel import reference_code


def _flaw(record: Record, why: str, **facts: object) -> Flaw:
    return Flaw(record.id, record.name, why, facts)


@of_whole("2-1")
def number_agrees(whole: Whole) -> Told:
    """Every file received is accepted, waits, or is set apart with its reason; nothing is without an outcome."""
    said = whole.registered
    if said is None:
        return not_run("check_nothing_registered")
    lost = said.files - said.accepted - said.apart - said.waiting
    facts = {"registered": said.files, "accepted": said.accepted, "apart": said.apart, "waiting": said.waiting}
    return Told(1, [Flaw(None, said.number, "check_number_differs", facts)] if lost else [], evidence=facts)


@of_whole("2-2")
def bytes_agree(whole: Whole) -> Told:
    """Bytes of the accepted files against those of the items' originals."""
    said = whole.registered
    if said is None:
        return not_run("check_nothing_registered")
    kept = sum(file.size for record in whole.records for file in record.files)
    facts = {"registered": said.accepted_bytes, "kept": kept}
    differs = not said.waiting and kept < said.accepted_bytes
    return Told(1, [Flaw(None, said.number, "check_bytes_differ", facts)] if differs else [], evidence=facts)


@of_record("2-3")
def elements_there(record: Record) -> Iterator[Flaw]:
    for key in limits()["metadata"]["least_elements"]:
        if key not in record.fields:
            yield _flaw(record, "check_element_missing", field=key)


@of_record("2-4")
def required_filled(record: Record) -> Iterator[Flaw]:
    if not str(record.fields.get("title", "")).strip():
        yield _flaw(record, "check_required_empty", field="title")
    if record.is_filed and not record.reference_code:
        yield _flaw(record, "check_required_empty", field="reference_code")


@of_record("2-5")
def process_told(record: Record) -> Iterator[Flaw]:
    if record.is_filed and not (record.filed_by and record.version):
        yield _flaw(record, "check_process_missing")


@of_whole("2-6")
def unbroken(whole: Whole) -> Told:
    """Numbers of one 类别号 in one accession; others may have filed in between, so a gap is shown, not condemned."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for record in whole.filed:
        if reference_code.is_reference_code(record.reference_code) and not record.is_legacy_code:
            code = reference_code.parse(record.reference_code)
            numbers[code.prefix].append(code.number)
    gaps = {prefix: max(some) - min(some) + 1 - len(some) for prefix, some in numbers.items()}
    repeated = [prefix for prefix, some in numbers.items() if len(set(some)) != len(some)]
    flaws = [Flaw(None, prefix, "check_number_repeated") for prefix in repeated]
    return Told(len(whole.filed), flaws, evidence={"numbers_of_others_between": sum(gaps.values())})


@of_record("2-7")
def content_there(record: Record) -> Iterator[Flaw]:
    if record.is_paper_only:
        return
    if not record.files:
        yield _flaw(record, "check_no_content")
    if any(file.size <= 0 for file in record.files):
        yield _flaw(record, "check_empty_file")


@of_whole("2-10")
def package_metadata(whole: Whole) -> Told:
    return each(whole.sample, stores.elements_flaw, of=len(whole.filed), seed=whole.seed)


@of_whole("2-11")
def package_content(whole: Whole) -> Told:
    return each(whole.filed, stores.count_flaw)
