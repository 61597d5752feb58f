"""Sealing the archive's ID numbers anew when its key family turns over."""

from collections.abc import Iterator, Sequence

from yidang.credit import sealing
from yidang.credit.door import opened
from yidang.credit.models import Subject
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


def passes() -> Sequence[Pass]:
    return [SubjectPass()]
