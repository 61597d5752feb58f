"""三码合一: seven digits of the trace code, the article number and the insurance code of one thing."""

from collections.abc import Sequence

from yidang.claims.lists.reading import Entry
from yidang.claims.models import Product, TakenList
from yidang.kernel.clock import now

PREFIX = 7
_LONGEST_PRODUCT, _LONGEST_ITEM = 14, 30
Three = tuple[str, str, str]


def problem_of(entry: Entry) -> tuple[str, str] | None:
    said = entry.values
    if not (said["trace_prefix"][:PREFIX].isdecimal() and len(said["trace_prefix"]) >= PREFIX):
        return "trace_prefix", "list_prefix_wrong"
    if not (said["product"].isdecimal() and len(said["product"]) <= _LONGEST_PRODUCT):
        return "product", "list_product_wrong"
    return ("item", "list_code_long") if len(said["item"]) > _LONGEST_ITEM else None


def keep(taken: TakenList, entries: Sequence[Entry]) -> int:
    """What a scan had bound is confirmed by the list that says the same."""
    three = {_three(one) for one in entries}
    standing = Product.objects.filter(trace_prefix__in={one[0] for one in three})
    known = {(one.trace_prefix, one.product, one.item): one for one in standing}
    confirmed = [one for key, one in known.items() if key in three and one.list_id is None]
    Product.objects.filter(pk__in=[one.pk for one in confirmed]).update(list=taken)
    fresh = [
        Product(trace_prefix=prefix, product=product, item=item, list=taken)
        for prefix, product, item in sorted(three - known.keys())
    ]
    Product.objects.bulk_create(fresh, batch_size=2000)
    return len(fresh) + len(confirmed)


def _three(entry: Entry) -> Three:
    return entry.values["trace_prefix"][:PREFIX], entry.values["product"], entry.values["item"].upper()


def bind(*, code: str, product: str, item: str) -> None:
    """As a box comes into stock with all three codes: the first binding of a product nobody had listed."""
    if product and item and code[:PREFIX].isdecimal():
        row = Product(trace_prefix=code[:PREFIX], product=product, item=item, bound_at=now())
        Product.objects.bulk_create([row], ignore_conflicts=True)
