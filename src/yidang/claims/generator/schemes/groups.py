"""Groups of cases, and what everybody in a department is given."""

from yidang.claims.generator.book import Book
from yidang.claims.generator.schemes import scheme

_SET = ("thyroid_panel", "hbv_panel", "cea", "afp", "vitamin_d", "d_dimer")


def _everybody(book: Book, region: int, *, every: int, planted: bool) -> None:
    """Every nth patient of the department is given the same long list."""
    house = book.spare(region, 2)
    for number in range(14):
        person = book.person(region=region)
        claim = book.stay(person, 470 + number * 9, 4, department="内分泌科", dx="E11.9", provider=house)
        keys = _SET if number % every == 0 else _SET[: number % len(_SET)]
        for key in keys:
            book.line(claim, key)
        if keys == _SET:
            book.plant("same_tests_for_all", claim=claim, planted=planted)


def _some_of_them(book: Book) -> None:
    _everybody(book, 1, every=3, planted=False)


@scheme("same_tests_for_all", 49, alike=(_some_of_them,), once=True)
def same_tests_for_all(book: Book) -> None:
    _everybody(book, 0, every=1, planted=True)


def _failing_lungs(book: Book, *, supported: bool) -> None:
    claim = book.stay(
        book.person(age=(50, 80)), book.day(), 7, department="呼吸内科", dx="J18.9", drg=book.pool["ES21"]
    )
    book.diagnoses.append((claim, "J96.9"))
    for at in range(7):
        book.line(claim, "ceftriaxone_inj", day=at)
    if supported:
        book.line(claim, "blood_gas")
        book.line(claim, "oxygen", 12, day=1)
    book.plant("complication_without_support", claim=claim, planted=not supported)


def _with_blood_gas(book: Book) -> None:
    _failing_lungs(book, supported=True)


@scheme("complication_without_support", 55, alike=(_with_blood_gas,))
def complication_without_support(book: Book) -> None:
    _failing_lungs(book, supported=False)


def _full_treatment(book: Book) -> None:
    claim = book.stay(
        book.person(age=(50, 80)), book.day(), 7, department="呼吸内科", dx="J18.9", drg=book.pool["ES25"]
    )
    for at in range(7):
        for key in ("ceftriaxone_inj", "ambroxol_inj"):
            book.line(claim, key, day=at)
    for key in ("ct_chest", "pct", "crp"):
        book.line(claim, key)
    book.plant("cost_moved_out", claim=claim, planted=False)


@scheme("cost_moved_out", 56, alike=(_full_treatment,))
def cost_moved_out(book: Book) -> None:
    """The stay costs a fraction of its group, and the tests are paid for two days before it, outside."""
    person, day = book.person(age=(50, 80)), book.day()
    house = book.hospital(book.persons[person]["region"])
    before = book.claim(person, day - 2, department="呼吸内科", dx="J18.9", provider=house)
    for key in ("ct_chest", "pct", "blood_gas", "culture"):
        book.line(before, key)
    claim = book.stay(
        person, day, 2, days=False, department="呼吸内科", dx="J18.9", provider=house, drg=book.pool["ES25"]
    )
    book.plant("cost_moved_out", claim=claim)
