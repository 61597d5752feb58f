"""`POST /api/v1/traces/scan`: an institution's counter asks about boxes before it settles.

Body: JSON {"scans": [{"code", "kind", "provider", "moved_at", and what else `Scan` holds}, …]}, at most 200.
`person` is the institution's own number of the person. The names of the national interface (drug_trac_codg,
rtal_docno, trdn_flag) are understood.
Every answer is JSON; a code is never refused for its form, only a body for its shape.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from yidang.claims.importing.people import pseudonym
from yidang.claims.models import EnroleeSource
from yidang.claims.traces.rules import Kind, Scan
from yidang.claims.traces.scanning import Told, scan
from yidang.collection.api import admitted, speaks_json
from yidang.collection.capture.systems import Scope
from yidang.crypto.fields import blind_index
from yidang.identity.policy import system_grant
from yidang.kernel.errors import Invalid
from yidang.kernel.openness import public

MOST = 200
_MOST_BYTES = 256 * 1024
_NATIONAL = {
    "drug_trac_codg": "code",
    "rtal_docno": "document",
    "trdn_flag": "is_split",
    "med_list_codg": "item",
    "fixmedins_code": "provider",
    "psn_no": "person",
}
_TEXTS = {"code": 200, "provider": 20, "region": 6, "item": 30, "product": 14, "document": 60}


@csrf_exempt
@public
@require_http_methods(["POST"])
@speaks_json
def scan_boxes(request: HttpRequest) -> HttpResponse:
    system = admitted(request, Scope.TRACES)
    scans = [_scan(system.code, number, given) for number, given in enumerate(_body(request), start=1)]
    told = scan(system_grant("counter"), scans)
    return JsonResponse({"answers": [_answer(one) for one in told]})


def _body(request: HttpRequest) -> list[Mapping[str, Any]]:
    try:
        scans = json.loads(request.body[:_MOST_BYTES])["scans"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Invalid("trace_body", most=MOST) from None
    if not isinstance(scans, list) or not 1 <= len(scans) <= MOST:
        raise Invalid("trace_body", most=MOST)
    return scans


def _scan(source: str, number: int, given: Mapping[str, Any]) -> Scan:
    try:
        said = {_NATIONAL.get(key, key): value for key, value in given.items()}
        texts = {key: str(said.get(key) or "")[:longest] for key, longest in _TEXTS.items()}
        return Scan(
            **texts,
            kind=Kind(said.get("kind", "sale")),
            moved_at=_moment(said["moved_at"]),
            person=_person(source, str(said.get("person") or "")),
            claim=int(said["claim"]) if said.get("claim") else None,
            quantity=_share(said.get("quantity", 1)),
            is_split=str(said.get("is_split", "")).lower() in {"1", "true"},
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise Invalid("trace_scan", row=number) from None


def _share(value: Any) -> float:
    share = float(value)
    if not 0 < share <= 1:
        raise ValueError
    return share


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _person(source: str, number: str) -> int | None:
    """The pseudonym claims have or will have for this number of this source."""
    if not number:
        return None
    index = blind_index("claims_person", f"{source}\n{number}")
    known = EnroleeSource.objects.select_related("enrolee").filter(source=source, number_index=index).first()
    return known.enrolee.person if known else pseudonym("person", f"{source}\n{number}")


def _answer(told: Told) -> dict[str, Any]:
    return {
        "code": told.code,
        "family": told.family,
        "verdict": told.verdict,
        "grade": told.grade,
        "hold": told.holds,
    }
