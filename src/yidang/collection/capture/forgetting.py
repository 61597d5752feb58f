"""What this room still knows of records that are destroyed: words of their cases, and what letters said of them."""

from collections.abc import Sequence
from uuid import UUID

from yidang.collection import letters
from yidang.collection.capture.cases import Words, digest_of, seal_words, words_of
from yidang.collection.capture.models import Case
from yidang.collection.models import Letter


def _forget_in_letters(case: Case) -> None:
    number = words_of(case).number
    for letter in Letter.objects.filter(lines__material__case=case).distinct():
        letters.blot_out(letter, number)


def forget(items: Sequence[UUID]) -> None:
    """Inside the transaction that ends the items: no number, no step, no file name stays; what was asked for does."""
    for case in Case.objects.filter(item__in=items):
        _forget_in_letters(case)
        case.sealed = seal_words(case, Words(number=""))
        case.digest, case.request_digest = digest_of(str(case.pk)), None
        case.save(update_fields=["sealed", "digest", "request_digest"])
