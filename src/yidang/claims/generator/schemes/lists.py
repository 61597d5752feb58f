"""Dated lists: the dead, the absent, the suspended and the terminated; and who may do what."""

from yidang.claims.generator.book import Book
from yidang.claims.generator.schemes import scheme


def _after_the_last_day(book: Book) -> None:
    """Died in the ward; the last offices were done and the stay was settled the day after."""
    person, day = book.person(age=(70, 90)), book.day()
    stay = book.stay(person, day, 6, department="神经内科", dx="I63.9", way=5)
    book.note("deaths", person=person, died_on=day + 5)
    book.plant("served_after_death", line=book.line(stay, "body_care", day=6), planted=False)


@scheme("served_after_death", 33, alike=(_after_the_last_day,))
def served_after_death(book: Book) -> None:
    person, day = book.person(age=(65, 85)), book.day()
    book.note("deaths", person=person, died_on=day)
    claim = book.claim(person, day + int(book.rng.integers(3, 60)), "pharmacy", dx="I10.x")
    book.plant("served_after_death", line=book.line(claim, "losartan", days=28))


def _away(book: Book, at: int, *, planted: bool) -> None:
    person, day = book.person(), book.day(460, 640)
    kind = ("prison", "abroad")[int(book.rng.integers(0, 2))]
    book.note("absences", person=person, kind=kind, from_on=day, until_on=day + 60)
    claim = book.claim(person, day + at, department="皮肤科", dx="L30.9")
    book.plant("served_while_away", line=book.line(claim, "cetirizine"), planted=planted)


def _home_again(book: Book) -> None:
    _away(book, 62, planted=False)


@scheme("served_while_away", 34, alike=(_home_again,))
def served_while_away(book: Book) -> None:
    _away(book, 25, planted=True)


def _suspended(book: Book, at: int, *, planted: bool) -> None:
    """A doctor of a house of their own, suspended for ninety days."""
    turn = book.turn("suspended")
    region = (book.cohort + turn) % 4
    house = book.spare(region, 1)
    doctor = book.doctor(house, ("骨科", "皮肤科", "眼科", "全科", "儿科")[turn // 4 % 5])
    if turn < 20:
        book.note("suspensions", doctor=doctor, from_on=500, until_on=590)
    claim = book.claim(book.person(region=region), at, department="骨科", dx="M54.5", provider=house, doctor=doctor)
    book.plant("suspended_doctor", line=book.line(claim, "celecoxib"), planted=planted)


def _after_suspension(book: Book) -> None:
    _suspended(book, 600, planted=False)


@scheme("suspended_doctor", 51, alike=(_after_suspension,))
def suspended_doctor(book: Book) -> None:
    _suspended(book, 530, planted=True)


def _in_the_department(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="康复医学科", dx="G81.9")
    book.plant("outside_the_specialty", line=book.line(claim, "exercise_therapy"), planted=False)


@scheme("outside_the_specialty", 51, alike=(_in_the_department,))
def outside_the_specialty(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="皮肤科", dx="G81.9")
    book.plant("outside_the_specialty", line=book.line(claim, "exercise_therapy"))


def _closed(book: Book, at: int, *, planted: bool) -> None:
    house = book.spare(3, 2)
    if book.cohort == 0 and book.turn("closed") == 0:
        book.note("terminations", provider=house, from_on=560, until_on=None)
    claim = book.claim(book.person(region=3), at, department="皮肤科", dx="L30.9", provider=house)
    book.plant("terminated_house", line=book.line(claim, "cetirizine"), planted=planted)


def _while_contracted(book: Book) -> None:
    _closed(book, book.day(460, 550), planted=False)


@scheme("terminated_house", 51, alike=(_while_contracted,))
def terminated_house(book: Book) -> None:
    _closed(book, book.day(565, 690), planted=True)
