"""Taking in a request, looking up whom it is about, answering it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from django.db import transaction

from yidang.access.requests.models import PersonRequest
from yidang.access.requests.rules import Verdict, may_be_erased
from yidang.access.searchable_pdf import searchable_pdf
from yidang.crypto.fields import blind_forms, blind_index, open_json, seal_json
from yidang.holdings import operations as holdings
from yidang.holdings.description import Field
from yidang.holdings.identifiers import ID_NUMBER, normalise
from yidang.holdings.models import Hold, Identifier, Item, ItemState
from yidang.holdings.queries import description, shown_pages
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import SYSTEM, Grant, Permission
from yidang.identity.reach import acting
from yidang.kernel import clock, resident_id
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append

MAY_ANSWER = Permission.SEARCH_ID_NUMBERS
_TABLE = "access_person_request"
_LONGEST = 2000


@dataclass(frozen=True)
class Asking:
    """Who asks about whom. `proof`: which papers were shown; for a relative, of the death and of the kinship."""

    person_name: str
    id_number: str
    asker_name: str
    contact: str
    proof: str
    wish: str


@dataclass(frozen=True)
class Answer:
    """`supplement` is added to the records chosen, when the request was to correct."""

    reason: str
    supplement: str = ""
    items: Sequence[str] = ()


@cache
def duties() -> Mapping[str, Any]:
    source = files("yidang.access") / "data" / "privacy_duties.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@transaction.atomic
def take_in(*, grant: Grant, kind: str, relation: str, asking: Asking) -> PersonRequest:
    """Raises Invalid: `request_incomplete` with the field, `request_id_number`."""
    grant.require(MAY_ANSWER)
    receiver = grant.person
    _check(kind, relation, asking)
    today = clock.today()
    made = PersonRequest(
        kind=kind,
        relation=relation,
        person=blind_index(ID_NUMBER, normalise(ID_NUMBER, asking.id_number)),
        asked_on=today,
        due_on=today + timedelta(days=duties()["answer"]["days"]),
        received_by_id=receiver,
    )
    made.sealed = seal_json(asdict(asking), table=_TABLE, row=str(made.id), field="asking")
    made.save()
    facts = {"number": made.number, "kind": kind, "relation": relation}
    append(action="request.received", actor=grant.actor, subject=made.id, facts=facts, private=asdict(asking))
    return made


def _check(kind: str, relation: str, asking: Asking) -> None:
    if kind not in PersonRequest.Kind.values or relation not in PersonRequest.Relation.values:
        raise Invalid("request_incomplete", field="kind")
    for name in ("person_name", "asker_name", "proof", "wish"):
        if not getattr(asking, name).strip():
            raise Invalid("request_incomplete", field=name)
    if not resident_id.is_valid(asking.id_number):
        raise Invalid("request_id_number")


def find(grant: Grant, request_id: UUID) -> PersonRequest:
    """Raises NotFound: `request_not_found`."""
    grant.require(MAY_ANSWER)
    found = PersonRequest.objects.select_related("received_by", "decided_by").filter(id=request_id).first()
    if found is None:
        raise NotFound("request_not_found")
    return found


def asking_of(request: PersonRequest) -> Asking:
    return Asking(**open_json(bytes(request.sealed), table=_TABLE, row=str(request.id), field="asking"))


def answer_of(request: PersonRequest) -> Answer | None:
    if request.sealed_answer is None:
        return None
    return Answer(**open_json(bytes(request.sealed_answer), table=_TABLE, row=str(request.id), field="answer"))


def records(grant: Grant, request: PersonRequest) -> list[Item]:
    """The filed records whose description names this ID number, as far as the asker's reach goes."""
    forms = blind_forms(ID_NUMBER, normalise(ID_NUMBER, asking_of(request).id_number))
    named = Identifier.objects.filter(kind=ID_NUMBER, digest__in=forms).values("item")
    return list(
        visible_items(grant).filter(pk__in=named, state=ItemState.FILED).select_related("series").order_by("pk")
    )


def erasure(item: Item) -> Verdict:
    held = Hold.objects.filter(item=item).exists()
    return may_be_erased(year=item.year, term=item.term, on=clock.today(), is_held=held)


