"""Blind indexes made anew after a new root key: the sealed value that stands beside each gives the plaintext.

A form says its own version, so what is left can be counted and a run that was cut off goes on where it stood. What
cannot be opened stays, is counted, and keeps the former version from being forgotten.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from yidang.access.requests import operations as requests
from yidang.access.requests.models import PersonRequest
from yidang.claims.turning import turn_entries, turn_people
from yidang.credit.turning import MarkPass
from yidang.crypto.fields import INDEX_SIZE, blind_forms
from yidang.crypto.keys import vault
from yidang.crypto.rotation import Pass
from yidang.disposition import holding
from yidang.disposition.models import HoldOrder
from yidang.holdings.identifiers import ID_NUMBER, normalise
from yidang.holdings.turning import turn_items
from yidang.identity.policy import SYSTEM
from yidang.identity.reach import acting, as_owner
from yidang.kernel.errors import DomainError

FAMILY = "index"
_STEP = 200


@dataclass(frozen=True, slots=True)
class IndexPass:
    """`rows`: SQL that gives `key` and `form` (bytes) of all rows; `turn` takes keys."""

    name: str
    rows: str
    turn: Callable[[Sequence[UUID]], None]

    @property
    def family(self) -> str:
        return FAMILY

    def left(self) -> int:
        if not is_turning():
            return 0
        return self._counted(f"SELECT count(DISTINCT key) FROM {self._old()}", self._current())  # noqa: S608 - no input

    def _counted(self, query: str, given: Sequence[Any]) -> int:
        with acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute(query, given)
            found: int = cursor.fetchone()[0]
        return found

    def steps(self) -> Iterator[int]:
        last, failed = None, list[DomainError]()
        while is_turning() and (some := self._after(last)):
            try:
                self._turn(some)
            except DomainError:
                failed += self._one_by_one(some)  # one that does not open keeps nobody else waiting
            if turned := len(some) - self._still_old(some):
                yield turned
            last = some[-1]
        if failed:
            raise failed[0]

    def _turn(self, some: Sequence[UUID]) -> None:
        with as_owner(), transaction.atomic(), acting(SYSTEM):
            self.turn(some)

    def _one_by_one(self, some: Sequence[UUID]) -> Iterator[DomainError]:
        for key in some:
            try:
                self._turn([key])
            except DomainError as problem:
                yield problem

    def _still_old(self, some: Sequence[UUID]) -> int:
        query = f"SELECT count(DISTINCT key) FROM {self._old()} AND key = ANY(%s)"  # noqa: S608 - no input
        return self._counted(query, [*self._current(), list(some)])

    def _after(self, last: UUID | None) -> list[UUID]:
        """In the order of keys, so that what does not turn is not met for ever."""
        query = f"SELECT DISTINCT key FROM {self._old()} AND (%s::uuid IS NULL OR key > %s) ORDER BY key LIMIT %s"  # noqa: S608 - no input
        with acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute(query, [*self._current(), last, last, _STEP])
            return [key for (key,) in cursor.fetchall()]

    def _old(self) -> str:
        is_old = "length(form) <> %s OR get_byte(form, 0) * 256 + get_byte(form, 1) <> %s"
        return f"({self.rows}) AS indexed WHERE form IS NOT NULL AND ({is_old})"

    def _current(self) -> list[Any]:
        return [INDEX_SIZE + 2, vault().register().current(FAMILY)]


def is_turning() -> bool:
    return len(vault().register().versions(FAMILY)) > 1


def _turn_people(keys: Sequence[UUID]) -> None:
    """What the credit archive asks by first, or a suspension would be overlooked for as long as this runs."""
    for _count in MarkPass().steps():
        pass
    turn_people(keys)


def _turn_requests(keys: Sequence[UUID]) -> None:
    for one in PersonRequest.objects.select_for_update().filter(id__in=keys):
        number = normalise(ID_NUMBER, requests.asking_of(one).id_number)
        one.person = blind_forms(ID_NUMBER, number)[0]
        one.save(update_fields=["person"])


def _turn_holds(keys: Sequence[UUID]) -> None:
    for one in HoldOrder.objects.select_for_update().filter(id__in=keys):
        one.digest = holding.forms_of(one)[0]
        one.save(update_fields=["digest"])


_WORKING_NOW = (
    "SELECT i.item_id AS key, i.digest AS form FROM identity_brokenglass g"
    " JOIN holdings_identifier i ON i.kind = 'id_number' AND encode(i.digest, 'hex') = g.person WHERE g.until > now()"
)
_PASSES = (
    IndexPass("emergency access", _WORKING_NOW, turn_items),
    IndexPass("holdings_identifier", "SELECT item_id AS key, digest AS form FROM holdings_identifier", turn_items),
    IndexPass("access_personrequest", "SELECT id AS key, person AS form FROM access_personrequest", _turn_requests),
    IndexPass("disposition_holdorder", "SELECT id AS key, digest AS form FROM disposition_holdorder", _turn_holds),
    IndexPass("claims_enrolee", "SELECT id AS key, id_index AS form FROM claims_enrolee", _turn_people),
    IndexPass("claims_datedentry", "SELECT id AS key, id_index AS form FROM claims_datedentry", turn_entries),
)


def index_passes() -> Sequence[Pass]:
    return _PASSES
