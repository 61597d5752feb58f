"""Papers of a case: the notice of decision to the institution, the report for the record. Both signed as statements."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from django.conf import settings
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from yidang.kernel.money import format_yuan
from yidang.kernel.texts import say
from yidang.ledger.statements.paper.certificates import identity
from yidang.ledger.statements.paper.drawing import FONT, use_font, wrapped
from yidang.ledger.statements.paper.signing import sign_pdf
from yidang.oversight.tables import terms

_LEFT, _RIGHT, _TOP, _BOTTOM = 27 * mm, A4[0] - 27 * mm, A4[1] - 28 * mm, 25 * mm
_SIZE, _LEADING = 12, 1.75
_HEARD, _SILENT = "并听取陈述和申辩", "你单位在规定期限内未陈述申辩"
_FOUND = (
    "经稽核，你单位在使用医疗保障基金过程中存在“{behaviour}”行为，涉及 {many} 项疑点（明细附后），事实清楚，证据确凿。"
    "作出本决定前，已告知你单位拟认定的事实、理由和依据，{heard}。"
)


def notice_pdf(words: Mapping[str, Any]) -> bytes:
    """稽核处理决定书: what was found, under which article, what is to be paid, and how to have it reviewed."""
    sheet = _Sheet(words["number"])
    sheet.head("医疗保障基金稽核处理决定书", f"编号 {words['number']}")
    sheet.text(f"{words['to']}：", indent=False)
    for paragraph in _notice(words):
        sheet.text(paragraph)
    sheet.close(f"稽核人员：{'、'.join(words['inspectors'])}　审批人：{words['signed']}", words["on"])
    sheet.title("附：认定明细")
    for place, (name, claim, rule, fen) in enumerate(words["doubts"], start=1):
        settled = f"结算流水号 {claim}　" if claim else ""
        sheet.text(f"{place}. {name}　{settled}{rule}　{format_yuan(fen)} 元", indent=False)
    return sign_pdf(sheet.finish(), identity(), reason=f"稽核处理决定书 {words['number']}")


def _notice(words: Mapping[str, Any]) -> list[str]:
    loss, fine = format_yuan(words["loss_fen"]), format_yuan(words["fine_fen"])
    said = [
        _FOUND.format(**words, many=len(words["doubts"]), heard=_SILENT if words["waived"] else _HEARD),
        f"认定理由：{words['grounds']}",
        f"依据《医疗保障基金使用监督管理条例》{words['article']}的规定，决定如下：",
        f"一、退回造成损失的医疗保障基金 {loss} 元。",
    ]
    if words["fine_fen"]:
        said.append(f"二、处损失金额 {words['ratio']} 倍罚款，计 {fine} 元，由医疗保障行政部门依法执行。")
    return [*said, *_ways_on()]


_GROUNDS = {"review": "行政复议决定", "suit": "人民法院生效裁判", "own": "本机关自行纠正"}


def fall_pdf(words: Mapping[str, Any]) -> bytes:
    """撤销（变更）稽核处理决定通知书: on which ground, what still stands, what the institution is given back."""
    sheet = _Sheet(words["number"])
    title = "变更稽核处理决定通知书" if words["loss_fen"] else "撤销稽核处理决定通知书"
    sheet.head(title, f"编号 {words['number']}")
    sheet.text(f"{words['to']}：", indent=False)
    for paragraph in _fall(words):
        sheet.text(paragraph)
    sheet.close(f"提出：{words['asked']}　审批人：{words['signed']}", words["on"])
    return sign_pdf(sheet.finish(), identity(), reason=f"{title} {words['number']}")


def _fall(words: Mapping[str, Any]) -> list[str]:
    loss, fine, owed = (format_yuan(words[key]) for key in ("loss_fen", "fine_fen", "owed_fen"))
    decided = f"{date.fromisoformat(words['decided']):%Y年%m月%d日}"
    said = [
        f"本机关 {decided} 对你单位“{words['behaviour']}”行为作出的稽核处理决定，依据{_GROUNDS[words['ground']]}"
        + ("予以变更。" if words["loss_fen"] else "予以撤销。"),
        f"理由：{words['grounds']}",
    ]
    if words["loss_fen"]:
        said.append(f"变更后应退回医疗保障基金 {loss} 元，罚款 {fine} 元。")
    if words["owed_fen"]:
        said.append(f"你单位已缴的 {owed} 元由本机关退还。")
    return [*said, "已从相关结算中扣回的基金支付金额按本通知予以恢复。"]


def _ways_on() -> list[str]:
    """Terms are named where their source was seen; else the letter says that the law sets them."""
    pay, review, suit = (_term(code) for code in ("pay_days", "review_days", "suit_months"))
    return [
        f"请自收到本决定书之日起{pay}缴至指定账户；分期缴纳的，按约定日期执行。",
        f"如不服本决定，可以自收到之日起{review}依法申请行政复议，或者自收到之日起{suit}依法提起行政诉讼。",
        "复议、诉讼期间，除法律另有规定外，不停止执行。",
    ]


def _term(code: str) -> str:
    found = terms()[code]
    return f" {found.value} {found.unit}内" if found.is_verified else "在法定期限内"


def request_pdf(words: Mapping[str, Any]) -> bytes:
    """调取材料通知书: which papers of which settlements the institution brings by when, and by which article."""
    sheet = _Sheet(words["number"])
    sheet.head("医疗保障基金稽核调取材料通知书", f"编号 {words['number']}")
    sheet.text(f"{words['to']}：", indent=False)
    sheet.text(f"因办理案件 {words['case']}，需要向你单位调取下列材料：")
    sheet.text(words["asked"])
    sheet.text(
        f"请于 {date.fromisoformat(words['until']):%Y年%m月%d日} 前提供，并对所提供材料的真实性、完整性负责。"
        "无法提供的，请书面说明理由；逾期未答复的，将依据已有证据作出处理。"
    )
    sheet.text("依据：《医疗保障基金使用监督管理条例》第二十七条、第二十九条。")
    sheet.close(f"稽核人员：{'、'.join(words['inspectors'])}", words["on"])
    if words["about"]:
        sheet.title("附：涉及的结算")
    for place, (number, settled) in enumerate(words["about"], start=1):
        sheet.text(f"{place}. 结算流水号 {number}　结算日期 {settled}", indent=False)
    return sign_pdf(sheet.finish(), identity(), reason=f"调取材料通知书 {words['number']}")


def report_pdf(words: Mapping[str, Any]) -> bytes:
    """稽核报告: the chronicle of the case."""
    sheet = _Sheet(words["number"])
    sheet.head("医疗保障基金稽核报告", f"编号 {words['number']}")
    sheet.text(f"被稽核单位：{words['to']}", indent=False)
    sheet.title("一、疑点")
    for name, claim, rule, fen, state in words["doubts"]:
        settled = f"结算流水号 {claim}　" if claim else ""
        sheet.text(f"{name}　{settled}{rule}　{say(f'doubt_state_{state}', 'zh')}　{format_yuan(fen)} 元")
    sheet.title("二、调取材料与答复")
    for name, asked, answer in words["requests"]:
        sheet.text(f"{name}　要求：{asked}")
        sheet.text(f"答复：{answer or '未答复'}")
    sheet.title("三、经过")
    for at, step, by, said in words["steps"]:
        sheet.text(f"{at}　{say(f'inspection_step_{step}', 'zh')}　{by}{'：' + said if said else ''}")
    sheet.title("四、决定与追回")
    sheet.text(words["grounds"] or "不予认定。")
    sheet.text(f"应退回 {format_yuan(words['loss_fen'])} 元，罚款 {format_yuan(words['fine_fen'])} 元。")
    if words["fallen_fen"]:
        sheet.text(f"其中 {format_yuan(words['fallen_fen'])} 元经复议、诉讼或自行纠正已撤销。")
    for on, voucher, fen in words["paid"]:
        sheet.text(f"{on}　凭证 {voucher}　{format_yuan(fen)} 元")
    return sign_pdf(sheet.finish(), identity(), reason=f"稽核报告 {words['number']}")


class _Sheet:
    """Paragraphs down the page, and a new one when it is full."""

    def __init__(self, title: str) -> None:
        use_font()
        self._sink, self._y, self._page = BytesIO(), _TOP, 1
        self._canvas = Canvas(self._sink, pagesize=A4, initialFontName=FONT, lang="zh-CN", invariant=1)
        self._canvas.setTitle(title)

    def head(self, title: str, number: str) -> None:
        for text, size in ((settings.YIDANG.bureau_name, 20), (title, 18), (number, 11)):
            self._room(size * _LEADING)
            self._canvas.setFont(FONT, size)
            self._canvas.drawCentredString(A4[0] / 2, self._y, text)
        self._y -= 5 * mm

    def title(self, text: str) -> None:
        self._y -= 2 * mm
        self.text(text, indent=False)

    def text(self, text: str, *, indent: bool = True) -> None:
        for paragraph in text.splitlines() or [""]:
            for part in wrapped(("　　" if indent else "") + paragraph, _SIZE, _RIGHT - _LEFT):
                self._room(_SIZE * _LEADING)
                self._canvas.setFont(FONT, _SIZE)
                self._canvas.drawString(_LEFT, self._y, part)

    def close(self, people: str, on: str) -> None:
        self._y -= 6 * mm
        self.text(people, indent=False)
        self._y -= 8 * mm
        for text in (settings.YIDANG.bureau_name, f"{date.fromisoformat(on):%Y年%m月%d日}"):
            self._room(_SIZE * _LEADING)
            self._canvas.setFont(FONT, _SIZE)
            self._canvas.drawRightString(_RIGHT, self._y, text)

    def finish(self) -> bytes:
        self._end_page()
        self._canvas.save()
        return self._sink.getvalue()

    def _room(self, height: float) -> None:
        if self._y - height < _BOTTOM:
            self._end_page()
            self._y = _TOP
        self._y -= height

    def _end_page(self) -> None:
        self._canvas.setFont(FONT, 9)
        self._canvas.drawCentredString(A4[0] / 2, 13 * mm, f"第 {self._page} 页")
        self._canvas.showPage()
        self._page += 1
