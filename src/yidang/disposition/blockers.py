"""What keeps an item from being destroyed, read while its row is locked."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from yidang.checks.queries import failed_items
from yidang.disposition.holding import held_by_orders
from yidang.disposition.models import TermConfirmation
from yidang.holdings import doubt
from yidang.holdings.models import Hold, Item, PendingVersion, RetentionRule
from yidang.holdings.scheme_versions import Terms
from yidang.kernel.clock import today

HELD, UNVERIFIED, NOT_DUE, CHANGING, GONE = "held", "term_unverified", "not_due", "changing", "not_there"
FAILED, IN_DOUBT = "checks_failed", "holds_in_doubt"


def blockers(items: Sequence[Item]) -> dict[UUID, str]:
    """Item → the gravest of what stands against its end. Whoever acts on it holds the items' locks until it is over."""
    ids = [item.pk for item in items]
    held = set(Hold.objects.filter(item__in=ids).values_list("item", flat=True)) | held_by_orders(ids)
    failed = set(failed_items().filter(item__in=ids))
    changing = set(PendingVersion.objects.filter(item__in=ids).values_list("item", flat=True))
    terms, certain, is_in_doubt = Terms(), _certain(), doubt.standing() is not None
    found: dict[UUID, str] = {}
    for item in items:
        if item.pk in held:
            found[item.pk] = HELD
        elif is_in_doubt:
            found[item.pk] = IN_DOUBT
        elif item.pk in failed:
            found[item.pk] = FAILED
        elif item.pk in changing:
            found[item.pk] = CHANGING
        elif item.due_year is None or item.due_year > today().year:
            found[item.pk] = NOT_DUE
        elif _rule(terms, item) not in certain:
            found[item.pk] = UNVERIFIED
    return found


def _rule(terms: Terms, item: Item) -> int | None:
    """Of the version in force when the item was formed."""
    rule = terms.rule_of(item.series, item.year, item.formed_on)
    return rule.pk if rule else None


def _certain() -> set[int]:
    return set(RetentionRule.objects.values_list("pk", flat=True)) - {rule.pk for rule in unverified_rules()}


def unverified_rules() -> Sequence[RetentionRule]:
    return list(_unverified())


def _unverified() -> Iterator[RetentionRule]:
    confirmed = set(TermConfirmation.objects.values_list("schedule_version", "rule_code", "term"))
    for rule in RetentionRule.objects.filter(is_verified=False).order_by("schedule_version", "code"):
        if (rule.schedule_version, rule.code, rule.term) not in confirmed:
            yield rule
