"""The notice letter, and the end of a case: its papers become a record (稽核文书), the holds are lifted."""

import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yidang.crypto.sm import sm3
from yidang.identity.policy import Grant, Permission, system_grant
from yidang.intake.operations import Part, receive_record
from yidang.intake.operations.spool import take_bytes
from yidang.kernel.clock import CHINA, now, today
from yidang.kernel.errors import Conflict, NotFound
from yidang.kernel.money import format_yuan
from yidang.ledger.operations import append
from yidang.oversight.cases.deciding import decision_words
from yidang.oversight.cases.models import Case, CaseFile, CaseState, PaperRequest
from yidang.oversight.cases.opening import lift_holds
from yidang.oversight.cases.papers import answer_words, asked_words, content_of, doubted
from yidang.oversight.cases.recovering import DUE, recovery_of
from yidang.oversight.cases.steps import carried, find_case, note_step, require_step, words_of
from yidang.oversight.desk.citing import citation_of
from yidang.oversight.desk.models import Finding, FindingState
from yidang.oversight.institutions import called
from yidang.oversight.tables import behaviour
from yidang.workflow.operations import meet_deadline

SERIES = "JHWS"
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def notice_words(case: Case) -> dict[str, Any]:
    """What the letter says; the same words, the same digest."""
    row = behaviour(case.behaviour)
    upheld = case.findings.filter(_upheld_then(case)).order_by("number")
    return {
        "number": case.name,
        "to": called(case.provider),
        "behaviour": row.title,
        "article": row.article,
        "doubts": [_doubt(one) for one in upheld],
        "grounds": decision_words(case),
        "waived": case.hearing_waived,
        "loss_fen": case.loss_fen,
        "fine_fen": case.fine_fen,
        "ratio": str(case.ratio or 0),
        "inspectors": [one.staff.display_name for one in case.inspectors.select_related("staff")],
        "signed": case.signed_by.display_name if case.signed_by else "",
        "on": case.signed_at.astimezone(CHINA).date().isoformat() if case.signed_at else "",
    }


def _doubt(one: Finding) -> tuple[str, str, str, int]:
    """Its number, the settlement it is about, the rule in words, the money: once decided as the decision took it."""
    fen = one.upheld_fen or one.fallen_fen or one.counted_fen
    return one.name, str(one.claim or ""), citation_of(one.rule).title, fen


def _upheld_then(case: Case) -> Q:
    """By the decision as it was signed, whatever fell of it later."""
    upheld = Q(state=FindingState.UPHELD)
    return upheld | Q(decided_at__gte=case.overturned_at) if case.overturned_at else upheld


def fall_words(case: Case) -> dict[str, Any]:
    """What the letter says that takes a decision back: of the last fall that was signed, not of one still asked for."""
    fell = case.steps.filter(step="overturned").latest("at")
    asked = case.steps.filter(step="overturn_asked", at__lte=fell.at).order_by("-at").first()
    row = behaviour(case.behaviour)
    return {
        "number": case.name,
        "to": called(case.provider),
        "decided": case.signed_at.astimezone(CHINA).date().isoformat() if case.signed_at else "",
        "ground": case.overturned_ground,
        "grounds": words_of(asked) if asked else "",
        "behaviour": row.title,
        "loss_fen": case.loss_fen - case.fallen_loss_fen,
        "fine_fen": case.fine_fen - case.fallen_fine_fen,
        "owed_fen": recovery_of(case).owed_fen,
        "asked": case.overturn_asked_by.display_name if case.overturn_asked_by else "",
        "signed": case.overturn_signed_by.display_name if case.overturn_signed_by else "",
        "on": fell.at.astimezone(CHINA).date().isoformat(),
    }


@transaction.atomic
def hand_out_fall(*, grant: Grant, case_id: UUID) -> bytes:
    """The letter that tells the institution what of a decision stands no longer.

    Raises Conflict `inspection_step_wrong`.
    """
    from yidang.oversight.cases.letter import fall_pdf

    case = find_case(grant, case_id)
    if case.overturned_at is None:
        raise Conflict("inspection_step_wrong", state=case.state, number=case.name)
    append(action="inspection.fall_handed_out", actor=grant.actor, subject=case.id, facts={"number": case.name})
    return fall_pdf(fall_words(case))


def _digest(words: dict[str, Any]) -> bytes:
    return sm3(json.dumps(words, ensure_ascii=False, sort_keys=True).encode())


@transaction.atomic
def hand_out_notice(*, grant: Grant, case_id: UUID) -> bytes:
    """The notice letter, signed as the bureau's papers are; the first time the institution counts as notified.

    Raises Conflict `inspection_step_wrong`; NotAllowed.
    """
    from yidang.oversight.cases.letter import notice_pdf

    grant.require(Permission.SEE_OVERSIGHT)
    case = find_case(grant, case_id, lock=True)
    require_step(case, "notify")
    words = notice_words(case)
    if case.state == CaseState.DECIDED:
        carried(grant, case_id, "notify")
        case.state, case.notified_at, case.notice_digest = CaseState.NOTIFIED, now(), _digest(words)
        case.save(update_fields=["state", "notified_at", "notice_digest"])
        note_step(case, "notified", grant, facts={"digest": bytes(case.notice_digest).hex()})
    else:
        append(action="inspection.notice_handed_out", actor=grant.actor, subject=case.id, facts={"number": case.name})
    return notice_pdf(words)


