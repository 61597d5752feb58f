"""From the numbers of a source to enrolees and their pseudonyms."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from yidang.claims.models import Enrolee, EnroleeSource
from yidang.crypto.fields import blind_forms, blind_index, seal_fields, seal_json
from yidang.crypto.keys import vault
from yidang.kernel import resident_id
from yidang.kernel.clock import now
from yidang.kernel.masking import normalise_name, normalise_phone
from yidang.ledger.copying import copy_rows

SEALED = ("name", "id_number", "phone", "home")
PLAIN = ("sex", "born_on", "scheme", "region", "address", "blood_group", "status", "reason")
_MANY = 5000
Words = dict[str, str]
Source = tuple[UUID, bytes, UUID, Words]  # its id, blind index, enrolee, what it says


class New(NamedTuple):
    """An enrolee about to be laid down; a model for each would take longer than everything else about it."""

    id: UUID
    person: int
    id_index: bytes | None
    facts: dict[str, Any]


@dataclass
class Entry:
    """One source's entry for a person, cleaned."""

    number: str
    words: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def id_number(self) -> str:
        return self.words.get("id_number", "")


def clean(number: str, given: dict[str, Any]) -> Entry:
    """Full-width folded, 15 digits to 18, sex and birth from the ID number where they were not given."""
    words = {key: str(given[key]).strip() for key in SEALED if given.get(key)}
    facts = {key: given[key] for key in PLAIN if given.get(key) is not None}
    if isinstance(facts.get("born_on"), str):
        facts["born_on"] = date.fromisoformat(facts["born_on"])
    if "name" in words:
        words["name"] = normalise_name(words["name"])
    if "phone" in words:
        words["phone"] = normalise_phone(words["phone"])
    if "id_number" in words:
        words["id_number"] = resident_id.upgrade(words["id_number"])
        if born := resident_id.birth_date(words["id_number"]):
            facts.setdefault("born_on", born)
            facts.setdefault("sex", 1 if resident_id.is_male(words["id_number"]) else 2)
    return Entry(number, words, facts)


def pseudonym(kind: str, value: str) -> int:
    """63 bits under a key of its own: equal for equal values, and nobody without the key says for which."""
    digest = vault().keyed(f"pseudonym/{kind}").digest(value.encode())
    return int.from_bytes(digest[:8], "big") >> 1


def resolve(source: str, entries: Sequence[Entry]) -> dict[str, int]:
    """Source number → pseudonym; enrolees and source entries are made where there are none.

    An entry the house knows keeps its enrolee; else one with the same ID number is found; else a new one begins.
    """
    indexed = {blind_index("claims_person", f"{source}\n{one.number}"): one for one in entries}
    known = _known(source, list(indexed))
    fresh = {index: one for index, one in indexed.items() if index not in known}
    same = _by_id_number([one.id_number for one in fresh.values() if one.id_number])
    found: dict[str, int] = {indexed[index].number: enrolee.person for index, enrolee in known.items()}
    _refresh([(known[index], one) for index, one in indexed.items() if index in known and (one.words or one.facts)])
    made: dict[str, New] = {}
    words: dict[UUID, Words] = {}
    sources: list[Source] = []
    for index, one in fresh.items():
        enrolee = same.get(one.id_number) or made.get(one.id_number or one.number)
        if enrolee is None:
            enrolee = made[one.id_number or one.number] = _begin(source, one)
            words[enrolee.id] = one.words
        sources.append((uuid4(), index, enrolee.id, _words_of(one)))
        found[one.number] = enrolee.person
    _lay_enrolees(made.values(), words)
    _lay_sources(source, sources)
    return found


_PLACES = {
    "sex": "sex",
    "born_on": "born_on",
    "scheme": "scheme",
    "region": "place",
    "address": "address",
    "blood_group": "blood_group",
    "status": "status",
    "reason": "reason",
}
_BLANK = {
    "sex": 0,
    "born_on": None,
    "scheme": "",
    "region": "",
    "address": None,
    "blood_group": "",
    "status": Enrolee.Status.ENROLLED.value,
    "reason": Enrolee.Reason.NONE.value,
}
_ENROLEE = ("id", "person", "id_index", *_PLACES.values(), "updated_at", "sealed")
_ENROLEE_TYPES = (
    "uuid", "int8", "bytea", "int2", "date", "text", "text", "int8", "text", "text", "text", "timestamptz", "bytea",
)  # fmt: skip
_SOURCE = ("id", "source", "number_index", "enrolee_id", "sealed")
_SOURCE_TYPES = ("uuid", "text", "bytea", "uuid", "bytea")


