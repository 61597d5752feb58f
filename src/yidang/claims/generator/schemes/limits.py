"""Limits of who, where and for what an item may be settled."""

from yidang.claims.generator.book import Book
from yidang.claims.generator.schemes import scheme

_MEN = ("finasteride", "tamsulosin", "z_qianlie", "testosterone")
_WOMEN = ("progesterone", "dydrogesterone", "estradiol", "z_guizhi", "z_qianjin", "z_yimu")


def _pick(book: Book, keys: tuple[str, ...]) -> str:
    return str(book.rng.choice(keys))


def _drug_for_sex(book: Book, *, wrong: bool) -> None:
    male = book.rng.random() < 0.5
    person = book.person(sex=1 if male else 2, age=(35, 60))
    key = _pick(book, _WOMEN if male == wrong else _MEN)
    claim = book.claim(person, book.day(), department="全科", dx="N40.x" if male else "N94.6")
    book.plant("drug_of_other_sex", line=book.line(claim, key), planted=wrong)


def _right_drug(book: Book) -> None:
    _drug_for_sex(book, wrong=False)


@scheme("drug_of_other_sex", 1, alike=(_right_drug,))
def drug_of_other_sex(book: Book) -> None:
    _drug_for_sex(book, wrong=True)


def _service_for_sex(book: Book, *, wrong: bool) -> None:
    male = book.rng.random() < 0.5
    person = book.person(sex=1 if male else 2)
    mine, others = ("psa", "us_prostate"), ("us_gynae", "ca125", "cytology_cervix")
    key = _pick(book, mine if male != wrong else others)
    claim = book.claim(person, book.day(), department="全科", dx="R10.4")
    book.plant("service_of_other_sex", line=book.line(claim, key), planted=wrong)


def _right_service(book: Book) -> None:
    _service_for_sex(book, wrong=False)


@scheme("service_of_other_sex", 2, alike=(_right_service,))
def service_of_other_sex(book: Book) -> None:
    _service_for_sex(book, wrong=True)


_CHILD_ONLY = ("paracetamol_child", "ibuprofen_child", "cold_child", "z_child_cough")


def _last_day_a_child(book: Book) -> None:
    """Fifteen tomorrow, and born on 29 February besides: today still a child."""
    birthday = book.day()
    leap = -5240  # 2010-02-25; fourteen until 2025-02-25 (day 239)
    person = book.person(age=(12, 13)) if birthday % 2 else book.person(age=(5, 12), born=leap)
    day = 238 if book.persons[person]["born"] == leap else birthday
    claim = book.claim(person, day, department="儿科")
    book.plant("child_drug_for_adult", line=book.line(claim, _pick(book, _CHILD_ONLY)), planted=False)


@scheme("child_drug_for_adult", 3, alike=(_last_day_a_child,))
def child_drug_for_adult(book: Book) -> None:
    claim = book.claim(book.person(age=(20, 70)), book.day(), department="儿科")
    book.plant("child_drug_for_adult", line=book.line(claim, _pick(book, _CHILD_ONLY)))


def _growing_child(book: Book) -> None:
    claim = book.claim(book.person(age=(5, 15)), book.day(), department="儿科", dx="E23.0")
    book.plant("drug_outside_age", line=book.line(claim, "somatropin"), planted=False)


@scheme("drug_outside_age", 4, alike=(_growing_child,))
def drug_outside_age(book: Book) -> None:
    claim = book.claim(book.person(age=(22, 50)), book.day(), department="内分泌科", dx="E23.0")
    book.plant("drug_outside_age", line=book.line(claim, "somatropin"))


def _small_child(book: Book) -> None:
    claim = book.claim(book.person(age=(2, 5)), book.day(), department="儿科")
    book.plant("service_outside_age", line=book.line(claim, "infusion_child"), planted=False)


@scheme("service_outside_age", 5, alike=(_small_child,))
def service_outside_age(book: Book) -> None:
    claim = book.claim(book.person(age=(20, 70)), book.day(), department="儿科")
    book.plant("service_outside_age", line=book.line(claim, _pick(book, ("infusion_child", "child_iq"))))


def _grown_up(book: Book) -> None:
    claim = book.claim(book.person(age=(18, 20)), book.day(), department="呼吸内科", dx="J20.9")
    book.plant("drug_forbidden_for_child", line=book.line(claim, "levofloxacin"), planted=False)


@scheme("drug_forbidden_for_child", 6, alike=(_grown_up,))
def drug_forbidden_for_child(book: Book) -> None:
    claim = book.claim(book.person(age=(3, 16)), book.day(), department="儿科", dx="J20.9")
    book.plant("drug_forbidden_for_child", line=book.line(claim, "levofloxacin"))


def _injured_at_work(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="骨科", dx="S61.9", scheme=410)
    book.plant("injury_drug_on_health_scheme", line=book.line(claim, "growth_factor"), planted=False)


@scheme("injury_drug_on_health_scheme", 7, alike=(_injured_at_work,))
def injury_drug_on_health_scheme(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="骨科", dx="S61.9")
    book.plant("injury_drug_on_health_scheme", line=book.line(claim, "growth_factor"))


def _birth(book: Book) -> None:
    claim = book.stay(book.person(sex=2, age=(24, 36)), book.day(), 3, department="妇产科", dx="O80.0", scheme=510)
    book.plant("maternity_drug_on_health_scheme", line=book.line(claim, "oxytocin_inj"), planted=False)


