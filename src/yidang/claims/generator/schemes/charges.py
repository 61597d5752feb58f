"""Charged otherwise than done: full price for the second operation, parts for the whole, one thing for another."""

from yidang.claims.generator.book import Book
from yidang.claims.generator.schemes import scheme


def _two_operations(book: Book, *, share: float, apart: int, planted: bool) -> None:
    claim = book.stay(book.person(age=(30, 60)), book.day(), 7, department="普外科", dx="K80.2")
    book.line(claim, "op_gallbladder", day=1)
    book.line(claim, "anaesthesia_general", day=1)
    price = int(book.price(claim, "op_appendix") * share)
    line = book.line(claim, "op_appendix", day=1 + apart, price=price)
    book.plant("second_operation_in_full", line=line, planted=planted)


def _at_half_price(book: Book) -> None:
    _two_operations(book, share=0.5, apart=0, planted=False)


def _two_sessions(book: Book) -> None:
    """Two days later, a second session: each is charged in full."""
    _two_operations(book, share=1, apart=2, planted=False)


@scheme("second_operation_in_full", 17, alike=(_at_half_price, _two_sessions))
def second_operation_in_full(book: Book) -> None:
    _two_operations(book, share=1, apart=0, planted=True)


_INCLUDED = (
    ("electro_acupuncture", "acupuncture", "中医科"),
    ("ct_chest_enhanced", "ct_chest", "胸外科"),
    ("monitor", "oximetry", "心血管内科"),
)


def _on_another_day(book: Book) -> None:
    claim = book.stay(book.person(), book.day(), 6, department="中医科", dx="M51.2")
    book.line(claim, "electro_acupuncture", day=1)
    book.plant("part_beside_the_whole", line=book.line(claim, "acupuncture", day=3), planted=False)


@scheme("part_beside_the_whole", 18, alike=(_on_another_day,))
def part_beside_the_whole(book: Book) -> None:
    whole, part, department = _INCLUDED[int(book.rng.integers(0, len(_INCLUDED)))]
    claim = book.stay(book.person(), book.day(), 6, department=department, dx="I20.0")
    book.line(claim, whole, day=1)
    book.plant("part_beside_the_whole", line=book.line(claim, part, day=1))


def _at_the_ceiling(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="骨科", dx="M54.5")
    line = book.line(claim, "massage", price=book.price(claim, "massage"))
    book.plant("above_the_ceiling", line=line, planted=False)


@scheme("above_the_ceiling", 25, alike=(_at_the_ceiling,))
def above_the_ceiling(book: Book) -> None:
    key = str(book.rng.choice(("massage", "echo", "gastroscopy", "exercise_therapy", "chem_panel")))
    department = "康复医学科" if key == "exercise_therapy" else "消化内科"
    claim = book.claim(book.person(), book.day(), department=department, dx="M54.5")
    book.plant("above_the_ceiling", line=book.line(claim, key, price=int(book.price(claim, key) * 1.25)))


_PANELS = (("alt", "ast", "tbil", "alb"), ("pt", "aptt", "tt", "fib"), ("ft3", "ft4", "tsh"))


def _two_single_tests(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="消化内科", dx="K76.0")
    book.line(claim, "alt")
    book.plant("whole_in_parts", line=book.line(claim, "ast"), planted=False)


@scheme("whole_in_parts", 26, alike=(_two_single_tests,))
def whole_in_parts(book: Book) -> None:
    claim = book.claim(book.person(), book.day(), department="消化内科", dx="K76.0")
    for key in _PANELS[int(book.rng.integers(0, len(_PANELS)))]:
        book.line(claim, key)
    book.plant("whole_in_parts", claim=claim)


def _as_ordered(book: Book) -> None:
    claim = book.stay(book.person(), book.day(), 6, department="骨科", dx="M51.2")
    book.plant("passed_off", line=book.line(claim, "massage", day=2), planted=False)


def _order_by_word(book: Book) -> None:
    """Ordered by word of mouth and never written down, and nothing else was ordered in its place."""
    claim = book.stay(book.person(), book.day(), 6, department="骨科", dx="M51.2")
    book.drop_order(claim, "injection_im")
    book.plant("passed_off", line=book.line(claim, "injection_im", day=2), planted=False)


@scheme("passed_off", 27, alike=(_as_ordered, _order_by_word))
def passed_off(book: Book) -> None:
    real, billed = (("spa_massage", "massage"), ("spa_needle", "electro_acupuncture"))[int(book.rng.integers(0, 2))]
    claim = book.stay(book.person(), book.day(), 6, department="骨科", dx="M51.2")
    book.ordered.append((claim, real))
    book.drop_order(claim, billed)
    book.plant("passed_off", line=book.line(claim, billed, day=2, price=book.price(claim, real)))