def grant_request(*, grant: Grant, request_id: UUID, answer: Answer) -> PersonRequest:
    """Says yes to a supplement: it becomes a new version of each record chosen; the pages stay as they are.

    Raises:
        Conflict: `request_decided`, `request_erasure_impossible`, `request_needs_approval`.
        Invalid: `request_reason_missing`, `supplement_missing`.
    """
    request = _check_open(find(grant, request_id))
    _check_reason(answer)
    if request.kind == PersonRequest.Kind.ERASE:
        # Only appraisal and its witnessed list destroy; a request can at most bring a record there.
        raise Conflict("request_erasure_impossible")
    if request.kind == PersonRequest.Kind.ACCESS:
        # It uncovers every record of a person at once: one asks, another allows (requests.kinds).
        raise Conflict("request_needs_approval")
    _supplement(grant, request, answer)
    return _decided(grant, request_id, PersonRequest.State.GRANTED, answer)


@transaction.atomic
def grant_copies(*, request_id: UUID, decided_by: UUID, answer: Answer) -> PersonRequest:
    """Carried out by the approval. Raises as `grant_request`."""
    return _settle(request_id, PersonRequest.State.GRANTED, answer, decided_by)


def count_of_records(request: PersonRequest) -> int:
    """All over the house, whoever asks: what the second person is told."""
    with acting(SYSTEM):
        return len(records(SYSTEM, request))


def refuse_request(*, grant: Grant, request_id: UUID, answer: Answer) -> PersonRequest:
    """Says no, with the reason that the person is told (art. 50). Raises as `grant_request`."""
    return _decided(grant, request_id, PersonRequest.State.REFUSED, answer)


def copies(*, grant: Grant, request_id: UUID) -> bytes:
    """A ZIP of searchable PDFs and of what the description says: what a granted request to see hands out.

    Raises:
        Conflict: `request_not_granted`.
    """
    request = find(grant, request_id)
    if (request.kind, request.state) != (PersonRequest.Kind.ACCESS, PersonRequest.State.GRANTED):
        raise Conflict("request_not_granted")
    grant.require(Permission.DOWNLOAD)
    found = records(grant, request)
    with transaction.atomic():
        append(action="request.handed_out", actor=grant.actor, subject=request.id, facts={"records": len(found)})
    sink = BytesIO()
    with ZipFile(sink, "w", ZIP_STORED) as parcel:
        for item in found:
            _add(parcel, grant, item)
    return sink.getvalue()


def _add(parcel: ZipFile, grant: Grant, item: Item) -> None:
    told = "".join(f"{key}: {field.value}\r\n" for key, field in description(item).fields.items())
    parcel.writestr(f"{item.reference_code}.txt", told.encode("utf-8-sig"))
    if shown_pages(item):
        page = BytesIO()
        searchable_pdf(grant, item, page)
        parcel.writestr(f"{item.reference_code}.pdf", page.getvalue())


def _supplement(grant: Grant, request: PersonRequest, answer: Answer) -> None:
    """Each record in a transaction of its own; done again after a crash, it adds to none twice."""
    chosen = set(answer.items)
    mine = [item for item in records(grant, request) if str(item.pk) in chosen]
    if not answer.supplement.strip() or not mine:
        raise Invalid("supplement_missing")
    for item in mine:
        before, mark = description(item), f"【依申请补充 Q{request.number} "
        if mark in before.text("note"):
            continue
        said = f"{mark}{clock.today():%Y-%m-%d}】{answer.supplement.strip()}"
        note = "\n".join(filter(None, [before.text("note"), said]))
        changed = before.with_fields({"note": Field(note, source="person")})
        holdings.save_description(grant, item_id=item.pk, description=changed, reason=f"Q{request.number}")


@transaction.atomic
def _decided(grant: Grant, request_id: UUID, state: str, answer: Answer) -> PersonRequest:
    grant.require(MAY_ANSWER)
    return _settle(request_id, state, answer, grant.person)


def _settle(request_id: UUID, state: str, answer: Answer, decided_by: UUID) -> PersonRequest:
    request = PersonRequest.objects.select_for_update().filter(id=request_id).first()
    if request is None:
        raise NotFound("request_not_found")
    _check_open(request)
    _check_reason(answer)
    request.state, request.decided_by_id, request.decided_at = state, decided_by, clock.now()
    request.sealed_answer = seal_json(asdict(answer), table=_TABLE, row=str(request.id), field="answer")
    request.save()
    facts = {"number": request.number, "kind": request.kind}
    append(action=f"request.{state}", actor=str(decided_by), subject=request.id, facts=facts, private=asdict(answer))
    return request


def _check_open(request: PersonRequest) -> PersonRequest:
    if request.state != PersonRequest.State.OPEN:
        raise Conflict("request_decided", number=request.number)
    return request


def _check_reason(answer: Answer) -> None:
    if not answer.reason.strip() or len(answer.reason) > _LONGEST:
        raise Invalid("request_reason_missing")
