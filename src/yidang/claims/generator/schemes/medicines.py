"""Prescriptions: too much, too early, twice the same, what does not go together, and diagnoses that cannot be."""

from yidang.claims.generator.book import Book
from yidang.claims.generator.schemes import scheme


def _twelve_weeks(book: Book) -> None:
    """A long prescription for a long illness."""
    claim = book.claim(book.person(age=(50, 75)), book.day(460, 600), department="心血管内科", dx="I10.x")
    book.plant("too_much_prescribed", line=book.line(claim, "amlodipine", 3, days=84), planted=False)


def _a_week(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="呼吸内科", dx="J20.9")
    book.plant("too_much_prescribed", line=book.line(claim, "ambroxol", days=7), planted=False)


def _beyond_the_dose(book: Book) -> None:
    claim = book.claim(book.person(age=(45, 70)), book.day(), department="内分泌科", dx="E11.9")
    book.plant("too_much_prescribed", line=book.line(claim, "metformin", 4, days=28, dose=4500.0))


@scheme("too_much_prescribed", 43, alike=(_twelve_weeks, _a_week))
def too_much_prescribed(book: Book) -> None:
    if book.rng.random() < 0.3:
        _beyond_the_dose(book)
        return
    visit, days = (("outpatient", 20), ("emergency", 10))[int(book.rng.integers(0, 2))]
    department = "急诊科" if visit == "emergency" else "呼吸内科"
    claim = book.claim(book.person(), book.day(), visit, department=department, dx="J20.9")
    book.plant("too_much_prescribed", line=book.line(claim, "cefuroxime", days // 6 + 1, days=days))


def _refill(book: Book, after: int, *, planted: bool) -> None:
    person, day = book.person(age=(50, 75), region=0), book.day(460, 650)
    house = book.hospital(0)
    first = book.claim(person, day, department="心血管内科", dx="I10.x", provider=house)
    book.line(first, "losartan", days=28)
    second = house if after > 20 else book.other(house, region=0)
    claim = book.claim(person, day + after, department="心血管内科", dx="I10.x", provider=second)
    book.plant("filled_too_early", line=book.line(claim, "losartan", days=28), planted=planted)


def _four_days_left(book: Book) -> None:
    _refill(book, 24, planted=False)


@scheme("filled_too_early", 44, alike=(_four_days_left,))
def filled_too_early(book: Book) -> None:
    _refill(book, 9, planted=True)


def _two_classes(book: Book) -> None:
    claim = book.claim(book.person(age=(50, 75)), book.day(), department="心血管内科", dx="I10.x")
    book.line(claim, "losartan", days=28)
    book.plant("same_class_twice", line=book.line(claim, "amlodipine", days=28), planted=False)


def _after_a_stent(book: Book) -> None:
    """Two of one class that belong together for a year after a stent."""
    claim = book.claim(book.person(age=(55, 75)), book.day(), department="心血管内科", dx="I25.1")
    book.line(claim, "aspirin", days=28)
    book.plant("same_class_twice", line=book.line(claim, "clopidogrel", days=28), planted=False)


_SAME = (("losartan", "valsartan", "I10.x"), ("atorvastatin", "rosuvastatin", "E78.5"))


@scheme("same_class_twice", 45, alike=(_two_classes, _after_a_stent))
def same_class_twice(book: Book) -> None:
    one, two, dx = _SAME[int(book.rng.integers(0, 2))]
    claim = book.claim(book.person(age=(50, 75)), book.day(), department="心血管内科", dx=dx)
    book.line(claim, one, days=28)
    book.plant("same_class_twice", line=book.line(claim, two, days=28))


_AGAINST = (("h_gancao", "h_gansui"), ("h_chuanwu", "h_banxia"), ("h_lilu", "h_danshen"), ("h_dingxiang", "h_yujin"))


def _on_two_prescriptions(book: Book) -> None:
    """The two stand on prescriptions two months apart."""
    person, day = book.person(), book.day(460, 600)
    for after, key in ((0, "h_fuzi"), (60, "h_banxia")):
        claim = book.claim(person, day + after, department="中医科", dx="K30.x")
        book.line(claim, "h_fuling", 63)
        line = book.line(claim, key, 42)
    book.plant("herbs_against_each_other", line=line, planted=False)


@scheme("herbs_against_each_other", 46, alike=(_on_two_prescriptions,))
def herbs_against_each_other(book: Book) -> None:
    one, two = _AGAINST[int(book.rng.integers(0, len(_AGAINST)))]
    claim = book.claim(book.person(), book.day(), department="中医科", dx="K30.x")
    for key in ("h_fuling", "h_baizhu", one):
        book.line(claim, key, 63)
    book.plant("herbs_against_each_other", line=book.line(claim, two, 42))


def _another_statin(book: Book) -> None:
    claim = book.claim(book.person(age=(50, 75)), book.day(), department="呼吸内科", dx="J20.9")
    book.line(claim, "rosuvastatin", days=28)
    book.plant("drugs_against_each_other", line=book.line(claim, "clarithromycin"), planted=False)


def _not_pregnant(book: Book) -> None:
    claim = book.claim(book.person(sex=2, age=(20, 35)), book.day(), department="皮肤科", dx="L70.0")
    book.plant("drugs_against_each_other", line=book.line(claim, "isotretinoin"), planted=False)


@scheme("drugs_against_each_other", 47, alike=(_another_statin, _not_pregnant))
def drugs_against_each_other(book: Book) -> None:
    if book.rng.random() < 0.5:
        claim = book.claim(book.person(age=(50, 75)), book.day(), department="呼吸内科", dx="J20.9")
        book.line(claim, "simvastatin", days=28)
        book.plant("drugs_against_each_other", line=book.line(claim, "clarithromycin"))
        return
    claim = book.claim(book.person(sex=2, age=(20, 35)), book.day(), department="妇产科", dx="O26.9")
    book.plant("drugs_against_each_other", line=book.line(claim, "isotretinoin"))


def _newborn(book: Book) -> None:
    day = book.day()
    person = book.person(sex=1, born=day - 9)
    claim = book.stay(person, day, 4, days=False, department="儿科", dx="P59.9")
    for at in range(4):
        book.line(claim, "nursing_baby", day=at)
    book.plant("impossible_diagnosis", claim=claim, planted=False)


def _woman(book: Book) -> None:
    claim = book.claim(book.person(sex=2, age=(25, 45)), book.day(), department="妇产科", dx="N76.0")
    book.line(claim, "z_baofukang")
    book.plant("impossible_diagnosis", claim=claim, planted=False)


@scheme("impossible_diagnosis", 48, alike=(_newborn, _woman))
def impossible_diagnosis(book: Book) -> None:
    sex, dx = ((1, "N76.0"), (1, "O80.0"), (2, "N40.x"), (0, "P59.9"))[int(book.rng.integers(0, 4))]
    claim = book.claim(book.person(sex=sex, age=(30, 60)), book.day(), department="全科", dx=dx)
    book.line(claim, "cbc")
    book.plant("impossible_diagnosis", claim=claim)