@scheme("maternity_drug_on_health_scheme", 8, alike=(_birth,))
def maternity_drug_on_health_scheme(book: Book) -> None:
    claim = book.stay(book.person(sex=2, age=(24, 36)), book.day(), 4, department="妇产科", dx="N73.9")
    book.plant("maternity_drug_on_health_scheme", line=book.line(claim, "oxytocin_inj"))


def _in_the_stay(book: Book) -> None:
    claim = book.stay(book.person(), book.day(), 5, department="普外科", dx="K35.8")
    book.plant("inpatient_drug_outside_stay", line=book.line(claim, "cefoperazone_inj"), planted=False)


@scheme("inpatient_drug_outside_stay", 9, alike=(_in_the_stay,))
def inpatient_drug_outside_stay(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="普外科", dx="K35.8")
    book.plant("inpatient_drug_outside_stay", line=book.line(claim, "amino_acid_inj"))


def _second_level(book: Book) -> None:
    person = book.person(region=0)
    claim = book.stay(person, book.day(), 6, provider=book.hospital(0, level=2), department="呼吸内科", dx="J18.9")
    book.plant("drug_above_level", line=book.line(claim, "meropenem_inj"), planted=False)


@scheme("drug_above_level", 10, alike=(_second_level,))
def drug_above_level(book: Book) -> None:
    person = book.person(region=0)
    claim = book.stay(person, book.day(), 6, provider=book.hospital(0, level=1), department="呼吸内科", dx="J18.9")
    book.plant("drug_above_level", line=book.line(claim, "meropenem_inj"))


def _course(book: Book, days: int, *, planted: bool) -> None:
    claim = book.stay(book.person(), book.day(), days + 1, department="消化内科", dx="K29.5")
    lines = [book.line(claim, "pantoprazole_inj", day=at) for at in range(days)]
    book.plant("drug_beyond_course", line=lines[-1], planted=planted)


def _full_course(book: Book) -> None:
    _course(book, 14, planted=False)


@scheme("drug_beyond_course", 11, alike=(_full_course,))
def drug_beyond_course(book: Book) -> None:
    _course(book, 18, planted=True)


def _earlier_diagnosis(book: Book) -> None:
    """The diagnosis stands in a claim of last autumn, not in this one."""
    person, day = book.person(), book.day(560, 690)
    first = book.claim(person, day - 90, department="感染科", dx="B18.1")
    book.line(first, "liver_panel")
    claim = book.claim(person, day, department="全科", dx="K74.6")
    book.plant("drug_without_indication", line=book.line(claim, "entecavir"), planted=False)


@scheme("drug_without_indication", 12, alike=(_earlier_diagnosis,))
def drug_without_indication(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="全科", dx="J06.9")
    book.plant("drug_without_indication", line=book.line(claim, _pick(book, ("entecavir", "donepezil"))))


def _after_first_line(book: Book) -> None:
    person, day = book.person(age=(40, 70)), book.day(560, 690)
    first = book.claim(person, day - 60, department="内分泌科", dx="E11.9")
    book.line(first, "metformin", 2, days=28)
    claim = book.claim(person, day, department="内分泌科", dx="E11.9")
    book.plant("second_line_first", line=book.line(claim, "sitagliptin", days=28), planted=False)


@scheme("second_line_first", 13, alike=(_after_first_line,))
def second_line_first(book: Book) -> None:
    claim = book.claim(book.person(age=(40, 70)), book.day(), department="内分泌科", dx="E11.9")
    book.plant("second_line_first", line=book.line(claim, "sitagliptin", days=28))


def _online_refill(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), "internet", dx="I10.x", department="心血管内科")
    book.line(claim, "online_fee")
    book.plant("drug_barred_online", line=book.line(claim, "metoprolol"), planted=False)


@scheme("drug_barred_online", 14, alike=(_online_refill,))
def drug_barred_online(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), "internet", dx="G47.0", department="神经内科")
    book.line(claim, "online_fee")
    book.plant("drug_barred_online", line=book.line(claim, _pick(book, ("zolpidem", "tramadol"))))


def _tonic_in_company(book: Book) -> None:
    """Alone it is not paid, among others it is."""
    claim = book.claim(book.person(), book.day(), department="中医科", dx="K30.x")
    for key in ("h_baizhu", "h_fuling"):
        book.line(claim, key, 63)
    book.plant("herb_alone", line=book.line(claim, "h_dangshen", 63), planted=False)


@scheme("herb_alone", 16, alike=(_tonic_in_company,))
def herb_alone(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="中医科", dx="K30.x")
    book.plant("herb_alone", line=book.line(claim, _pick(book, ("h_renshen", "h_xiyangshen", "h_sanqi")), 63))


def _plain_herbs(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="中医科", dx="K30.x")
    book.line(claim, "h_fuling", 63)
    book.plant("herb_never_paid", line=book.line(claim, "h_baizhu", 63), planted=False)


@scheme("herb_never_paid", 15, alike=(_plain_herbs,))
def herb_never_paid(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="中医科", dx="K30.x")
    for key in ("h_baizhu", "h_fuling"):
        book.line(claim, key, 63)
    book.plant("herb_never_paid", line=book.line(claim, _pick(book, ("h_lurong", "h_haima", "h_dongchong")), 10))
