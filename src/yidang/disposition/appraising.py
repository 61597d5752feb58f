"""The group at work: formed, its opinions item by item, its report."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, QuerySet

from yidang.crypto.fields import open_json, seal_json
from yidang.disposition import rules
from yidang.disposition.due import before_no_group
from yidang.disposition.models import Appraisal, Candidate, Choice, Member, Opinion
from yidang.disposition.people import are_able
from yidang.holdings import operations as holdings
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.kernel.period import term_years
from yidang.ledger.operations import append
from yidang.workflow.operations import close_tasks, open_task

MOST_ITEMS = 2000
TASK = "appraise"
_OPINION, REPORT = "disposition_opinion", "disposition_appraisal"
LONGEST = 2000


@transaction.atomic
def open_appraisal(
    grant: Grant, *, series: Sequence[str], until: int, members: Mapping[UUID, str], url: str
) -> Appraisal:
    """Takes up what is due in these series, up to 2,000 items; `url` holds `{id}` and leads the members there.

    Raises:
        Invalid: `appraisal_parts_missing`, `appraisal_member_wrong`, `appraisal_nothing_due`.
    """
    grant.require(Permission.OPEN_APPRAISAL)
    _check_members(members)
    items = list(before_no_group(grant, series=series, until=until).select_for_update(of=("self",))[:MOST_ITEMS])
    if not items:
        raise Invalid("appraisal_nothing_due")
    made = Appraisal.objects.create(opened_by_id=grant.person, opened_at=clock.now())
    Member.objects.bulk_create([Member(appraisal=made, staff_id=one, part=part) for one, part in members.items()])
    Candidate.objects.bulk_create(
        [
            Candidate(
                appraisal=made,
                ordinal=ordinal,
                item=item.pk,
                reference_code=item.reference_code or "",
                series_id=item.series_id,
                year=item.year,
                term=item.term,
                due_year=item.due_year,
                document_type=item.document_type,
                page_count=item.page_count,
            )
            for ordinal, item in enumerate(items, start=1)
        ],
        batch_size=1000,
    )
    facts = {
        "number": made.name,
        "items": len(items),
        "members": sorted(f"{part}:{one}" for one, part in members.items()),
    }
    append(action="appraisal.opened", actor=grant.actor, subject=made.id, facts=facts)
    for one in members:
        address = url.format(id=made.id)
        open_task(grant=grant, kind=TASK, assignee=one, subject=made.id, subject_url=address, number=made.name)
    return made


def _check_members(members: Mapping[UUID, str]) -> None:
    if rules.missing_parts(members.values()):
        raise Invalid("appraisal_parts_missing")
    if set(members.values()) - rules.PARTS or not are_able(members, Permission.APPRAISE):
        raise Invalid("appraisal_member_wrong")


def appraisals_of(grant: Grant) -> QuerySet[Appraisal]:
    """All, to who opens them or answers for them; to a member those of the own groups."""
    found = Appraisal.objects.order_by("-number")
    if grant.allows(Permission.OPEN_APPRAISAL) or grant.allows(Permission.APPROVE_DESTRUCTION):
        return found
    return found.filter(members__staff=grant.staff_id)


def find(grant: Grant, appraisal_id: UUID) -> Appraisal:
    """Raises NotFound: `appraisal_not_found`."""
    found = appraisals_of(grant).filter(id=appraisal_id).first()
    if found is None:
        raise NotFound("appraisal_not_found")
    return found


def membership(grant: Grant, appraisal: Appraisal) -> Member | None:
    return appraisal.members.filter(staff=grant.staff_id).first()


@transaction.atomic
def give_opinions(grant: Grant, *, appraisal_id: UUID, words: Mapping[UUID, tuple[str, str]], reason: str = "") -> int:
    """Candidate → (choice, term of an extension). A later word takes the place of an earlier one; says how many.

    Raises:
        NotAllowed: `appraisal_not_a_member`. Conflict: `appraisal_closed`.
        Invalid: `opinion_wrong`, `opinion_term_missing`, `term_too_short`; `opinion_reason_missing` when a record is
            to be kept.
    """
    grant.require(Permission.APPRAISE)
    appraisal = locked_open(grant, appraisal_id)
    member = membership(grant, appraisal)
    if member is None:
        raise NotAllowed("appraisal_not_a_member")
    rows = {one.id: one for one in appraisal.candidates.filter(id__in=words)}
    if len(rows) != len(words):
        raise Invalid("opinion_wrong")
    made = [_opinion(member, rows[pk], choice, term, reason) for pk, (choice, term) in words.items()]
    Opinion.objects.filter(member=member, candidate__in=rows).delete()
    Opinion.objects.bulk_create(made, batch_size=1000)
    said = {choice: sum(one.choice == choice for one in made) for choice in Choice.values}
    facts = {"number": appraisal.name, "opinions": said}
    private = {"reason": reason, "items": [str(one.candidate_id) for one in made]}
    append(action="appraisal.opinion", actor=grant.actor, subject=appraisal.id, facts=facts, private=private)
    if not _unsaid(appraisal, member):
        close_tasks(kind=TASK, subject=appraisal.id, actor=grant.actor) if _is_complete(appraisal) else None
    return len(made)


def _opinion(member: Member, candidate: Candidate, choice: str, term: str, reason: str) -> Opinion:
    if choice not in Choice.values:
        raise Invalid("opinion_wrong")
    if choice == Choice.EXTEND and not term:
        raise Invalid("opinion_term_missing")
    if choice == Choice.EXTEND and not rules.is_longer(term, candidate.term):
        raise Invalid("term_too_short", years=term_years(candidate.term) or 0)
    if choice != Choice.DESTROY and not reason.strip():
        raise Invalid("opinion_reason_missing")
    made = Opinion(id=uuid4(), candidate=candidate, member=member, choice=choice, at=clock.now())
    made.term = term if choice == Choice.EXTEND else ""
    if reason.strip():
        made.sealed_reason = seal_json(reason.strip()[:LONGEST], table=_OPINION, row=str(made.id), field="reason")
    return made


def reason_of(opinion: Opinion) -> str:
    if opinion.sealed_reason is None:
        return ""
    return str(open_json(bytes(opinion.sealed_reason), table=_OPINION, row=str(opinion.id), field="reason"))


def _unsaid(appraisal: Appraisal, member: Member) -> bool:
    return appraisal.candidates.exclude(opinions__member=member).exists()


def _is_complete(appraisal: Appraisal) -> bool:
    members = appraisal.members.count()
    return not appraisal.candidates.annotate(said=Count("opinions")).exclude(said=members).exists()


def missing_opinions(appraisal: Appraisal) -> list[tuple[Member, int]]:
    total = appraisal.candidates.count()
    said = dict(Opinion.objects.filter(member__appraisal=appraisal).values_list("member").annotate(n=Count("pk")))
    rows = [(member, total - said.get(member.pk, 0)) for member in appraisal.members.select_related("staff")]
    return [(member, left) for member, left in rows if left]


@transaction.atomic
def report(grant: Grant, *, appraisal_id: UUID, text: str) -> Appraisal:
    """鉴定报告: settles every item's outcome; those kept get their new term by `apply_terms`.

    Raises:
        Conflict: `appraisal_closed`, `appraisal_incomplete`. Invalid: `report_missing`.
    """
    grant.require(Permission.REPORT_APPRAISAL)
    appraisal = locked_open(grant, appraisal_id)
    if not _is_complete(appraisal):
        raise Conflict("appraisal_incomplete", number=appraisal.name)
    if not text.strip():
        raise Invalid("report_missing")
    settled = _settle(appraisal)
    appraisal.state, appraisal.reported_by_id = Appraisal.State.REPORTED, grant.person
    appraisal.reported_at = clock.now()
    appraisal.sealed_report = seal_json(text.strip()[:LONGEST], table=REPORT, row=str(appraisal.id), field="report")
    appraisal.save()
    close_tasks(kind=TASK, subject=appraisal.id, actor=grant.actor)
    facts = {"number": appraisal.name, "outcomes": settled}
    append(action="appraisal.reported", actor=grant.actor, subject=appraisal.id, facts=facts, private={"report": text})
    return appraisal


def _settle(appraisal: Appraisal) -> dict[str, int]:
    words: dict[UUID, list[rules.Word]] = {}
    for pk, choice, term in Opinion.objects.filter(candidate__appraisal=appraisal).values_list(
        "candidate", "choice", "term"
    ):
        words.setdefault(pk, []).append((choice, term))
    rows = list(appraisal.candidates.all())
    for row in rows:
        row.outcome, row.new_term = rules.outcome(words[row.id])
    Candidate.objects.bulk_update(rows, ["outcome", "new_term"], batch_size=500)
    return {choice: sum(row.outcome == choice for row in rows) for choice in Choice.values}


def apply_terms(grant: Grant, appraisal: Appraisal) -> int:
    """New terms onto the items that are kept, each a version of its own; taken up again where it was cut short."""
    waiting = appraisal.candidates.exclude(outcome=Choice.DESTROY).filter(is_applied=False)
    for one in waiting if appraisal.state == Appraisal.State.REPORTED else []:
        _apply(grant, one, appraisal.name)
    return len(waiting)


def _apply(grant: Grant, one: Candidate, number: str) -> None:
    try:
        holdings.reappraise(grant, item_id=one.item, term=one.new_term, reason=number)
    except Conflict as refusal:
        if refusal.code != "term_as_before":  # it was cut short after the version and before this row
            raise
    Candidate.objects.filter(pk=one.pk).update(is_applied=True, is_open=False)


def report_of(appraisal: Appraisal) -> str:
    if appraisal.sealed_report is None:
        return ""
    return str(open_json(bytes(appraisal.sealed_report), table=REPORT, row=str(appraisal.id), field="report"))


def locked_open(grant: Grant, appraisal_id: UUID) -> Appraisal:
    """Raises NotFound: `appraisal_not_found`. Conflict: `appraisal_closed`."""
    find(grant, appraisal_id)
    appraisal = Appraisal.objects.select_for_update().get(id=appraisal_id)
    if appraisal.state != Appraisal.State.OPEN:
        raise Conflict("appraisal_closed", number=appraisal.name)
    return appraisal
