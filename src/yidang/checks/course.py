"""四重校验: linked by system, screened by software, sampled by a person, accepted by a third party; or sent back."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from yidang.checks.errors import StepOutOfOrder
from yidang.checks.models import Course, Result, Run, SampledItem, State, Step
from yidang.checks.queries import newest_run, unanswered
from yidang.checks.reach import hand_items
from yidang.checks.rules import may_follow
from yidang.checks.running import check_accession
from yidang.checks.sampling import sample_holds
from yidang.crypto.fields import open_field, seal_field
from yidang.identity.models import Role, Staff
from yidang.identity.policy import Grant, Permission
from yidang.identity.posts import posts_in_force
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append
from yidang.workflow.operations import close_tasks, open_task

LONGEST_REASON = 400
DAYS_TO_ACCEPT = timedelta(days=30)
FAILED_TASK, ACCEPT_TASK = "checks_failed", "accession_to_accept"
_TABLE = "checks_step"


@transaction.atomic
def link(grant: Grant, *, accession: UUID, number: str, series: str, year: int) -> Course:
    """挂接: the accession is done, its items hang on their images. Asked again, it changes nothing."""
    course, is_new = Course.objects.get_or_create(
        accession=accession, defaults={"number": number, "series_id": series, "year": year, "opened_at": now()}
    )
    if is_new:
        _step(grant, course, State.LINKED, "", series=series, year=str(year))
    return course


def screen(grant: Grant, *, accession: UUID, url: str = "") -> Run:
    """软件筛查: all checks of filing. What failed waits for an archivist as a task.

    Raises:
        Conflict: `check_step_wrong` when a person has taken over. Invalid: `check_nothing_there`.
    """
    course = Course.objects.get(pk=accession)
    if not may_follow(course.state, State.SCREENED):
        raise StepOutOfOrder(course.state)
    run = check_accession(grant, accession)
    with transaction.atomic():
        course = _locked(accession)
        _move(grant, course, State.SCREENED)
        _tell_of_failures(grant, course, run, url)
    return run


def _tell_of_failures(grant: Grant, course: Course, run: Run, url: str) -> None:
    close_tasks(kind=FAILED_TASK, subject=course.pk, actor=grant.actor)
    if run.results.filter(is_mandatory=True, outcome="failed").exists():
        open_task(
            grant=grant,
            kind=FAILED_TASK,
            subject=course.pk,
            subject_url=url or f"/checks/accessions/{course.pk}/",
            permission=Permission.RUN_CHECKS,
            number=course.number,
        )


@transaction.atomic
def finish_sample(grant: Grant, *, accession: UUID) -> Course:
    """人工抽检 done. Raises Conflict: `check_step_wrong`, `check_sample_open`, `check_sample_fails`."""
    grant.require(Permission.RUN_CHECKS)
    course = _locked(accession)
    _may(course, State.SAMPLED)
    sample = course.samples.filter(round=course.round).first()
    if sample is None or sample.items.filter(judged_at=None).exists():
        raise Conflict("check_sample_open")
    if not sample_holds(sample):
        raise Conflict("check_sample_fails")
    return _move(grant, course, State.SAMPLED)


@transaction.atomic
def hand_over(grant: Grant, *, accession: UUID, acceptor: UUID, url: str = "") -> Course:
    """To a third party, who from now on sees this accession and nothing else.

    Raises:
        Conflict: `check_step_wrong`, `check_unanswered` while a mandatory check neither passed nor was answered for.
        Invalid: `check_no_acceptor`, `check_looked_before`.
    """
    grant.require(Permission.RUN_CHECKS)
    course = _locked(accession)
    _may(course, State.HANDED)
    run = newest_run(accession)
    if run is None or (left := unanswered(run)):
        raise Conflict("check_unanswered", count=len(left) if run else 0)
    if not any(post.role == Role.ACCEPTOR for post in posts_in_force(acceptor)):
        raise Invalid("check_no_acceptor")
    if str(acceptor) in who_looked(course):
        raise Invalid("check_looked_before")
    course.acceptor_id, course.until = acceptor, today() + DAYS_TO_ACCEPT
    hand_items(course)
    _move(grant, course, State.HANDED, facts={"acceptor": str(acceptor)})
    open_task(
        grant=grant,
        kind=ACCEPT_TASK,
        subject=course.pk,
        subject_url=url or f"/checks/accessions/{course.pk}/",
        assignee=acceptor,
        number=course.number,
        due_on=course.until,
    )
    return course


def who_looked(course: Course) -> set[str]:
    """Who took a step, judged a sample or answered for a check.

    Not the third parties: who returned an accession may look again when it was cured.
    """
    judged = SampledItem.objects.filter(sample__course=course).exclude(judged_by=None)
    steps = list(course.steps.order_by("at").values_list("state", "actor"))
    before = [None, *(state for state, _ in steps)]
    did = {actor for earlier, (_, actor) in zip(before, steps, strict=False) if earlier != State.HANDED}
    answered = Result.objects.filter(run__accession=course.pk).exclude(attested_by=None)
    found = (*judged.values_list("judged_by", flat=True), *answered.values_list("attested_by", flat=True))
    return did | set(map(str, found))


@transaction.atomic
def accept(grant: Grant, *, accession: UUID) -> Course:
    """第三方验收. Raises NotAllowed: `check_not_yours`. Conflict: `check_step_wrong`."""
    course = _of_acceptor(grant, accession)
    _may(course, State.ACCEPTED)
    _move(grant, course, State.ACCEPTED)
    close_tasks(kind=ACCEPT_TASK, subject=course.pk, actor=grant.actor)
    return course


@transaction.atomic
def send_back(grant: Grant, *, accession: UUID, reason: str) -> Course:
    """退回, by whoever's turn it is. Raises Invalid: `check_reason_missing`, and as `accept`."""
    course = _locked(accession)
    if course.state == State.HANDED:
        course = _of_acceptor(grant, accession)
    else:
        grant.require(Permission.RUN_CHECKS)
    _may(course, State.RETURNED)
    _move(grant, course, State.RETURNED, reason=_reason(reason))
    close_tasks(kind=ACCEPT_TASK, subject=course.pk, actor=grant.actor)
    return course


