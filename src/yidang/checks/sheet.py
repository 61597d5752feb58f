"""四性检测报告 as PDF, with attestations as they stand now and the digest of the kept JSON."""

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from yidang.checks.catalogue import rows
from yidang.checks.models import Course, Result, Run
from yidang.kernel.clock import CHINA
from yidang.kernel.texts import say
from yidang.ledger.statements.paper.drawing import FONT, use_font, wrapped

_LEFT, _RIGHT, _TOP, _BOTTOM = 20 * mm, A4[0] - 20 * mm, A4[1] - 20 * mm, 20 * mm
_SIZE = 9


def pdf(run: Run, course: Course) -> bytes:
    use_font()
    sink = BytesIO()
    canvas = Canvas(sink, pagesize=A4, initialFontName=FONT, lang="zh-CN")
    canvas.setTitle(run.name)
    _Pages(canvas).draw(run, course)
    return sink.getvalue()


class _Pages:
    def __init__(self, canvas: Canvas) -> None:
        self._canvas, self._y = canvas, _TOP

    def draw(self, run: Run, course: Course) -> None:
        self._line("电子档案四性检测报告", 18)
        self._line(f"编号 {run.name}　批次 {course.number}　环节 {say('check_stage_' + run.stage, 'zh')}", 10)
        ended = run.ended_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        self._line(f"检测方案 {run.scheme}　检测档案 {run.items} 件　检测时间 {ended}", 10)
        self._line(f"报告摘要（SM3）{bytes(run.report_digest).hex()}", 8)
        for result in run.results.select_related("attested_by"):
            self._result(result)
        self._canvas.save()

    def _result(self, result: Result) -> None:
        row = rows()[result.code]
        kind = "必检" if result.is_mandatory else "选检"
        self._y -= 1.5 * mm
        head = f"{row.code} {row.item_zh}　{say('check_mode_' + result.mode, 'zh')}　{kind}"
        self._line(f"{head}　{say('check_outcome_' + result.outcome, 'zh')}", 10)
        self._line(f"对象：{row.object}　依据：{row.basis}　方法：{row.method}", _SIZE)
        if result.why:
            self._line(f"备注：{say(result.why, 'zh')}", _SIZE)
        for flaw in result.evidence.get("flaws", []):
            self._line(f"· {flaw['name']} {say(flaw['why'], 'zh')}", _SIZE)
        if result.attested_by:
            verdict = say("check_outcome_" + result.attested, "zh")
            self._line(f"人工说明：{verdict}，{result.attested_by.display_name}", _SIZE)

    def _line(self, text: str, size: float) -> None:
        for part in wrapped(text, size, _RIGHT - _LEFT):
            if self._y - size * 1.6 < _BOTTOM:
                self._canvas.showPage()
                self._y = _TOP
            self._y -= size * 1.6
            self._canvas.setFont(FONT, size)
            self._canvas.drawString(_LEFT, self._y, part)
