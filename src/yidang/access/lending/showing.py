"""What a record's page says of lending: that it is read by a loan, and until when, or how one is asked for."""

from yidang.access.lending import watermark
from yidang.access.lending.queries import loan_for
from yidang.holdings.models import Item
from yidang.identity.policy import Grant, Permission

MARKS = 24  # enough to cover a large screen; what is too much is cut off


def lent(grant: Grant, item: Item) -> dict[str, object]:
    loan = loan_for(grant, item)
    shown: dict[str, object] = {
        "can_ask": loan is None and item.version > 0 and grant.allows(Permission.ASK_LOAN),
        "can_certify": item.version > 0 and grant.allows(Permission.DOWNLOAD) and grant.allows(Permission.VERIFY),
    }
    if loan is None:
        return shown
    return shown | {"lent": loan, "mark": watermark.text_of(loan), "marks": range(MARKS)}
