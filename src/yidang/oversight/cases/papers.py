"""What the institution is asked for, and what it answers: words and files, both sealed."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from yidang.claims.models import Settlement
from yidang.collection.holidays import work_calendar
from yidang.crypto.fields import content_digest, open_field, open_json, seal_field, seal_json
from yidang.crypto.sm import sm3
from yidang.identity.policy import Grant, Permission
from yidang.intake.errors import Refused
from yidang.intake.formats.identification import Source, identify
from yidang.intake.formats.integrity import check_whole
from yidang.intake.formats.registry import Family
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.oversight.cases import rules
from yidang.oversight.cases.models import Case, CaseFile, CaseState, PaperRequest
from yidang.oversight.cases.steps import address_of, carried, checked, clerks_of, note_step
from yidang.oversight.desk.citing import citation_of
from yidang.workflow.operations import close_tasks, meet_deadline, notify, open_task, set_deadline, tell_party

NOTICE, ANSWERED, TASK, DUE = "papers_asked", "papers_answered", "answer_inspection", "papers_due"
USUAL_DAYS, MOST_DAYS = 10, 60
LARGEST, MOST_FILES = 20 * 1024 * 1024, 20
_TAKEN = {Family.PDF: "application/pdf", Family.JPEG: "image/jpeg", Family.PNG: "image/png"}
_REQUEST, _FILE = "oversight_paper_request", "oversight_case_file"


class Given(NamedTuple):
    name: str
    content: bytes


class Doubted(NamedTuple):
    """A settlement of the institution and what is doubted of it."""

    settlement: Settlement
    titles: Sequence[str]


@transaction.atomic
def ask_papers(*, grant: Grant, case_id: UUID, words: str, days: int = USUAL_DAYS) -> PaperRequest:
    """Until so many working days from today. Raises Invalid `inspection_words_missing`, `papers_days_wrong`."""
    case = carried(grant, case_id, "ask")
    if not 1 <= days <= MOST_DAYS:
        raise Invalid("papers_days_wrong", most=MOST_DAYS)
    made = PaperRequest(case=case, asked_by_id=grant.person, asked_at=now())
    made.answer_by = work_calendar().working_days_after(today(), days)
    made.sealed_words = seal_json(checked(words), table=_REQUEST, row=str(made.id), field="words")
    made.save()
    case.state = CaseState.ASKED
    case.save(update_fields=["state"])
    note_step(case, "papers_asked", grant, facts={"request": made.name, "until": made.answer_by.isoformat()})
    _tell(made, grant)
    return made


def _tell(asked: PaperRequest, grant: Grant) -> None:
    """The institution's clerks here, its address outside, and the inspectors when the day comes."""
    url = f"/oversight/requests/{asked.id}/"
    for clerk in clerks_of(asked.case.provider):
        open_task(
            grant=grant,
            kind=TASK,
            assignee=clerk.pk,
            subject=asked.id,
            subject_url=url,
            number=asked.name,
            due_on=asked.answer_by,
        )
    tell_party(party=f"institution:{asked.case.provider}", kind=NOTICE, number=asked.name, subject_url=url)
    set_deadline(
        kind=DUE,
        due_on=asked.answer_by,
        subject=asked.id,
        subject_url=address_of(asked.case),
        number=asked.case.name,
        assignee=grant.person,
    )


def requests_for(grant: Grant) -> QuerySet[PaperRequest]:
    """Those to the institutions the person answers for, and no others; what was not answered yet comes first."""
    grant.require(Permission.ANSWER_INSPECTION)
    rows = PaperRequest.objects.select_related("case").filter(case__provider__in=grant.institutions)
    return rows.order_by(F("answered_at").desc(nulls_first=True), "answer_by", "number")


def request_for(grant: Grant, request_id: UUID, *, lock: bool = False) -> PaperRequest:
    """Raises NotFound `papers_not_found`."""
    rows = requests_for(grant)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(id=request_id).first()
    if found is None:
        raise NotFound("papers_not_found")
    return found


@transaction.atomic
def read_request(grant: Grant, request_id: UUID) -> tuple[PaperRequest, str]:
    """What is asked, opened for the institution's clerk and written down."""
    found = request_for(grant, request_id)
    append(action="inspection.request_shown", actor=grant.actor, subject=found.id, facts={"number": found.name})
    return found, asked_words(found)


def doubted(asked: PaperRequest) -> list[Doubted]:
    """The settlements a request is about, the oldest first: nobody guesses which files to look out."""
    titles: dict[int, list[str]] = {}
    for claim, rule in asked.case.findings.order_by("number").values_list("claim", "rule"):
        if claim is None:
            continue
        titles.setdefault(claim, []).append(citation_of(rule).title)
    rows = Settlement.objects.filter(pk__in=titles, provider=asked.case.provider).order_by("settled_at", "pk")
    return [Doubted(one, list(dict.fromkeys(titles[one.pk]))) for one in rows]


