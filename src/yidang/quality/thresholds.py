"""The figures from which on something must be put right: as packaged, until the bureau sets its own."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.db import transaction

from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Invalid
from yidang.ledger.operations import append
from yidang.quality.models import Setting
from yidang.quality.tables import thresholds

FILING, ERROR, CURE_DAYS = "filing_rate", "error_rate", "cure_days"
_MOST_DAYS = 366


@dataclass(frozen=True)
class Threshold:
    code: str
    value: Fraction
    source: str
    effective_from: date
    approved_by: str

    @property
    def is_share(self) -> bool:
        return self.code != CURE_DAYS

    @property
    def shown(self) -> str:
        """Per cent for shares, as it is typed."""
        return f"{float(self.value * 100 if self.is_share else self.value):g}"


def threshold(code: str) -> Threshold:
    own = Setting.objects.filter(code=code, effective_from__lte=clock.today()).order_by("-at").first()
    value, origin = thresholds()[code]
    if own is None:
        return Threshold(code, value, origin.source, origin.effective_from, origin.approved_by)
    return Threshold(code, Fraction(own.value), origin.source, own.effective_from, own.approved_by.display_name)


def value_of(code: str) -> Fraction:
    return threshold(code).value


@transaction.atomic
def set_threshold(*, grant: Grant, code: str, typed: str) -> Setting:
    """`typed`: per cent for a share, else days. Raises Invalid: `threshold_wrong`."""
    grant.require(Permission.SET_THRESHOLDS)
    value = _checked(code, typed)
    made = Setting.objects.create(
        code=code, value=value, effective_from=clock.today(), approved_by_id=grant.person, at=clock.now()
    )
    append(action="quality.threshold_set", actor=grant.actor, facts={"code": code, "value": str(value.normalize())})
    return made


def _checked(code: str, typed: str) -> Decimal:
    try:
        given = Decimal(typed.strip())
    except InvalidOperation:
        raise Invalid("threshold_wrong") from None
    top = _MOST_DAYS if code == CURE_DAYS else 100
    if code not in thresholds() or not given.is_finite() or not 0 < given <= top:
        raise Invalid("threshold_wrong")
    return given if code == CURE_DAYS else given / 100