@transaction.atomic
def hand_out_request(*, grant: Grant, case_id: UUID, request_id: UUID) -> bytes:
    """The letter that asks for papers, signed as the bureau's papers are. Raises NotFound `papers_not_found`."""
    from yidang.oversight.cases.letter import request_pdf

    case = find_case(grant, case_id)
    asked = case.requests.filter(id=request_id).first()
    if asked is None:
        raise NotFound("papers_not_found")
    facts = {"number": case.name, "request": asked.name}
    append(action="inspection.request_handed_out", actor=grant.actor, subject=case.id, facts=facts)
    return request_pdf(request_words(case, asked))


def request_words(case: Case, asked: PaperRequest) -> dict[str, Any]:
    return {
        "number": asked.name,
        "case": case.name,
        "to": called(case.provider),
        "asked": asked_words(asked),
        "about": [
            [one.number or str(one.claim), one.settled_at.astimezone(CHINA).date().isoformat()]
            for one, _titles in doubted(asked)
        ],
        "until": asked.answer_by.isoformat(),
        "inspectors": [one.staff.display_name for one in case.inspectors.select_related("staff")],
        "on": asked.asked_at.astimezone(CHINA).date().isoformat(),
    }


@transaction.atomic
def close_case(*, grant: Grant, case_id: UUID) -> Case:
    """When all is paid, and nothing is owed to the institution. Raises Conflict `recovery_open`, `refund_open`."""
    case = carried(grant, case_id, "close")
    recovery = recovery_of(case)
    if recovery.open_fen:
        raise Conflict("recovery_open", number=case.name)
    if recovery.owed_fen:
        raise Conflict("refund_open", number=case.name, owed=format_yuan(recovery.owed_fen))
    case.accession = _file_papers(case)
    case.state, case.closed_at = CaseState.CLOSED, now()
    case.save(update_fields=["state", "closed_at", "accession"])
    lift_holds(case)
    meet_deadline(kind=DUE, subject=case.id)
    note_step(case, "closed", grant, facts={"accession": str(case.accession)})
    return case


def _file_papers(case: Case) -> UUID:
    """One record of the series of inspection papers; intake reads and files it as any other."""
    from yidang.oversight.cases.letter import fall_pdf, notice_pdf, report_pdf

    pieces = [("稽核报告.pdf", report_pdf(report_words(case)))]
    if case.outcome == Case.Outcome.AGAINST:
        pieces.append(("稽核处理决定书.pdf", notice_pdf(notice_words(case))))
    if case.overturned_at is not None:
        pieces.append(("撤销决定通知书.pdf", fall_pdf(fall_words(case))))
    given = CaseFile.objects.filter(request__case=case, refused="").order_by("request", "ordinal")
    pieces += [(_name(place, one), content_of(one)) for place, one in enumerate(given, start=1)]
    taken = take_bytes([content for _, content in pieces])
    made = receive_record(
        grant=system_grant("oversight"),
        series=SERIES,
        year=today().year,
        channel="oversight",
        values=_values(case),
        parts=[Part(name, one) for (name, _), one in zip(pieces, taken, strict=True)],
    )
    return made.pk


def _name(place: int, file: CaseFile) -> str:
    return f"机构材料{place:02d}.{_ENDINGS[file.media_type]}"


def _values(case: Case) -> dict[str, str]:
    return {
        "title": f"关于{called(case.provider)}的稽核案卷",
        "document_number": case.name,
        "formed_on": today().isoformat(),
        "institution": case.provider,
        "institution_name": called(case.provider),
    }


def report_words(case: Case) -> dict[str, Any]:
    """The case from its opening to its end, for the record."""
    return {
        "number": case.name,
        "to": called(case.provider),
        "doubts": [(*_doubt(one), one.standing) for one in case.findings.order_by("number")],
        "requests": [(one.name, asked_words(one), answer_words(one)) for one in case.requests.order_by("number")],
        "steps": [
            (
                one.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"),
                one.step,
                one.by.display_name if one.by else "",
                words_of(one),
            )
            for one in case.steps.select_related("by").order_by("at")
        ],
        "grounds": decision_words(case),
        "loss_fen": case.loss_fen,
        "fine_fen": case.fine_fen,
        "fallen_fen": case.fallen_fen,
        "paid": [
            (one.paid_on.isoformat(), one.voucher, -one.amount_fen if one.is_refund else one.amount_fen)
            for one in case.payments.order_by("paid_on")
        ],
    }
