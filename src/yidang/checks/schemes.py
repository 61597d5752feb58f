"""检测方案 of a fonds: the packaged one, and what two persons made of it since."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yidang.checks.catalogue import STAGES, VERSION, Stage, rows
from yidang.checks.models import CheckScheme
from yidang.holdings.models import Fonds
from yidang.kernel.clock import now
from yidang.kernel.errors import Invalid, NotFound
from yidang.ledger.operations import append

OFF, OPTIONAL, MANDATORY = "off", "optional", "mandatory"
CHOICES = (OFF, OPTIONAL, MANDATORY)
Rows = Mapping[str, Mapping[str, str]]  # code → stage → off, optional, mandatory


@dataclass(frozen=True, slots=True)
class Scheme:
    name: str
    number: int
    rows: Rows
    approved: CheckScheme | None = None

    def rows_at(self, stage: Stage) -> dict[str, bool]:
        """Code → is it mandatory, of what is done at that stage."""
        here = {code: choices[stage] for code, choices in self.rows.items() if stage in choices}
        return {code: choice == MANDATORY for code, choice in here.items() if choice != OFF}


def packaged() -> Rows:
    return {
        code: {stage: MANDATORY if row.is_mandatory else OPTIONAL for stage in STAGES if row.mode(stage)}
        for code, row in rows().items()
    }


def in_force(fonds: str) -> Scheme:
    newest = (
        CheckScheme.objects.select_related("asked_by", "approved_by").filter(fonds=fonds).order_by("-number").first()
    )
    if newest is None:
        return Scheme(f"{fonds}-1 ({VERSION})", 1, packaged())
    return Scheme(f"{fonds}-{newest.number}", newest.number, newest.rows, newest)


def changed(fonds: str, choices: Mapping[tuple[str, str], str]) -> dict[str, dict[str, str]]:
    """What is in force with some choices changed. Raises Invalid: `check_choice_wrong`. NotFound: `fonds_not_found`."""
    if not Fonds.objects.filter(pk=fonds).exists():
        raise NotFound("fonds_not_found", fonds=fonds)
    found = {code: dict(stages) for code, stages in in_force(fonds).rows.items()}
    for (code, stage), choice in choices.items():
        if stage not in found.get(code, {}) or choice not in CHOICES:
            raise Invalid("check_choice_wrong", check=code)
        found[code][stage] = choice
    return found


@transaction.atomic
def approve(*, fonds: str, wanted: Rows, asked_by: UUID, approved_by: UUID) -> CheckScheme:
    """Carried out by the approval."""
    number = in_force(fonds).number + 1
    made = CheckScheme.objects.create(
        fonds_id=fonds,
        number=number,
        rows=wanted,
        asked_by_id=asked_by,
        approved_by_id=approved_by,
        approved_at=now(),
    )
    append(
        action="checks.scheme_approved",
        actor=str(approved_by),
        facts={"scheme": f"{fonds}-{number}", "rows": dict(wanted), "asked_by": str(asked_by)},
    )
    return made
