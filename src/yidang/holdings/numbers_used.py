"""Which running numbers a set of reference codes uses, under which prefix. Pure."""

from collections import defaultdict
from collections.abc import Iterable

from yidang.kernel.errors import Invalid
from yidang.kernel.reference_code import ITEM_DIGITS, VOLUME_DIGITS, ReferenceCode, parse


def running_numbers(codes: Iterable[str]) -> dict[str, set[int]]:
    """Prefix → numbers, of items by item and of volumes; codes of other shapes are older archives' own."""
    found: dict[str, set[int]] = defaultdict(set)
    for code in codes:
        used = _used(code)
        if used:
            prefix, number = used
            found[prefix].add(number)
    return found


def _used(code: str) -> tuple[str, int] | None:
    try:
        parsed = parse(code)
    except Invalid:
        return None
    widths = [len(number) for number in parsed.numbers]
    if not parsed.components or str(parsed) != code:
        return None
    if widths in ([ITEM_DIGITS], [VOLUME_DIGITS]):
        return parsed.prefix, parsed.number
    if widths == [VOLUME_DIGITS, VOLUME_DIGITS]:
        volume = ReferenceCode(parsed.fonds, parsed.components, parsed.numbers[:1])
        return volume.prefix, volume.number
    return None
