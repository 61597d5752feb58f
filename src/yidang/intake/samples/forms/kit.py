"""What every form needs: people, money, days, and ways to set out labels and values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from yidang.intake.reading.reference import Diagnosis, Institution, diagnoses, institutions
from yidang.intake.samples.paper import Paper
from yidang.intake.samples.people import Person, make_day, make_person
from yidang.intake.samples.style import Style

Fields = dict[str, str | int]
BUREAUS = (
    "临溪县医疗保障局",
    "临溪县医疗保险服务中心",
    "岭川县医疗保障局",
    "青垣市医疗保障事业服务中心",
    "白鹭洲区医疗保障局",
)
DEPARTMENTS = (
    "内科",
    "外科",
    "心血管内科",
    "神经内科",
    "呼吸与危重症医学科",
    "消化内科",
    "内分泌科",
    "骨科",
    "普外科",
    "泌尿外科",
    "妇产科",
    "儿科",
    "肿瘤科",
    "肾内科",
    "眼科",
    "康复医学科",
    "中医科",
    "老年病科",
    "风湿免疫科",
    "血液内科",
)
DIGITS = "零壹贰叁肆伍陆柒捌玖"


@dataclass
class Drawn:
    """A document as drawn: its pages and everything true about it."""

    kind: str
    pages: list[Paper]
    fields: Fields
    heading: str
    defects: list[str] = field(default_factory=list)


@dataclass
class Kit:
    rng: Random
    style: Style
    year: int

    def paper(self) -> Paper:
        return Paper(self.style)

    def day(self, first: tuple[int, int] = (1, 4), last: tuple[int, int] = (12, 20)) -> date:
        return make_day(self.rng, date(self.year, *first), date(self.year, *last))

    def person(self, **ages: int) -> Person:
        return make_person(self.rng, **ages)

    def hospital(self) -> Institution:
        return self.rng.choice([one for one in institutions() if one.code.startswith("H")])

    def diagnosis(self) -> Diagnosis:
        return self.rng.choice(diagnoses())

    def bureau(self) -> str:
        return self.rng.choice(BUREAUS)

    def department(self) -> str:
        return self.rng.choice(DEPARTMENTS)

    def one_of(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def say(self, label: str) -> str:
        """The label as this office prints it: two characters may be spread."""
        return f"{label[0]}　{label[1]}" if self.style.spaced_labels and len(label) == 2 else label

    def show(self, day: date, how: str = "") -> str:
        how = how or self.rng.choice(("hanzi", "dash", "hanzi", "dot", "padded", "slash"))
        return {
            "hanzi": f"{day.year}年{day.month}月{day.day}日",
            "padded": f"{day:%Y年%m月%d日}",
            "dash": f"{day:%Y-%m-%d}",
            "dot": f"{day.year}.{day.month}.{day.day}",
            "slash": f"{day:%Y/%m/%d}",
        }[how]

    def yuan(self, fen: int, *, grouped: bool = False, sign: bool = False) -> str:
        whole, cents = divmod(fen, 100)
        return ("￥" if sign else "") + (f"{whole:,}" if grouped else str(whole)) + f".{cents:02d}"


def in_words(fen: int) -> str:
    """叁仟贰佰伍拾元整."""
    yuan, cents = divmod(fen, 100)
    text, zero = "", False
    for place, digit in enumerate(reversed(str(yuan))):
        if place == 4:
            text, zero = "万" + text, False
        if digit == "0":
            zero = bool(text) and text[0] not in "万零"
            if zero:
                text = "零" + text
        else:
            text = DIGITS[int(digit)] + ("", "拾", "佰", "仟")[place % 4] + text
    text = text.replace("零万", "万").rstrip("零") + "元"
    tens, ones = divmod(cents, 10)
    if not cents:
        return text + "整"
    return text + (DIGITS[tens] + "角" if tens else "零") + (DIGITS[ones] + "分" if ones else "")


Pair = tuple[str, str]


def grid(
    paper: Paper, top: float, rows: Sequence[Sequence[Pair]], *, left: float, right: float, height: float, share: float
) -> float:
    """A ruled form: in each row label and value cells by turns, `share` of each pair for the label."""
    for row in rows:
        wide = (right - left) / len(row)
        for place, (label, value) in enumerate(row):
            x = left + place * wide
            middle = x + wide * (share if len(row) > 1 else share / 2)
            paper.cell((x, top, middle, top + height), label, voice="label")
            paper.cell((middle, top, x + wide, top + height), value, voice="value", align="middle")
        top += height
    return top


def lines(
    paper: Paper,
    top: float,
    rows: Sequence[Sequence[Pair]],
    *,
    left: float,
    right: float,
    step: float,
    underlined: bool,
) -> float:
    """`label：value` side by side, values over a rule where underlined."""
    for row in rows:
        wide = (right - left) / len(row)
        for place, (label, value) in enumerate(row):
            x = left + place * wide
            if underlined:
                end = paper.text(x, top, label + paper.style.colon, size=3.9)
                paper.text(end + 2.5, top, value, size=3.9, voice="value")
                paper.rule(end + 1, top + 2.9, x + wide - 3, top + 2.9)
            else:
                paper.text(x, top, label + paper.style.colon + value, size=3.9)
        top += step
    return top


def pairs_out(
    kit: Kit, paper: Paper, top: float, rows: Sequence[Sequence[Pair]], *, left: float = 18, right: float = 192
) -> float:
    """The same labels and values, as a grid or as lines, whichever this office uses."""
    told = [[(kit.say(label), value) for label, value in row] for row in rows]
    choice = kit.rng.random()
    if choice < 0.6:
        height = kit.rng.uniform(8.5, 11.5)
        return grid(paper, top, told, left=left, right=right, height=height, share=kit.rng.uniform(0.3, 0.42)) + 4
    return (
        lines(paper, top + 4, told, left=left, right=right, step=kit.rng.uniform(8.5, 11), underlined=choice > 0.8) + 2
    )


def table(
    paper: Paper,
    top: float,
    header: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    *,
    left: float,
    height: float,
) -> float:
    for number, row in enumerate([header, *rows]):
        x = left
        for column, text in enumerate(row):
            voice = "label" if number == 0 else "value"
            align = "right" if number and _is_number(text) else "middle"
            size = min(3.3, height * 0.55)
            paper.cell((x, top, x + widths[column], top + height), text, size=size, voice=voice, align=align)  # type: ignore[arg-type]
            x += widths[column]
        top += height
    return top


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").isdigit()


def heading(kit: Kit, paper: Paper, text: str, *, above: str = "", top: float = 24.0) -> float:
    size = kit.rng.uniform(6.0, 7.6)
    if above:
        paper.text(105, top - 9, above, size=size * 0.85, voice="title", align="middle")
    paper.text(105, top, text, size=size, voice="title", align="middle")
    return top + kit.rng.uniform(9, 13)


def known(fields: Mapping[str, str | int | None]) -> Fields:
    return {key: value for key, value in fields.items() if value not in {None, ""}}