@transaction.atomic
def resubmit(grant: Grant, *, accession: UUID, reason: str) -> Course:
    """重新提交: cured, it begins anew, with a round of its own. Raises as `send_back`."""
    grant.require(Permission.RUN_CHECKS)
    course = _locked(accession)
    _may(course, State.LINKED)
    course.round, course.acceptor, course.until = course.round + 1, None, None
    return _move(grant, course, State.LINKED, reason=_reason(reason))


def _of_acceptor(grant: Grant, accession: UUID) -> Course:
    grant.require(Permission.CHECK_ACCESSION)
    course = _locked(accession)
    if course.acceptor_id is None or course.acceptor_id != grant.staff_id:
        raise NotAllowed("check_not_yours")
    return course


def _locked(accession: UUID) -> Course:
    found = Course.objects.select_for_update().filter(pk=accession).first()
    if found is None:
        raise NotFound("check_course_not_found")
    return found


def _may(course: Course, wanted: str) -> None:
    if not may_follow(course.state, wanted):
        raise StepOutOfOrder(course.state)


def _move(grant: Grant, course: Course, state: str, *, reason: str = "", facts: dict[str, str] | None = None) -> Course:
    _may(course, state)
    course.state = state
    course.save()
    _step(grant, course, state, reason, **(facts or {}))
    return course


def _step(grant: Grant, course: Course, state: str, reason: str, **facts: str) -> None:
    step = Step(course=course, state=state, round=course.round, actor=grant.actor, at=now())
    if reason:
        step.sealed_reason = seal_field(reason.encode(), table=_TABLE, row=str(step.id), field="reason")
    step.save()
    told = {"number": course.number, "state": state, "round": course.round, **facts}
    private = {"reason": reason} if reason else None
    append(action="checks.step", actor=grant.actor, subject=course.pk, facts=told, private=private)


def reason_of(step: Step) -> str:
    if step.sealed_reason is None:
        return ""
    return open_field(bytes(step.sealed_reason), table=_TABLE, row=str(step.id), field="reason").decode()


def _reason(text: str) -> str:
    said = text.strip()
    if not said or len(said) > LONGEST_REASON:
        raise Invalid("check_reason_missing")
    return said


def acceptors() -> list[Staff]:
    every = Staff.objects.filter(is_active=True, duty="records").order_by("display_name")
    return [one for one in every if any(post.role == Role.ACCEPTOR for post in posts_in_force(one.pk))]


def unscreened(*only: UUID) -> list[UUID]:
    """Where nothing was screened yet, or the screening was cut off: the keeper takes it up again."""
    linked = Course.objects.filter(state=State.LINKED)
    return list((linked.filter(pk__in=only) if only else linked).values_list("pk", flat=True)[:50])
