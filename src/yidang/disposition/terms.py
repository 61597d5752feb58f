"""Terms of which the schedule's source was not certain: two persons confirm source and term before anything goes."""

from uuid import UUID

from django.db import transaction

from yidang.disposition.blockers import unverified_rules
from yidang.disposition.models import TermConfirmation
from yidang.holdings.models import RetentionRule
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.operations import append


def unconfirmed(version: str, code: str) -> RetentionRule:
    """Raises Conflict: `term_is_certain`."""
    for rule in unverified_rules():
        if (rule.schedule_version, rule.code) == (version, code):
            return rule
    raise Conflict("term_is_certain", rule=code)


def checked_source(source: str) -> str:
    """Raises Invalid: `term_source_missing`."""
    if not source.strip():
        raise Invalid("term_source_missing")
    return source.strip()[:400]


@transaction.atomic
def confirm(*, version: str, code: str, term: str, source: str, asked_by: UUID, confirmed_by: UUID) -> None:
    """Carried out by the approval of the head. Raises Conflict: `term_is_certain`, `term_changed`."""
    rule = unconfirmed(version, code)
    if rule.term != term:
        raise Conflict("term_changed", rule=code)
    made = TermConfirmation.objects.create(
        schedule_version=version,
        rule_code=code,
        term=term,
        source=source,
        asked_by_id=asked_by,
        confirmed_by_id=confirmed_by,
        at=clock.now(),
    )
    facts = {"schedule": version, "rule": code, "term": made.term, "source": source, "asked_by": str(asked_by)}
    append(action="term.confirmed", actor=str(confirmed_by), facts=facts)
