"""Stays that overlap, are cut in two, were not needed or did not happen."""

from yidang.claims.generator.book import Book
from yidang.claims.generator.schemes import scheme


def _visit_beside_stay(book: Book, after: int, *, planted: bool) -> None:
    person, day = book.person(region=0), book.day()
    house = book.hospital(0)
    book.stay(person, day, 8, department="呼吸内科", dx="J18.9", provider=house, at=560)
    claim = book.claim(
        person, day + after, provider=book.other(house, region=0), dx="L30.9", department="皮肤科", at=500
    )
    book.line(claim, "cetirizine")
    book.plant("visit_during_stay", claim=claim, planted=planted)


def _on_the_day_of_discharge(book: Book) -> None:
    _visit_beside_stay(book, 8, planted=False)


def _on_the_day_of_admission(book: Book) -> None:
    _visit_beside_stay(book, 0, planted=False)


@scheme("visit_during_stay", 35, alike=(_on_the_day_of_discharge, _on_the_day_of_admission))
def visit_during_stay(book: Book) -> None:
    _visit_beside_stay(book, 4, planted=True)


def _two_stays(book: Book, second_after: int, *, way: int, planted: bool) -> None:
    person, day = book.person(region=0, age=(60, 80)), book.day(460, 680)
    house = book.hospital(0)
    book.stay(person, day, 6, department="神经内科", dx="I63.9", provider=house, way=way)
    other = book.other(house, region=0)
    claim = book.stay(person, day + second_after, 7, department="康复医学科", dx="G81.9", provider=other, at=950)
    book.plant("stays_overlap", claim=claim, planted=planted)


def _moved_on(book: Book) -> None:
    """Discharged to another hospital and admitted there the same afternoon."""
    _two_stays(book, 6, way=2, planted=False)


@scheme("stays_overlap", 36, alike=(_moved_on,))
def stays_overlap(book: Book) -> None:
    _two_stays(book, 3, way=1, planted=True)


def _back_again(book: Book, after: int, *, planted: bool, second_dx: str = "J18.9") -> None:
    person, day = book.person(age=(50, 75)), book.day(460, 670)
    house = book.hospital(book.persons[person]["region"])
    book.stay(person, day, 6, department="呼吸内科", dx="J18.9", provider=house)
    claim = book.stay(person, day + 6 + after, 6, department="呼吸内科", dx=second_dx, provider=house)
    book.plant("stay_cut_in_two", claim=claim, planted=planted)


def _planned_chemotherapy(book: Book) -> None:
    person, day = book.person(age=(50, 70)), book.day(460, 670)
    house = book.hospital(book.persons[person]["region"])
    for week in range(3):
        claim = book.stay(person, day + week * 7, 2, department="肿瘤科", dx="Z51.1", provider=house)
        book.diagnoses.append((claim, "C34.1"))
        for key in ("chemo_infusion", "paclitaxel_inj", "cisplatin_inj"):
            book.line(claim, key, day=1)
    book.plant("stay_cut_in_two", claim=claim, planted=False)


def _another_illness(book: Book) -> None:
    _back_again(book, 4, planted=False, second_dx="K80.2")


def _three_weeks_later(book: Book) -> None:
    _back_again(book, 21, planted=False)


@scheme("stay_cut_in_two", 37, alike=(_planned_chemotherapy, _another_illness, _three_weeks_later))
def stay_cut_in_two(book: Book) -> None:
    _back_again(book, int(book.rng.integers(1, 5)), planted=True)


def _at_home_for_an_hour(book: Book) -> None:
    claim = book.stay(book.person(), book.day(), 8, department="骨科", dx="M51.2")
    book.leaves.append((claim, book.claims[claim]["admitted"] + 600, 2))
    book.plant("empty_bed", claim=claim, planted=False)


@scheme("empty_bed", 38, alike=(_at_home_for_an_hour,))
def empty_bed(book: Book) -> None:
    claim = book.stay(book.person(), book.day(), 9, days=False, department="骨科", dx="M51.2")
    for night in range(1, 8):
        book.leaves.append((claim, book.claims[claim]["admitted"] + night * 1440, 14))
    book.plant("empty_bed", claim=claim)


def _short_but_treated(book: Book) -> None:
    """Two days, and an operation in them."""
    claim = book.stay(book.person(age=(60, 80)), book.day(), 2, department="眼科", dx="H25.9", drg=book.pool["CB35"])
    for key in ("op_cataract", "m_lens"):
        book.line(claim, key, day=1)
    book.plant("needless_stay", claim=claim, planted=False)


@scheme("needless_stay", 39, alike=(_short_but_treated,))
def needless_stay(book: Book) -> None:
    claim = book.stay(
        book.person(), book.day(), 2, days=False, department="心血管内科", dx="I10.x", drg=book.pool["FV25"]
    )
    book.line(claim, "us_abdomen")
    book.plant("needless_stay", claim=claim)


def _together(book: Book, count: int, *, same_house: bool, planted: bool) -> None:
    region, day = int(book.rng.integers(0, 4)), book.day()
    house = book.hospital(region)
    doctor = book.doctor(house, "中医科")
    address = int(book.rng.integers(1, 2**62)) if same_house else None
    for _ in range(count):
        person = book.person(age=(55, 75), region=region, address=address)
        claim = book.stay(person, day, 4, days=False, department="中医科", dx="M51.2", provider=house, doctor=doctor)
        for at in range(4):
            book.line(claim, "infrared", day=at)
        book.plant("admitted_together", claim=claim, planted=planted)


def _family_of_three(book: Book) -> None:
    _together(book, 3, same_house=True, planted=False)


def _strangers(book: Book) -> None:
    _together(book, 5, same_house=False, planted=False)


@scheme("admitted_together", 40, alike=(_family_of_three, _strangers))
def admitted_together(book: Book) -> None:
    _together(book, 6, same_house=True, planted=True)


def _full_house(book: Book, region: int, beds: int, *, planted: bool) -> None:
    house = book.spare(region, 0)
    book.beds[house] = beds
    for _ in range(14):
        person = book.person(region=region)
        book.stay(person, 520 + int(book.rng.integers(0, 2)), 6, days=False, department="骨科", provider=house)
    book.plant("more_patients_than_beds", provider=house, planted=planted)


def _a_few_more_beds(book: Book) -> None:
    _full_house(book, 1, 13, planted=False)


@scheme("more_patients_than_beds", 41, alike=(_a_few_more_beds,), once=True)
def more_patients_than_beds(book: Book) -> None:
    _full_house(book, 0, 8, planted=True)