@transaction.atomic
def answer_papers(*, grant: Grant, request_id: UUID, words: str, files: Sequence[Given] = ()) -> PaperRequest:
    """Once. A file that cannot be taken in is named with its reason; the answer counts all the same.

    Raises Conflict `papers_answered`, `papers_not_awaited`; Invalid `inspection_words_missing`, `papers_too_many`;
        NotFound.
    """
    asked = request_for(grant, request_id, lock=True)
    case = Case.objects.select_for_update().get(pk=asked.case_id)
    if asked.answered_at is not None:
        raise Conflict("papers_answered", number=asked.name)
    if len(files) > MOST_FILES:
        raise Invalid("papers_too_many", most=MOST_FILES)
    if not is_awaited(asked, case):
        raise Conflict("papers_not_awaited", number=asked.name)
    asked.sealed_answer = seal_json(checked(words), table=_REQUEST, row=str(asked.id), field="answer")
    asked.answered_by_id, asked.answered_at = grant.person, now()
    asked.save(update_fields=["sealed_answer", "answered_by", "answered_at"])
    kept = [_keep(asked, place, one) for place, one in enumerate(files, start=1)]
    _go_on(case, asked, grant, kept)
    return asked


def _go_on(case: Case, asked: PaperRequest, grant: Grant, kept: Sequence[CaseFile]) -> None:
    if case.state == CaseState.ASKED and not case.requests.filter(answered_at__isnull=True).exists():
        case.state = CaseState.ANSWERED
        case.save(update_fields=["state"])
    refused = sum(bool(one.refused) for one in kept)
    note_step(case, "answered", grant, facts={"request": asked.name, "files": len(kept), "refused": refused})
    close_tasks(kind=TASK, subject=asked.id, actor=grant.actor)
    meet_deadline(kind=DUE, subject=asked.id)
    team = list(case.inspectors.values_list("staff", flat=True))
    notify(kind=ANSWERED, to=team, facts={"number": case.name}, subject_url=address_of(case))


def is_awaited(asked: PaperRequest, case: Case) -> bool:
    """Until the decision: what nobody weighs any more is not asked for."""
    return asked.answered_at is None and rules.allows("answer", case.state)


def stop_awaiting(case: Case, grant: Grant) -> None:
    """The case is decided: nobody is reminded of an answer that comes too late."""
    for asked in case.requests.filter(answered_at__isnull=True):
        close_tasks(kind=TASK, subject=asked.id, actor=grant.actor)
        meet_deadline(kind=DUE, subject=asked.id)


def _keep(asked: PaperRequest, place: int, given: Given) -> CaseFile:
    made = CaseFile(request=asked, ordinal=place, size=len(given.content), at=now())
    made.digest = content_digest(sm3(given.content))
    made.sealed_name = seal_json(given.name[:200], table=_FILE, row=str(made.id), field="name")
    try:
        made.media_type = _media_type(given.content)
        made.sealed_file = seal_field(given.content, table=_FILE, row=str(made.id), field="file")
    except Invalid as problem:
        made.refused = problem.code
    made.save()
    return made


def _media_type(content: bytes) -> str:
    """As intake knows files: by their bytes, and whole. Raises Invalid `papers_file_large`, `papers_file_kind`."""
    if len(content) > LARGEST:
        raise Invalid("papers_file_large")
    source = Source.of_bytes(content)
    family = identify(source).family
    if family not in _TAKEN:
        raise Invalid("papers_file_kind")
    try:
        check_whole(source, family)
    except Refused as problem:
        raise Invalid(problem.code) from None
    return _TAKEN[family]


def asked_words(asked: PaperRequest) -> str:
    return str(open_json(bytes(asked.sealed_words), table=_REQUEST, row=str(asked.id), field="words"))


def answer_words(asked: PaperRequest) -> str:
    if asked.sealed_answer is None:
        return ""
    return str(open_json(bytes(asked.sealed_answer), table=_REQUEST, row=str(asked.id), field="answer"))


def name_of(file: CaseFile) -> str:
    return str(open_json(bytes(file.sealed_name), table=_FILE, row=str(file.id), field="name"))


def content_of(file: CaseFile) -> bytes:
    """Raises NotFound `papers_not_found` for a file that was refused."""
    if file.sealed_file is None:
        raise NotFound("papers_not_found")
    return open_field(bytes(file.sealed_file), table=_FILE, row=str(file.id), field="file")


@transaction.atomic
def file_of(grant: Grant, case_id: UUID, file_id: UUID) -> tuple[bytes, str]:
    """For who sees cases; written down. Raises NotFound `papers_not_found`."""
    grant.require(Permission.SEE_OVERSIGHT)
    found = CaseFile.objects.select_related("request__case").filter(pk=file_id, request__case__id=case_id).first()
    if found is None:
        raise NotFound("papers_not_found")
    facts = {"number": found.request.name, "file": found.ordinal}
    append(action="inspection.file_shown", actor=grant.actor, subject=case_id, facts=facts)
    return content_of(found), found.media_type
