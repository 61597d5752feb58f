"""四性检测报告 as PDF, with attestations as they stand now and the digest of the kept JSON."""

from collections import Counter
from collections.abc import Iterator

from django.conf import settings

from yidang.checks.catalogue import rows
from yidang.checks.models import Course, Result, Run
from yidang.kernel.clock import CHINA
from yidang.kernel.texts import say
from yidang.ledger.statements.paper.reports import Grid, report_pdf

_HEADS = ("编号", "检测项目", "对象、依据、方法", "方式", "结果", "备注")
_WIDTHS = (12, 34, 52, 17, 16, 46)
_OUTCOMES = ("passed", "failed", "not_run")


def pdf(run: Run, course: Course) -> bytes:
    results = list(run.results.select_related("attested_by"))
    return report_pdf(
        title="电子档案四性检测报告",
        over=settings.YIDANG.bureau_name,
        facts=list(_facts(run, course, results)),
        grids=[Grid(_HEADS, [_row(one) for one in results], _WIDTHS, size=8)],
        below=[f"报告摘要（SM3）{bytes(run.report_digest).hex()}"],
        signed_by=("检测人", "审核人", "日期"),
    )


def _facts(run: Run, course: Course, results: list[Result]) -> Iterator[str]:
    counts = Counter(one.outcome for one in results)
    yield f"编号：{run.name}　批次：{course.number}　环节：{say('check_stage_' + run.stage, 'zh')}"
    ended = run.ended_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    yield f"检测方案：{run.scheme}　检测档案：{run.items} 件　检测时间：{ended}"
    yield "　".join(f"{say('check_outcome_' + outcome, 'zh')} {counts[outcome]} 项" for outcome in _OUTCOMES)


def _row(result: Result) -> tuple[str, ...]:
    row = rows()[result.code]
    mode = f"{say('check_mode_' + result.mode, 'zh')}\n{'必检' if result.is_mandatory else '选检'}"
    about = "；".join(part for part in (row.object, row.basis, row.method) if part)
    outcome = say("check_outcome_" + result.outcome, "zh")
    return row.code, row.item_zh, about, mode, outcome, "\n".join(_remarks(result))


def _remarks(result: Result) -> Iterator[str]:
    if result.why:
        yield say(result.why, "zh")
    for flaw in result.evidence.get("flaws", []):
        yield f"{flaw['name']} {say(flaw['why'], 'zh')}"
    if result.attested_by:
        verdict = say("check_outcome_" + result.attested, "zh")
        yield f"人工说明：{verdict}，{result.attested_by.display_name}"
