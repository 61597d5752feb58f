"""What the recogniser gets wrong for reasons of shape alone, and a page as a whole puts right. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from yidang.holdings.reading import Line, PageReading
from yidang.intake.reading.extraction.candidates import candidates
from yidang.intake.reading.extraction.tokens import tokens_of
from yidang.intake.reading.extraction.values import parse_icd

TRADITIONAL = (
    "悅決毀內戶黃溫稅脫冊別刪吳晩郞淸靑眞卽旣敎値產查併寃凈况鄕錄塡醫療險費學國單號證體檢處藥總額個員開關會歷電話實這對應為"
    "與靜鵬權價陽陳張劉趙楊馬許韓馮鄧蕭蘇呂盧鐘譚陸範廖賈鄒龍陶賀顧龔萬錢嚴蘭華貴鳳蓮連寧雙聯係資產業務現規則標準診斷書編請發標銀"
    "於結暫辦統縣齡貳參陸倉長門問間見觀車輸輕軍運過還進達遠適選轉換報術後從來東"
)
SIMPLIFIED = (
    "悦决毁内户黄温税脱册别删吴晚郎清青真即既教值产查并冤净况乡录填医疗险费学国单号证体检处药总额个员开关会历电话实这对应为"
    "与静鹏权价阳陈张刘赵杨马许韩冯邓萧苏吕卢钟谭陆范廖贾邹龙陶贺顾龚万钱严兰华贵凤莲连宁双联系资产业务现规则标准诊断书编请发标银"
    "于结暂办统县龄贰叁陆仓长门问间见观车输轻军运过还进达远适选转换报术后从来东"
)
STRAY = 0.04  # share of traditional characters up to which they are slips on a simplified page
_RULE = re.compile(r"(?<=[:：])\s*_+|^_+|_+$")
_MILLILITRE = re.compile(r"(?<=\d)m1(?!\d)")
_YEAR_BRACKETS = re.compile(r"[〔\[【]((?:19|20)\d{2})[〕\]】](?=第?\d{1,5}号)")


@cache
def _twins() -> dict[int, str]:
    return {ord(a): b for a, b in zip(TRADITIONAL, SIMPLIFIED, strict=True) if a != b} | {ord("∞"): "8"}


def settle_variants(texts: Sequence[str]) -> list[str]:
    """Texts of one page: one script throughout, no underscores for rules, units and brackets as they are set."""
    mended = [_settle_marks(text) for text in texts]
    characters = [c for text in mended for c in text if "\u4e00" <= c <= "\u9fff"]
    strays = sum(1 for c in characters if ord(c) in _twins())
    if strays > STRAY * len(characters) and len(characters) > 1 / STRAY:
        return mended
    return [text.translate(_twins()) for text in mended]


def _settle_marks(text: str) -> str:
    text = _RULE.sub("", text)
    text = _MILLILITRE.sub("ml", text)
    return _YEAR_BRACKETS.sub(r"〔\1〕", text)


def mend_codes(reading: PageReading) -> PageReading:
    """Disease codes after their labels or behind a diagnosis: `110` where only I10 is a code."""
    found = {id(c.token.line): str(c.value) for c in candidates("icd_code", tokens_of([reading])[0])}
    return PageReading(lines=[_mended(line, found.get(id(line))) for line in reading.lines])


_BEHIND_DIAGNOSIS = re.compile(r"(?<=[\u4e00-\u9fff])([(（])([0-9A-Z|]\d{2}(?:\.\d{1,3})?)(?=[)）]$)")


def _mended(line: Line, code: str | None) -> Line:
    bracketed = _BEHIND_DIAGNOSIS.search(line.text)
    if bracketed:
        parsed = parse_icd(bracketed.group(2))
        code = str(parsed.value) if parsed else None
    if code is None or code in unicodedata.normalize("NFKC", line.text):
        return line
    raw = re.search(rf"(?<![0-9A-Za-z])[0-9A-Za-z|]{re.escape(code[1:])}(?![0-9A-Za-z])", line.text)
    if raw is None:
        return line
    return Line(line.text[: raw.start()] + code + line.text[raw.end() :], line.box, line.confidence)
