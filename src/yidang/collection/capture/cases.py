"""Finished cases of the business, filed once each however often they are sent."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.collection.capture import checklist
from yidang.collection.capture.models import BusinessSystem, Case, CaseMaterial
from yidang.collection.capture.rules import Filed, plain, told
from yidang.collection.capture.systems import grant_of
from yidang.collection.errors import CaseDiffers, TokenRefused
from yidang.crypto.fields import blind_index, open_json, seal_json
from yidang.crypto.sm import sm3
from yidang.holdings.description import specs
from yidang.holdings.models import Item, ItemState, Series
from yidang.identity.policy import Grant, Permission, system_grant
from yidang.identity.reach import acting
from yidang.intake.operations import Part, marks, receive_record
from yidang.intake.operations.describing import from_catalogue
from yidang.kernel import clock
from yidang.kernel.errors import Invalid, NotFound
from yidang.ledger.operations import append

ELECTRONIC, PAPER = "电子", "纸质"
MARK = f"{marks.ITEM}CASE:"  # before number or id, in the code on a case's sheet
_TABLE = "collection_case"


@dataclass(frozen=True)
class Words:
    """What stands sealed of a case."""

    number: str
    process: Sequence[Mapping[str, str]] = ()
    files: Sequence[Mapping[str, Any]] = ()
    paper: Sequence[str] = ()


@dataclass(frozen=True)
class Receipt:
    """What the business system is answered. Names of materials are those of the checklist."""

    case: UUID
    is_new: bool
    state: str
    accession: str
    item: UUID | None
    reference_code: str
    received_at: str
    receipt: str
    files: Sequence[Mapping[str, Any]] = field(default_factory=list)
    missing: Sequence[str] = field(default_factory=list)
    paper_awaited: Sequence[str] = field(default_factory=list)


def digest_of(number: str) -> bytes:
    return blind_index("case_number", plain(number))


def seal_words(case: Case, words: Words) -> bytes:
    return seal_json(asdict(words), table=_TABLE, row=str(case.pk), field="words")


def words_of(case: Case) -> Words:
    return Words(**open_json(bytes(case.sealed), table=_TABLE, row=str(case.pk), field="words"))


def file_case(system: BusinessSystem, filed: Filed, parts: Sequence[Part], *, channel: str) -> Receipt:
    """The case becomes an accession of its own with one item; sent again, it is answered as before.

    Raises:
        CaseDiffers: `case_differs`. TokenRefused: `token_series`.
        Invalid: `case_words_wrong`, `case_field_wrong`, `case_files_differ`; and as `intake.operations.receive_record`.
    """
    if system.series and filed.series not in system.series:
        raise TokenRefused("token_series", series=filed.series)
    _check_files(filed, parts)
    values = _values(filed)
    with transaction.atomic():
        case = _claim(system, filed)
        asked = _request_digest(filed, parts)
        if case.accession_id is None:
            _receive(system, case, filed, parts, values, channel=channel, asked=asked)
            is_new = True
        elif bytes(case.request_digest or b"") != asked:
            raise CaseDiffers("case_differs")
        else:
            is_new = False
    return receipt_of(case, is_new=is_new)


def _check_files(filed: Filed, parts: Sequence[Part]) -> None:
    if sorted(filed.files) != sorted(part.name for part in parts):
        raise Invalid("case_files_differ", named=len(filed.files), came=len(parts))


def _values(filed: Filed) -> dict[str, str]:
    """As cells of a catalogue, which a person's word stands behind."""
    carriers = [ELECTRONIC] if filed.files else []
    paper = [one.name for one in filed.materials if one.carrier == "paper"]
    carriers += [f"{PAPER}（{'、'.join(paper)}）"] if paper else []
    values = {
        **filed.fields,
        "title": filed.title or filed.fields.get("title", ""),
        "document_number": filed.number,
        "formed_on": filed.closed_on.isoformat(),
        "institution": filed.institution or filed.fields.get("institution", ""),
        "process": told(filed.process),
        "carrier": "；".join(carriers),
        "year": str(filed.year),
    }
    known = {key: value for key, value in values.items() if value}
    for key in known.keys() - specs().keys() - {"year"}:
        raise Invalid("case_field_wrong", field=key[:40])
    _, is_unsure = from_catalogue(known)
    if is_unsure:
        raise Invalid("case_field_wrong", field=_doubtful(known))
    return known | ({} if "title" in known else {"title": filed.number})


def _doubtful(values: Mapping[str, str]) -> str:
    return next((key for key, value in values.items() if from_catalogue({key: value})[1]), "")


def _claim(system: BusinessSystem, filed: Filed) -> Case:
    """The one row of this case, locked: new, known, or opened before by its paper."""
    digest = digest_of(filed.number)
    rows = Case.objects.select_for_update(of=("self",))
    known = rows.filter(system=system, digest=digest).first() or rows.filter(system=None, digest=digest).first()
    if known is not None:
        known.system = system
        return known
    series = Series.objects.filter(pk=filed.series, parent__isnull=False).first()
    if series is None:
        raise NotFound("series_not_found", series=filed.series)
    case = Case(system=system, digest=digest, series=series, year=filed.year, received_at=clock.now())
    case.sealed = seal_words(case, Words(number=filed.number))
    Case.objects.bulk_create([case], ignore_conflicts=True)
    return rows.select_related("series").get(system=system, digest=digest)


