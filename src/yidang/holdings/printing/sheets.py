"""What stands on a sheet, before it is drawn on a screen or on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from yidang.holdings.printing.forms import Form, Language
from yidang.kernel.period import term_years

Row = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A form of rows: `facts` stand above it, label and value."""

    form: Form
    facts: Sequence[tuple[str, str]]
    rows: Sequence[Row]

    @property
    def cells(self) -> list[list[str]]:
        return [[row.get(column.key, "") for column in self.form.columns] for row in self.rows]


@dataclass(frozen=True)
class Card:
    """A form of labelled places: the cover, the reference sheet. `text` is its one long place."""

    form: Form
    fonds: str
    title: str
    places: Sequence[tuple[str, str]]
    text: Sequence[str] = field(default_factory=list)


WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "permanent": "永久",
        "years": "{n}年",
        "span": "自{first}起至{last}止",
        "month": "{year}年{month}月",
        "count": "本卷共 {items} 件 {pages} 页",
        "fonds": "全宗名称",
        "fonds_code": "全宗号",
        "series": "类目名称",
        "title": "案卷题名",
        "time": "时间",
        "term": "保管期限",
        "pages": "件、页数",
        "filing_number": "归档号",
        "code": "档号",
        "year": "年度",
        "process": "业务环节",
        "state": "本卷情况说明",
        "box_state": "盒内文件情况说明",
        "box_count": "本盒共 {items} 件、{volumes} 卷",
        "box_from_to": "自 {first}\n至 {last}",
        "box_place": "存放位置：{place}",
        "box_out": "{code} 已借出，未归还。",
        "box_ended": "{code} 已销毁，纸质待取出。",
        "arranged_by": "整理人",
        "arranged_on": "整理日期",
        "made_by": "立卷人",
        "checked_by": "检查人",
        "made_on": "立卷时间",
        "checked_on": "检查时间",
        "not_sealed": "尚未封卷",
        "supplement": "{day} {by} 补充第 {numbers} 件（{cause}）：{note}",
        "moved": "第 {number} 件移出，现档号 {where}。",
        "destroyed": "第 {number} 件已销毁，见销毁清册 {where}。",
        "came_late": "迟到材料",
        "left_out": "漏归材料",
        "replaces": "替换破损件",
        "corrects": "更正另一件",
        "range": "起止件号",
        "box": "盒号",
        "volume": "案卷号",
        "count_items": "件数",
    },
    "en": {
        "permanent": "Permanent",
        "years": "{n} years",
        "span": "{first} to {last}",
        "month": "{year}-{month:02d}",
        "count": "{items} items, {pages} pages",
        "fonds": "Fonds",
        "fonds_code": "Fonds code",
        "series": "Series",
        "title": "Title",
        "time": "Dates",
        "term": "Retention period",
        "pages": "Items, pages",
        "filing_number": "Filing number",
        "code": "Reference code",
        "year": "Year",
        "process": "Business step",
        "state": "State of the volume",
        "box_state": "State of the box",
        "box_count": "{items} items, {volumes} volumes",
        "box_from_to": "From {first}\nto {last}",
        "box_place": "Stands at: {place}",
        "box_out": "{code} is out.",
        "box_ended": "{code} destroyed, its paper to be taken out.",
        "arranged_by": "Arranged by",
        "arranged_on": "Arranged on",
        "made_by": "Made by",
        "checked_by": "Checked by",
        "made_on": "Made on",
        "checked_on": "Checked on",
        "not_sealed": "not sealed yet",
        "supplement": "{day} {by}: supplement, item {numbers} ({cause}): {note}",
        "moved": "Item {number} moved out, now {where}.",
        "destroyed": "Item {number} destroyed, list {where}.",
        "came_late": "came late",
        "left_out": "was left out",
        "replaces": "replaces a damaged one",
        "corrects": "corrects another",
        "range": "Items",
        "box": "Box",
        "volume": "Volume",
        "count_items": "Number of items",
    },
}


def word(language: Language, key: str, **facts: object) -> str:
    return WORDS[language][key].format(**facts)


def say_term(term: str, language: Language) -> str:
    years = term_years(term)
    return word(language, "permanent") if years is None else word(language, "years", n=years)


def say_date(on: date | None) -> str:
    """Eight digits, as DA/T 22 writes dates."""
    return on.strftime("%Y%m%d") if on else ""


def say_day(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d") if at else ""


def say_span(days: Sequence[date], language: Language) -> str:
    """From the month of the first to the month of the last."""
    if not days:
        return ""
    first, last = min(days), max(days)
    say = [word(language, "month", year=day.year, month=day.month) for day in (first, last)]
    return word(language, "span", first=say[0], last=say[1])
