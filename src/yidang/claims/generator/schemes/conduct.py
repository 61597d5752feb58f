"""How people and houses behave over days: hours no doctor has, borrowed cards, hunters of medicines."""

from yidang.claims.generator.book import Book
from yidang.claims.generator.schemes import scheme


def _sessions_in_a_day(book: Book, count: int, *, planted: bool) -> None:
    """Each case has a day of its own at a house no plain claim goes to."""
    turn = book.turn("hours")
    region = book.cohort % 4
    house = book.spare(region, 1)
    doctor = book.doctor(house, "康复医学科", book.cohort // 4 % 3)
    for number in range(count):
        claim = book.claim(
            book.person(region=region),
            461 + turn % 220,
            department="康复医学科",
            dx="G81.9",
            provider=house,
            doctor=doctor,
            at=480 + number * 20,
        )
        book.plant("more_hours_than_a_day", line=book.line(claim, "exercise_therapy"), planted=planted)


def _a_full_day(book: Book) -> None:
    _sessions_in_a_day(book, 10, planted=False)


@scheme("more_hours_than_a_day", 42, alike=(_a_full_day,))
def more_hours_than_a_day(book: Book) -> None:
    _sessions_in_a_day(book, 24, planted=True)


def _again(book: Book, after: int, visit: str, *, planted: bool) -> None:
    person, day = book.person(region=0), book.day(460, 640)
    house = book.hospital(0)
    first = book.claim(person, day, department="呼吸内科", dx="J20.9", provider=house)
    book.line(first, "ct_chest")
    other = book.other(house, region=0)
    department = "急诊科" if visit == "emergency" else "呼吸内科"
    claim = book.claim(person, day + after, visit, department=department, dx="J20.9", provider=other)
    book.plant("examined_again", line=book.line(claim, "ct_chest"), planted=planted)


def _a_month_later(book: Book) -> None:
    _again(book, 30, "outpatient", planted=False)


def _as_an_emergency(book: Book) -> None:
    """Results of others are not waited for in an emergency."""
    _again(book, 5, "emergency", planted=False)


@scheme("examined_again", 50, alike=(_a_month_later, _as_an_emergency))
def examined_again(book: Book) -> None:
    _again(book, int(book.rng.integers(1, 9)), "outpatient", planted=True)


def _two_stays(book: Book, blood: str, height: int, *, planted: bool) -> None:
    person, day = book.person(sex=1, blood="A", height=171), book.day(460, 640)
    book.stay(person, day, 4, days=False, department="骨科", dx="M51.2")
    claim = book.stay(person, day + 40, 4, days=False, department="皮肤科", dx="L30.9")
    book.vitals[claim] = (blood, 1, height)
    book.plant("somebody_else", claim=claim, planted=planted)


def _a_centimetre(book: Book) -> None:
    _two_stays(book, "A", 170, planted=False)


@scheme("somebody_else", 52, alike=(_a_centimetre,))
def somebody_else(book: Book) -> None:
    _two_stays(book, "B", 171, planted=True)


def _two_places(book: Book, minutes: int, second: int, *, planted: bool) -> None:
    person, day = book.person(region=2), book.day()
    for region, at in ((2, 540), (second, 540 + minutes)):
        claim = book.claim(person, day, department="全科", dx="R51.x", provider=book.hospital(region), at=at)
        book.line(claim, "cbc" if region == 2 else "glu")
    book.plant("in_two_places", claim=claim, planted=planted)


def _in_the_evening(book: Book) -> None:
    _two_places(book, 8 * 60, 3, planted=False)


@scheme("in_two_places", 52, alike=(_in_the_evening,))
def in_two_places(book: Book) -> None:
    _two_places(book, 40, 3, planted=True)


_RESOLD = ("nifedipine", "acarbose", "clopidogrel", "rosuvastatin", "z_danshen", "liraglutide")


def _hunt(book: Book, houses: int, *, planted: bool) -> None:
    region, day = int(book.rng.integers(0, 4)), book.day()
    person = book.person(age=(50, 75), region=region)
    shops = book.world.providers(2, region)
    for number, house in enumerate(book.rng.choice(shops, houses, replace=False)):
        claim = book.claim(person, day + number, "pharmacy", dx="I10.x", provider=int(house))
        line = book.line(claim, _RESOLD[number % 6], 2, days=14)
        if planted:
            book.plant("hunter_of_medicines", line=line)
    if not planted:
        book.plant("hunter_of_medicines", claim=claim, planted=False)


def _two_shops(book: Book) -> None:
    _hunt(book, 2, planted=False)


@scheme("hunter_of_medicines", 53, alike=(_two_shops,))
def hunter_of_medicines(book: Book) -> None:
    _hunt(book, 6, planted=True)


def _come_together(book: Book, persons: int, days: int, *, planted: bool) -> None:
    region, first = int(book.rng.integers(0, 4)), book.day(460, 640)
    house = int(book.rng.choice(book.world.providers(2, region)))
    company = [book.person(age=(50, 75), region=region) for _ in range(persons)]
    for turn in range(days):
        for place, person in enumerate(company):
            at = 600 + turn + place * 3
            claim = book.claim(person, first + turn * 9, "pharmacy", dx="I10.x", provider=house, at=at)
            book.line(claim, ("losartan", "metoprolol", "amlodipine", "z_danshen")[turn % 4], days=7)
            book.plant("company_of_cards", claim=claim, planted=planted)


def _neighbours_once(book: Book) -> None:
    _come_together(book, 4, 1, planted=False)


def _a_couple(book: Book) -> None:
    """Husband and wife always go together."""
    _come_together(book, 2, 4, planted=False)


@scheme("company_of_cards", 54, alike=(_neighbours_once, _a_couple))
def company_of_cards(book: Book) -> None:
    _come_together(book, 4, 4, planted=True)