def _lay_enrolees(made: Iterable[New], words: dict[UUID, Words]) -> None:
    sealed, moment = _sealed_all("claims_enrolee", words), now()
    rows = (
        (one.id, one.person, one.id_index, *(_BLANK | one.facts).values(), moment, sealed.get(one.id)) for one in made
    )
    copy_rows("claims_enrolee", _ENROLEE, _ENROLEE_TYPES, rows)


def _lay_sources(source: str, made: Sequence[Source]) -> None:
    sealed = _sealed_all("claims_enrolee_source", {key: words for key, _index, _enrolee, words in made})
    rows = ((key, source, index, enrolee, sealed[key]) for key, index, enrolee, _words in made)
    copy_rows("claims_enroleesource", _SOURCE, _SOURCE_TYPES, rows)


def _sealed_all(table: str, words: dict[UUID, Words]) -> dict[UUID, bytes]:
    """What says nothing is not sealed."""
    said = {key: json.dumps(one, ensure_ascii=False, separators=(",", ":")) for key, one in words.items() if one}
    values = ((str(key), text.encode()) for key, text in said.items())
    return dict(zip(said, seal_fields(values, table=table, field=""), strict=True))


def _known(source: str, indexes: list[bytes]) -> dict[bytes, Enrolee]:
    found: dict[bytes, Enrolee] = {}
    # One array, not a placeholder for each: the driver would spend more time on them than the server on the answer.
    for part in _parts(indexes):
        alike = EnroleeSource.objects.extra(where=["number_index = ANY(%s)"], params=[part])
        rows = alike.filter(source=source).select_related("enrolee")
        found |= {bytes(one.number_index): one.enrolee for one in rows}
    return found


def _by_id_number(numbers: list[str]) -> dict[str, Enrolee]:
    index_of = {form: one for one in numbers for form in blind_forms("id_number", one)}
    found: dict[str, Enrolee] = {}
    for part in _parts(list(index_of)):
        alike = Enrolee.objects.extra(where=["id_index = ANY(%s)"], params=[part])
        for one in alike.filter(merged_into__isnull=True):
            found[index_of[bytes(one.id_index or b"")]] = one
    return found


def _parts(values: list[bytes]) -> Iterable[list[bytes]]:
    return (values[start : start + _MANY] for start in range(0, len(values), _MANY))


def _begin(source: str, one: Entry) -> New:
    index = blind_index("id_number", one.id_number) if one.id_number else None
    return New(uuid4(), pseudonym("person", f"{source}\n{one.number}"), index, one.facts)


def _words_of(one: Entry) -> Words:
    born = {"born_on": str(one.facts["born_on"])} if one.facts.get("born_on") else {}
    return one.words | {"number": one.number} | born


def _seal(table: str, row: UUID, words: dict[str, str]) -> bytes | None:
    return seal_json(words, table=table, row=str(row), field="") if words else None


def _refresh(pairs: list[tuple[Enrolee, Entry]]) -> None:
    """What a later file says of somebody known: plain facts are taken over, what names them stays as first said."""
    changed = []
    for enrolee, one in pairs:
        before = {key: getattr(enrolee, name) for key, name in _PLACES.items()}
        _fill(enrolee, one.facts)
        if enrolee.sealed is None and one.words:
            enrolee.sealed = _seal("claims_enrolee", enrolee.id, one.words)
            enrolee.id_index = blind_index("id_number", one.id_number) if one.id_number else None
            changed.append(enrolee)
        elif before != {key: getattr(enrolee, name) for key, name in _PLACES.items()}:
            changed.append(enrolee)
    Enrolee.objects.bulk_update(changed, [*set(_PLACES.values()), "sealed", "id_index"], batch_size=500)


def _fill(enrolee: Enrolee, facts: dict[str, Any]) -> None:
    for key, value in facts.items():
        setattr(enrolee, _PLACES[key], value)
