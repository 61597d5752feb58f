"""What a case lacks is asked for by name: a letter to the institution, a task for the desk; closed when it comes."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from yidang.collection import letters
from yidang.collection.capture import checklist
from yidang.collection.models import Case, CaseMaterial, Institution, Letter, LetterLine
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.operations import append
from yidang.workflow.operations import close_tasks, open_task

TASK = "case_materials"
_DAYS = 7


@transaction.atomic
def ask_for_missing(grant: Grant, *, case_id: UUID, by: str) -> Letter | None:
    """`by`: `letter` to the institution the case names, `task` for the section whose series it is in.

    Raises NotFound: `case_not_found`. Conflict: `case_whole`, `case_without_institution`, `case_asked_already`.
    """
    grant.require(Permission.COLLECT)
    case = Case.objects.select_for_update(of=("self",)).select_related("series").filter(pk=case_id).first()
    if case is None:
        raise NotFound("case_not_found")
    lacking = checklist.missing(case)
    if not lacking:
        raise Conflict("case_whole")
    letter = None
    if by == "letter":
        letter = _write_letter(grant, case, lacking)
    else:
        _open_task(grant, case)
    case.materials.filter(pk__in=[one.pk for one in lacking]).update(asked_at=now())
    facts = {"by": "letter" if letter else "task", "materials": [one.name for one in lacking]}
    append(action="case.asked_for", actor=grant.actor, subject=case.pk, facts=facts)
    return letter


def _write_letter(grant: Grant, case: Case, lacking: list[CaseMaterial]) -> Letter:
    if not Institution.objects.filter(pk=case.institution).exists():
        raise Conflict("case_without_institution")
    return letters.issue(grant, institution=case.institution, materials=[one.pk for one in lacking])


def _open_task(grant: Grant, case: Case) -> None:
    close_tasks(kind=TASK, subject=case.pk, actor=grant.actor)
    accession = case.accession.number if case.accession else case.series_id
    open_task(
        grant=grant,
        kind=TASK,
        permission=Permission.SEE_COLLECTION,
        department=case.series.department_id,
        subject=case.pk,
        subject_url=f"/collection/cases/{case.pk}/",
        number=accession,
        due_on=today() + timedelta(days=_DAYS),
    )


def close_if_whole(case: Case, *, actor: str) -> None:
    for line in LetterLine.objects.filter(material__case=case, letter__is_answered=False).select_related("letter"):
        letters.answer_if_done(line.letter)
    if not checklist.missing(case):
        close_tasks(kind=TASK, subject=case.pk, actor=actor)