def _request_digest(filed: Filed, parts: Sequence[Part]) -> bytes:
    whole = asdict(filed) | {"closed_on": filed.closed_on.isoformat()}
    digests = sorted((part.name, part.taken.sm3.hex()) for part in parts)
    return sm3(json.dumps([whole, digests], ensure_ascii=False, sort_keys=True).encode())


def _receive(
    system: BusinessSystem,
    case: Case,
    filed: Filed,
    parts: Sequence[Part],
    values: Mapping[str, str],
    *,
    channel: str,
    asked: bytes,
) -> None:
    grant = grant_of(system)
    accession = receive_record(
        grant=grant, series=filed.series, year=filed.year, channel=channel, values=values, parts=parts
    )
    case.accession, case.request_digest = accession, asked
    case.series_id, case.year, case.institution = filed.series, filed.year, filed.institution
    case.has_electronic = bool(parts)
    case.has_paper = case.has_paper or any(one.carrier == "paper" for one in filed.materials)
    case.sealed = seal_words(case, _words(filed, parts))
    case.save()
    checklist.lay(case, [one.name for one in filed.materials])
    facts = {
        "system": system.code,
        "accession": accession.number,
        "files": len(parts),
        "request": asked.hex(),
        "missing": len(checklist.missing(case)),
    }
    append(action="case.received", actor=grant.actor, subject=case.pk, facts=facts)


def _words(filed: Filed, parts: Sequence[Part]) -> Words:
    files = [{"file": part.name, "size": part.taken.size, "sm3": part.taken.sm3.hex()} for part in parts]
    paper = [one.name for one in filed.materials if one.carrier == "paper"]
    return Words(filed.number, [asdict(step) for step in filed.process], files, paper)


def receipt_of(case: Case, *, is_new: bool = False) -> Receipt:
    item = _item_of(case)
    accession = case.accession
    digest = bytes(accession.receipt_digest).hex() if accession and accession.receipt_digest else ""
    return Receipt(
        case=case.pk,
        is_new=is_new,
        state=item.state if item else "received",
        accession=accession.number if accession else "",
        item=item.pk if item else None,
        reference_code=(item.reference_code or "") if item and item.state == ItemState.FILED else "",
        received_at=case.received_at.isoformat(),
        receipt=digest,
        files=words_of(case).files,
        missing=[one.name for one in checklist.missing(case)],
        paper_awaited=[one.name for one in checklist.paper_awaited(case)],
    )


def _item_of(case: Case) -> Item | None:
    """A business system reaches no record; of its own case it is told state and 档号, and these alone."""
    with acting(system_grant("collection")):
        if case.item:
            return Item.objects.filter(pk=case.item).first()
        return _first_item(case)


def _first_item(case: Case) -> Item | None:
    if case.accession_id is None:
        return None
    return Item.objects.filter(accession=case.accession_id).order_by("created_at").first()


def case_of_system(system: BusinessSystem, *, case_id: UUID | None = None, number: str = "") -> Case:
    """Raises NotFound: `case_not_found`, for another system's too."""
    own = Case.objects.select_related("accession", "series").filter(system=system)
    found = own.filter(pk=case_id).first() if case_id else own.filter(digest=digest_of(number)).first()
    if found is None:
        raise NotFound("case_not_found")
    return found


def case_named(given: str) -> Case | None:
    """By its number, or by what the code on its sheet says; None too where two systems have a case of that number."""
    given = given.strip().removeprefix(MARK)
    with suppress(ValueError):
        if known := Case.objects.filter(pk=UUID(given)).first():
            return known
    found = list(Case.objects.filter(digest=digest_of(given))[:2]) if plain(given) else []
    return found[0] if len(found) == 1 else None


def _locked(material_id: int) -> CaseMaterial | None:
    rows = CaseMaterial.objects.select_for_update(of=("self",)).select_related("case")
    return rows.filter(pk=material_id).first()


@transaction.atomic
def settle_material(grant: Grant, *, material_id: int, state: str) -> CaseMaterial:
    """A person says that it came, is missing or is not needed here.

    Raises NotFound: `material_not_found`. Invalid: `material_state_wrong`.
    """
    grant.require(Permission.COLLECT)
    if state not in CaseMaterial.State.values:
        raise Invalid("material_state_wrong")
    material = _locked(material_id)
    if material is None:
        raise NotFound("material_not_found")
    material.state = CaseMaterial.State(state)
    material.came_at = clock.now() if state == CaseMaterial.State.THERE else None
    material.save()
    append(
        action="case.material_settled",
        actor=grant.actor,
        subject=material.case_id,
        facts={"material": material.name, "state": state},
    )
    from yidang.collection.capture.asking import close_if_whole

    close_if_whole(material.case, actor=grant.actor)
    return material
