"""The title 题名 of an item: whom it is about, then what its heading says. Pure."""

import re
from collections.abc import Sequence

from yidang.intake.reading.extraction.labels import labels_of
from yidang.intake.reading.extraction.tokens import Token
from yidang.intake.reading.extraction.types import TypeSpec

HEAD_LINES = 9
TALL = 1.2  # a heading is this much taller than the paper's usual line
LONGEST = 40
HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
PROSE = re.compile(r"[,。;]")
SUBJECT_OF_LETTER = re.compile(r"^关于.+")


def heading_of(tokens: Sequence[Token], spec: TypeSpec) -> tuple[str, list[Token]]:
    """The heading and the lines it stands on; ("", []) when the paper has none."""
    head = [token for token in tokens if token.page == 1][:HEAD_LINES]
    letter = _letter_subject(head)
    if letter:
        return letter
    usual = _usual_height(tokens)
    fitting = [t for t in head if spec.headings.search(t.text) and _may_be_heading(t)]
    tall = [t for t in fitting if t.height >= TALL * usual] or fitting
    if not tall:
        return "", []
    best = max(tall, key=lambda token: (bool(spec.headings.search(_bare(token.text)[-4:])), token.height))
    return best.text, [best]


def tallest_line(tokens: Sequence[Token]) -> Token | None:
    """What stands out at the head of a paper of no known kind; None when nothing does."""
    usual = _usual_height(tokens)
    head = [token for token in tokens if token.page == 1][:HEAD_LINES]
    words = [t for t in head if _may_be_heading(t) and HAN_WORD.search(t.text) and not PROSE.search(t.text)]
    return max((t for t in words if t.height >= TALL * usual), key=lambda token: token.height, default=None)


def _may_be_heading(token: Token) -> bool:
    return len(token.text) <= LONGEST and ":" not in token.text and not labels_of(token.text)


def _bare(text: str) -> str:
    """Without a bracketed addition at the end."""
    return re.sub(r"\([^()]*\)$", "", text)


def _letter_subject(head: Sequence[Token]) -> tuple[str, list[Token]] | None:
    """关于……的通知, over one line or two."""
    for place, token in enumerate(head):
        if not SUBJECT_OF_LETTER.match(token.text):
            continue
        lines = [token]
        if not _is_complete(token.text) and place + 1 < len(head):
            lines.append(head[place + 1])
        return "".join(line.text for line in lines), lines
    return None


def _is_complete(text: str) -> bool:
    return text.endswith(("通知", "批复", "函", "意见", "办法", "决定", "报告", "请示", "规定", "方案", "通报", "公告"))


def _usual_height(tokens: Sequence[Token]) -> float:
    heights = sorted(token.height for token in tokens)
    return heights[len(heights) // 2] if heights else 0.0


def chinese_brackets(text: str) -> str:
    """Brackets around Chinese as Chinese papers set them."""
    return re.sub(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)", r"（\1）", text)
