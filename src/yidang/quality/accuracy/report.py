"""What a sample says of its quarter and series: rate, confidence interval, each wrong field; as rows, XLSX and PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yidang.holdings.description import specs
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.ledger.statements.paper.reports import Grid, report_pdf
from yidang.quality.accuracy import rules
from yidang.quality.accuracy.reviewing import LEFT_OUT
from yidang.quality.accuracy.rules import Interval, Result
from yidang.quality.accuracy.sampling import result_of
from yidang.quality.filing.rules import percent
from yidang.quality.models import FieldCheck, Sample, SampleItem
from yidang.quality.tables import plan_origin


@dataclass(frozen=True)
class Row:
    row: SampleItem
    wrong: Sequence[str]  # labels of fields; what should stand there is told nowhere but under seal


@dataclass(frozen=True)
class Report:
    sample: Sample
    series: str
    result: Result
    threshold: Fraction
    rows: Sequence[Row]
    by_field: Sequence[tuple[str, int, int]]  # label, compared, wrong

    @property
    def rate(self) -> str:
        return percent(self.result.rate)

    @property
    def is_over(self) -> bool:
        return rules.is_over(self.result, self.threshold)

    @property
    def exact(self) -> str:
        return interval(self.result.exact)

    @property
    def wilson(self) -> str:
        return interval(self.result.wilson)


def interval(found: Interval) -> str:
    return f"{found.low * 100:.2f}% – {found.high * 100:.2f}%"


def report(grant: Grant, sample: Sample) -> Report:
    grant.require(Permission.SEE_QUALITY)
    checks = FieldCheck.objects.filter(row__sample=sample)
    wrong: dict[object, list[str]] = {}
    fields: dict[str, list[int]] = {}
    for row, key, is_right in checks.order_by("pk").values_list("row", "key", "is_right"):
        counted = fields.setdefault(key, [0, 0])
        counted[0] += 1
        if not is_right:
            counted[1] += 1
            wrong.setdefault(row, []).append(label(key))
    rows = sample.rows.select_related("reviewer").order_by("ordinal")
    by_field = [(label(key), *fields[key]) for key in (*specs(), LEFT_OUT) if key in fields]
    title = sample.series.title_en if get_language() == "en" else sample.series.title_zh
    listed = [Row(one, wrong.get(one.pk, [])) for one in rows]
    return Report(sample, title, result_of(sample), Fraction(sample.threshold), listed, by_field)  # type: ignore[arg-type]


def label(key: str) -> str:
    if key == LEFT_OUT:
        return _("Left out of the description")
    spec = specs()[key]
    return spec.title_en if get_language() == "en" else spec.title_zh


def facts(found: Report) -> list[tuple[str, str]]:
    sample, origin = found.sample, plan_origin(found.sample.plan)
    certain = _("checked") if origin.is_verified else _("not certain")
    return [
        (_("Sample"), sample.name),
        (_("Quarter"), sample.quarter),
        (_("Series"), f"{found.series} {sample.series_id}"),
        (_("Filed in the quarter"), str(sample.lot)),
        (_("Drawn on"), f"{sample.size} · {sample.drawn_at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}"),
        (_("Sampling plan"), f"{sample.plan}: {origin.source} ({origin.confidence}, {certain})"),
        (_("Seed"), sample.seed),
        (_("SHA-256 of what was drawn from"), sample.frame_digest),
        (_("Records compared"), f"{found.result.records} / {sample.size}"),
        (_("Fields compared"), str(found.result.compared)),
        (_("Wrong fields"), str(found.result.wrong)),
        (_("Records with an error"), str(found.result.wrong_records)),
        (_("Error rate"), found.rate),
        (_("Interval at 95 per cent, Clopper–Pearson"), found.exact),
        (_("Interval at 95 per cent, Wilson"), found.wilson),
        (_("Threshold"), percent(found.threshold)),
    ]


def sheet(found: Report) -> list[list[str]]:
    """The figures, then the fields, then each record."""
    lines = [[_("Figure"), _("Value"), "", ""], *[[name, value, "", ""] for name, value in facts(found)]]
    lines += [["", "", "", ""], [_("Field"), _("Compared"), _("Wrong"), ""]]
    lines += [[name, str(compared), str(wrong), ""] for name, compared, wrong in found.by_field]
    lines += [["", "", "", ""], _record_heads()]
    return lines + [list(_cells(one)) for one in found.rows]


def _record_heads() -> list[str]:
    return [_("No."), _("Reference code"), _("Compared by"), _("Wrong fields")]


def _cells(one: Row) -> tuple[str, str, str, str]:
    by = one.row.reviewer.display_name if one.row.reviewer else ""
    said = "、".join(one.wrong) if one.row.compared_at else _("not compared yet")
    return str(one.row.ordinal), one.row.reference_code, by, said


def pdf(found: Report) -> bytes:
    fields = [(name, str(compared), str(wrong)) for name, compared, wrong in found.by_field]
    return report_pdf(
        title=_("Report on a sample"),
        over=settings.YIDANG.bureau_name,
        grids=[
            Grid((_("Figure"), _("Value")), facts(found), (62, 108)),
            Grid((_("Field"), _("Compared"), _("Wrong")), fields, (110, 30, 30), right=frozenset({1, 2})),
            Grid(_record_heads(), [_cells(one) for one in found.rows], (14, 78, 30, 48)),
        ],
        signed_by=[_("Compared by"), _("Head of the archive"), _("Date")],
    )
