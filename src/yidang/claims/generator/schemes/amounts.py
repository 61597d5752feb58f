"""Too much of something: a day, a period, a course, a stay."""

from yidang.claims.generator.book import Book
from yidang.claims.generator.schemes import scheme

_SINGLE = ("echo", "us_thyroid", "lung_function")


def _twice_as_ordered(book: Book) -> None:
    """Twice a day is what the limit of this item allows."""
    claim = book.stay(book.person(), book.day(), 4, department="呼吸内科", dx="J18.9")
    book.line(claim, "nebulise", day=1)
    book.plant("charged_twice", line=book.line(claim, "nebulise", day=1), planted=False)


def _twins(book: Book) -> None:
    """Two sisters, born in one hour, treated alike in one room."""
    day, house, address = book.day(), book.hospital(0, level=3), book.day()
    for _ in range(2):
        sister = book.person(sex=2, born=day - 1200, region=0, address=address)
        claim = book.claim(sister, day, department="儿科", at=540, provider=house)
        line = book.line(claim, "us_thyroid")
    book.plant("charged_twice", line=line, planted=False)


@scheme("charged_twice", 19, alike=(_twice_as_ordered, _twins))
def charged_twice(book: Book) -> None:
    key = str(book.rng.choice(_SINGLE))
    claim = book.claim(book.person(), book.day(), department="呼吸内科", dx="J20.9")
    book.line(claim, key)
    book.plant("charged_twice", line=book.line(claim, key))


def _three_infusions(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), "emergency", department="急诊科", dx="R50.9")
    book.plant("beyond_the_day", line=book.line(claim, "infusion", 3), planted=False)


@scheme("beyond_the_day", 20, alike=(_three_infusions,))
def beyond_the_day(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), "emergency", department="急诊科", dx="R50.9")
    book.plant("beyond_the_day", line=book.line(claim, "infusion", 6))


def _dialysis_three_a_week(book: Book) -> None:
    person, first = book.person(age=(45, 70)), book.day(460, 660)
    house = book.hospital(book.persons[person]["region"])
    for at in range(9):
        day = first + at // 3 * 7 + at % 3 * 2
        claim = book.claim(person, day, department="肾内科", dx="N18.5", provider=house)
        line = book.line(claim, "haemodialysis")
        book.line(claim, "m_dialyser")
    book.plant("beyond_the_period", line=line, planted=False)


def _two_months_later(book: Book) -> None:
    person, day = book.person(age=(45, 70)), book.day(460, 600)
    book.line(book.claim(person, day, department="内分泌科", dx="E11.9"), "hba1c")
    claim = book.claim(person, day + 63, department="内分泌科", dx="E11.9")
    book.plant("beyond_the_period", line=book.line(claim, "hba1c"), planted=False)


@scheme("beyond_the_period", 21, alike=(_dialysis_three_a_week, _two_months_later))
def beyond_the_period(book: Book) -> None:
    person, day = book.person(age=(45, 70)), book.day(460, 600)
    for after in (0, 20):
        claim = book.claim(person, day + after, department="内分泌科", dx="E11.9")
        line = book.line(claim, "hba1c")
    book.plant("beyond_the_period", line=line)


def _sessions(book: Book, count: int, *, planted: bool) -> None:
    claim = book.stay(book.person(), book.day(460, 650), count, days=False, department="中医科", dx="M51.2")
    lines = [book.line(claim, "acupuncture", day=at) for at in range(count)]
    book.plant("beyond_the_course", line=lines[-1], planted=planted)


def _eighteen_sessions(book: Book) -> None:
    _sessions(book, 18, planted=False)


@scheme("beyond_the_course", 22, alike=(_eighteen_sessions,))
def beyond_the_course(book: Book) -> None:
    _sessions(book, 25, planted=True)


def _day_of_discharge(book: Book) -> None:
    """Admitted ten minutes before midnight; the day of admission and the day of discharge are both charged."""
    claim = book.stay(book.person(), book.day(), 6, department="呼吸内科", dx="J18.9", at=1430)
    book.plant("beyond_the_stay", line=book.line(claim, "nursing_2", day=6), planted=False)


@scheme("beyond_the_stay", 23, alike=(_day_of_discharge,))
def beyond_the_stay(book: Book) -> None:
    claim = book.stay(book.person(), book.day(), 6, department="呼吸内科", dx="J18.9")
    book.plant("beyond_the_stay", line=book.line(claim, "nursing_2", 4, day=5))


def _round_the_clock(book: Book) -> None:
    claim = book.stay(book.person(), book.day(), 5, department="心血管内科", dx="I20.0")
    book.plant("beyond_24_hours", line=book.line(claim, "monitor", 24, day=2), planted=False)


@scheme("beyond_24_hours", 24, alike=(_round_the_clock,))
def beyond_24_hours(book: Book) -> None:
    claim = book.stay(book.person(), book.day(), 5, department="心血管内科", dx="I20.0")
    book.plant("beyond_24_hours", line=book.line(claim, str(book.rng.choice(("monitor", "oxygen"))), 31, day=2))
