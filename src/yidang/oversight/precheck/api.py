"""`POST /api/v1/oversight/precheck` before settlement, `POST /api/v1/oversight/advice` at prescribing.

Body: JSON as `check.check` takes it; `settlement.person` is the business system's own number of the person. Where the
body brings no history, what was settled here before is taken. Nothing of the body is kept.
"""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from yidang.collection.api import admitted, speaks_json
from yidang.collection.capture.systems import Scope
from yidang.credit import standing
from yidang.identity.policy import system_grant
from yidang.identity.reach import acting
from yidang.kernel.clock import CHINA, now
from yidang.kernel.errors import Invalid
from yidang.kernel.openness import public
from yidang.kernel.texts import say
from yidang.oversight.precheck import check
from yidang.oversight.precheck.history import history_of, person_of

_MOST_BYTES = 2 * 1024 * 1024


@csrf_exempt
@public
@require_http_methods(["POST"])
@speaks_json
def precheck(request: HttpRequest) -> HttpResponse:
    return _answer(request, check.BEFORE_SETTLEMENT)


@csrf_exempt
@public
@require_http_methods(["POST"])
@speaks_json
def advice(request: HttpRequest) -> HttpResponse:
    return _answer(request, check.ADVICE)


def _answer(request: HttpRequest, stage: str) -> HttpResponse:
    system = admitted(request, Scope.CHECK)
    claim = _body(request)
    with acting(system_grant("precheck")):
        person = _known(system.code, claim)
        stopped = _stopped(claim, person)
    found = check.check(claim, stage=stage)
    stops = bool(stopped) or any(one.stops for one in found)
    return JsonResponse({"stops": stops, "standing": stopped, "doubts": [asdict(one) for one in found]})


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        claim = json.loads(request.body[:_MOST_BYTES])
    except (ValueError, RecursionError):
        raise Invalid("precheck_body", place="JSON") from None
    if not isinstance(claim, dict) or not isinstance(claim.get("settlement"), dict):
        raise Invalid("precheck_body", place="settlement")
    return claim


def _known(source: str, claim: dict[str, Any]) -> int | None:
    """The pseudonym takes the place of the number; the rows of this archive that of a history not sent."""
    head = claim["settlement"]
    number = str(head.pop("person", "") or "")
    if not number:
        return None
    person = person_of(source, number)
    head["person"] = person
    if "history" not in claim:
        claim["history"] = history_of(person, _moment(head.get("settled_at") or head.get("admitted_at")))
    return person


def _moment(text: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text)) if text else now()
    except ValueError:
        raise Invalid("precheck_body", place="settlement.settled_at") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _stopped(claim: dict[str, Any], person: int | None) -> list[str]:
    """Why the credit archive stops the claim: its doctor or its person may not settle just now."""
    head = claim["settlement"]
    asked = [standing.of_practitioner(str(head["doctor"]))] if head.get("doctor") else []
    if person is not None:
        asked.append(standing.of_person(person))
    is_emergency = head.get("visit") == "emergency"
    return [say(one.code, **one.facts) for one in asked if one.stops(is_emergency=is_emergency)]
