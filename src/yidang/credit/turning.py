"""Sealing the archive's ID numbers anew when its key family turns over, and marking them by new blind indexes."""

from collections.abc import Iterator, Sequence

from yidang.credit import sealing
from yidang.credit.door import opened
from yidang.credit.models import Mark, Subject
from yidang.credit.subjects import index_marks
from yidang.crypto.keys import vault
from yidang.crypto.rotation import Pass

_STEP = 500
_VERSION = slice(1, 3)  # of a sealed number: two bytes, big-endian


class SubjectPass:
    family = sealing.FAMILY
    name = "credit.subject"

    def left(self) -> int:
        with opened():
            return len(self._old())

    def steps(self) -> Iterator[int]:
        while done := self._step():
            yield done

    def _step(self) -> int:
        with opened():
            some = self._old()[:_STEP]
            for one in Subject.objects.select_for_update().filter(pk__in=[subject.pk for subject in some]):
                one.sealed_id = sealing.seal_id(sealing.open_id(bytes(one.sealed_id or b""), one.pk), one.pk)
                one.save(update_fields=["sealed_id"])
        return len(some)

    def _old(self) -> list[Subject]:
        current = vault().current(sealing.FAMILY).to_bytes(2, "big")
        persons = Subject.objects.filter(sealed_id__isnull=False)
        return [one for one in persons.iterator() if bytes(one.sealed_id or b"")[_VERSION] != current]


class MarkPass:
    """Adds the newest mark; former ones stay, and lead nowhere once no row of claims stands under them."""

    family = "index"
    name = "credit.mark"

    def left(self) -> int:
        if len(vault().register().versions(self.family)) == 1:
            return 0
        with opened():
            return len(self._unmarked())

    def steps(self) -> Iterator[int]:
        if self.left():
            with opened():
                made = self._unmarked()
                Mark.objects.bulk_create(made, ignore_conflicts=True)
            yield len(made)

    def _unmarked(self) -> list[Mark]:
        persons = Subject.objects.filter(sealed_id__isnull=False)
        newest = {_newest_mark(one): one for one in persons.iterator()}
        standing = Mark.objects.filter(digest__in=list(newest)).values_list("digest", flat=True)
        known = {bytes(digest) for digest in standing}
        return [Mark(digest=digest, subject=one) for digest, one in newest.items() if digest not in known]


def _newest_mark(subject: Subject) -> bytes:
    newest, *_former = index_marks(sealing.open_id(bytes(subject.sealed_id or b""), subject.pk))
    return sealing.mark(*newest)


def passes() -> Sequence[Pass]:
    return [SubjectPass(), MarkPass()]
