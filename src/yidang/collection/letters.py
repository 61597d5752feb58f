"""催交函: a letter that asks for what is late or missing, with number, register and what became of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yidang.collection import institutions
from yidang.collection.models import CaseMaterial, Institution, Letter, LetterLine, Obligation
from yidang.collection.obligations import WAITING, overdue
from yidang.crypto.fields import open_json, seal_json
from yidang.crypto.sm import sm3
from yidang.identity.models import Department
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.workflow.operations import close_tasks, open_task, register_notices, tell_party
from yidang.workflow.outbox_models import Channel

NOTICE, TASK = "chase_letter", "chase_again"
ENCLOSURE = "collection.letter"
ANSWER_DAYS = 7
_MOST_LINES, _MOST_DAYS = 200, 90


@dataclass(frozen=True)
class Line:
    """What is asked for, in words of the letter; `due_on` in ISO form, blank for a material."""

    what: str
    period: str
    due_on: str
    days_late: int


def register() -> None:
    register_notices(NOTICE)


@transaction.atomic
def issue(
    grant: Grant,
    *,
    institution: str = "",
    section: str = "",
    obligations: Sequence[UUID] = (),
    materials: Sequence[int] = (),
    answer_days: int = ANSWER_DAYS,
    by_mail: bool = True,
) -> Letter:
    """A letter to one institution or section; by mail where the institution has an address, else to be printed.

    Without `obligations` and `materials` it asks for everything of theirs that is late.

    Raises:
        NotFound: `institution_not_found`, `section_not_found`.
        Invalid: `letter_without_lines`, `letter_days_wrong`. Conflict: `letter_of_another`.
    """
    grant.require(Permission.COLLECT)
    if not 1 <= answer_days <= _MOST_DAYS:
        raise Invalid("letter_days_wrong")
    to = institutions.find(institution) if institution else None
    desk = None if to else _section(section)
    owed = _owed(grant, to, desk, obligations, has_materials=bool(materials))
    lacking = _lacking(materials)
    if not owed and not lacking:
        raise Invalid("letter_without_lines")
    return _write(grant.actor, to, desk, owed, lacking, answer_days=answer_days, by_mail=by_mail)


def _section(code: str) -> Department:
    found = Department.objects.filter(pk=code, kind=Department.Kind.SECTION).first()
    if found is None:
        raise NotFound("section_not_found", section=code[:32])
    return found


def _owed(
    grant: Grant, to: Institution | None, desk: Department | None, wanted: Sequence[UUID], *, has_materials: bool
) -> list[Obligation]:
    if not wanted and has_materials:
        return []
    theirs = overdue(grant).filter(institution=to, section=desk)
    found = list(theirs.filter(pk__in=wanted) if wanted else theirs[:_MOST_LINES])
    if wanted and len(found) != len(set(wanted)):
        raise Conflict("letter_of_another")
    return found


def _lacking(materials: Sequence[int]) -> list[CaseMaterial]:
    rows = CaseMaterial.objects.filter(pk__in=materials, state=CaseMaterial.State.MISSING)
    return list(rows.select_related("case__series").order_by("case", "position"))


def _write(
    actor: str,
    to: Institution | None,
    desk: Department | None,
    owed: Sequence[Obligation],
    lacking: Sequence[CaseMaterial],
    *,
    answer_days: int,
    by_mail: bool,
    turn: int = 1,
) -> Letter:
    goes_by_mail = bool(by_mail and to and institutions.channels_of(to))
    words = _words(to, desk, owed, lacking)
    letter = Letter(
        institution=to,
        section=desk,
        round=turn,
        issued_by=actor,
        issued_on=today(),
        answer_by=today() + timedelta(days=answer_days),
        way="mail" if goes_by_mail else "print",
        sealed=b"",
        digest=sm3(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()),
    )
    letter.save()
    letter.sealed = seal_json(words, table="collection_letter", row=str(letter.number), field="words")
    letter.save(update_fields=["sealed"])
    LetterLine.objects.bulk_create(
        [LetterLine(letter=letter, obligation=one) for one in owed]
        + [LetterLine(letter=letter, material=one) for one in lacking]
    )
    CaseMaterial.objects.filter(pk__in=[one.pk for one in lacking]).update(asked_at=now())
    _note(letter, actor)
    _send(letter)
    return letter


def _note(letter: Letter, actor: str) -> None:
    facts = {
        "number": letter.name,
        "to": letter.institution_id or letter.section_id,
        "round": letter.round,
        "way": letter.way,
        "lines": letter.lines.count(),
        "digest": bytes(letter.digest).hex(),
    }
    append(action="letter.issued", actor=actor, subject=letter.id, facts=facts)


def _send(letter: Letter) -> None:
    if letter.way != "mail" or letter.institution is None:
        return
    tell_party(
        party=institutions.party_of(letter.institution),
        kind=NOTICE,
        number=letter.name,
        subject_url=f"/collection/letters/{letter.id}/",
        enclosure=(ENCLOSURE, letter.id),
    )


def _words(
    to: Institution | None, desk: Department | None, owed: Sequence[Obligation], lacking: Sequence[CaseMaterial]
) -> dict[str, Any]:
    lines = [Line(one.requirement.title, one.period, one.due_on.isoformat(), _late(one.due_on)) for one in owed]
    lines += [Line(f"{one.case.series.title_zh}：{one.name}", _case_number(one), "", 0) for one in lacking]
    return {
        "to": to.name if to else desk.name_zh if desk else "",
        "person": institutions.contact_of(to)["person"] if to else "",
        "lines": [vars(line) for line in lines],
    }


def _case_number(material: CaseMaterial) -> str:
    from yidang.collection.capture.cases import words_of

    return words_of(material.case).number


def _late(due: date) -> int:
    return max((today() - due).days, 0)


def words_of(letter: Letter) -> dict[str, Any]:
    """`to`, `person`, `lines` as they were sent; lines are `Line`."""
    words: dict[str, Any] = open_json(
        bytes(letter.sealed), table="collection_letter", row=str(letter.number), field="words"
    )
    return words | {"lines": [Line(**line) for line in words["lines"]]}


def blot_out(letter: Letter, number: str) -> None:
    """The number of a case whose record is destroyed; the ledger keeps the digest of what was said."""
    words = words_of(letter)
    lines = [vars(line) | ({"period": ""} if line.period == number else {}) for line in words["lines"]]
    sealed = seal_json(words | {"lines": lines}, table="collection_letter", row=str(letter.number), field="words")
    Letter.objects.filter(pk=letter.pk).update(sealed=sealed)


def find(letter_id: UUID) -> Letter:
    """Raises NotFound: `letter_not_found`."""
    found = Letter.objects.select_related("institution", "section", "followed_by").filter(id=letter_id).first()
    if found is None:
        raise NotFound("letter_not_found")
    return found


@transaction.atomic
def hand_out(grant: Grant, letter_id: UUID) -> bytes:
    """The letter as PDF, to print or send."""
    from yidang.collection.letter_pdf import pdf

    grant.require(Permission.COLLECT)
    letter = find(letter_id)
    append(action="letter.handed_out", actor=grant.actor, subject=letter.id, facts={"number": letter.name})
    return pdf(letter)


def answer_for(obligation: Obligation) -> None:
    """Letters that asked for it may be answered by now."""
    lines = LetterLine.objects.filter(obligation=obligation, letter__is_answered=False)
    for line in lines.select_related("letter"):
        answer_if_done(line.letter)


@transaction.atomic
def answer_if_done(letter: Letter) -> bool:
    """All it asked for has come, or is asked for no more."""
    open_lines = Q(obligation__state__in=WAITING) | Q(material__state=CaseMaterial.State.MISSING)
    if letter.is_answered or letter.lines.filter(open_lines).exists():
        return False
    letter.is_answered = True
    letter.save(update_fields=["is_answered"])
    close_tasks(kind=TASK, subject=letter.id, actor="system:collection")
    append(action="letter.answered", actor="system:collection", subject=letter.id, facts={"number": letter.name})
    return True


def chase_again() -> int:
    """Letters that were not answered in time: the next one by mail, a task where paper must be sent."""
    late = Letter.objects.filter(is_answered=False, followed_by=None, answer_by__lt=today())
    return sum(_follow(pk) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _follow(number: int) -> bool:
    locked = Letter.objects.select_for_update(of=("self",)).select_related("institution", "section")
    letter = locked.filter(pk=number, is_answered=False, followed_by=None).first()
    if letter is None or answer_if_done(letter):
        return False
    owed = Obligation.objects.filter(chased__letter=letter, state__in=WAITING).select_related("requirement")
    lacking = CaseMaterial.objects.filter(chased__letter=letter, state=CaseMaterial.State.MISSING)
    wait = max((letter.answer_by - letter.issued_on).days, 1)
    following = _write(
        "system:collection",
        letter.institution,
        letter.section,
        list(owed),
        list(lacking.select_related("case__series")),
        answer_days=wait,
        by_mail=letter.way == "mail",
        turn=letter.round + 1,
    )
    letter.followed_by = following
    letter.save(update_fields=["followed_by"])
    _ask_to_print(following)
    return True


def _ask_to_print(letter: Letter) -> None:
    from yidang.identity.policy import system_grant

    if letter.way == "print":
        open_task(
            grant=system_grant("collection"),
            kind=TASK,
            permission=Permission.COLLECT,
            subject=letter.id,
            subject_url=f"/collection/letters/{letter.id}/",
            number=letter.name,
            due_on=letter.answer_by,
        )


def has_mail(institution: Institution) -> bool:
    return Channel.EMAIL in institutions.channels_of(institution)
