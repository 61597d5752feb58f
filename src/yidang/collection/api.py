"""`/api/v1/cases`: a business system files its finished case and asks what became of it.

`POST /api/v1/cases/` multipart: `case` is the JSON of `capture.rules.parse`, the files are named as in `materials`.
`GET /api/v1/cases/?number=…` and `GET /api/v1/cases/<id>/` answer the receipt as it stands now.
`POST /api/v1/cases/<id>/materials/` multipart: `materials` is the JSON list of what comes later.
Every answer is JSON; a refusal is `{"code", "message"}`.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from yidang.collection.capture import cases, supplementing, systems, uploading
from yidang.collection.capture.models import BusinessSystem, Case
from yidang.collection.capture.rules import parse, parse_materials
from yidang.collection.capture.systems import Scope
from yidang.collection.capture.uploading import StagedFile
from yidang.collection.errors import TokenRefused, TooManyCalls
from yidang.intake.operations import Part
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from yidang.kernel.openness import public
from yidang.kernel.texts import say

_STATUS: tuple[tuple[type[DomainError], int], ...] = (
    (TokenRefused, 401),
    (TooManyCalls, 429),
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
    (Invalid, 422),
)
_KNOWN_BUT_REFUSED = frozenset({"token_scope", "token_series"})
_MOST_WORDS = 256 * 1024
View = Callable[..., HttpResponse]


def speaks_json(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as problem:
            return _refusal(problem)

    return guarded


def _refusal(problem: DomainError) -> HttpResponse:
    status = next((code for kind, code in _STATUS if isinstance(problem, kind)), 503)
    if problem.code in _KNOWN_BUT_REFUSED:
        status = 403
    text = say(problem.code, "en" if get_language() == "en" else "zh", **problem.facts)
    response = JsonResponse({"code": problem.code, "message": text}, status=status)
    if status == 401:  # noqa: PLR2004 - RFC 9110 section 15.5.2
        response["WWW-Authenticate"] = 'Bearer realm="yidang"'
    if "seconds" in problem.facts:
        response["Retry-After"] = str(problem.facts["seconds"])
    return response


def _takes_files(view: View) -> View:
    """The middleware leaves the body alone, so that its files never pass through a file in the clear."""
    view.reads_its_body = True  # type: ignore[attr-defined]
    return view


@_takes_files
@csrf_exempt
@public
@require_http_methods(["GET", "POST"])
@speaks_json
def all_cases(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        system = admitted(request, Scope.READ)
        return _answer(cases.case_of_system(system, number=request.GET.get("number", "")[:120]))
    system = admitted(request, Scope.FILE)
    files = uploading.take_over(request)
    try:
        filed = parse(_json(request, "case"))
        receipt = cases.file_case(system, filed, _parts(files), channel="api")
    except DomainError:
        uploading.forget(files)
        raise
    if not receipt.is_new:
        uploading.forget(files)
    return _told(receipt, status=201 if receipt.is_new else 200)


@csrf_exempt
@public
@require_GET
@speaks_json
def one_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return _answer(cases.case_of_system(admitted(request, Scope.READ), case_id=case_id))


@_takes_files
@csrf_exempt
@public
@require_http_methods(["POST"])
@speaks_json
def more_materials(request: HttpRequest, case_id: UUID) -> HttpResponse:
    system = admitted(request, Scope.FILE)
    case = cases.case_of_system(system, case_id=case_id)
    files = uploading.take_over(request)
    try:
        materials = parse_materials(_json(request, "materials"))
        supplementing.supplement_case(system, case, materials, _parts(files), channel="api")
    except DomainError:
        uploading.forget(files)
        raise
    return _answer(case, status=201)


def admitted(request: HttpRequest, scope: Scope) -> BusinessSystem:
    return systems.admit(request.headers.get("Authorization", ""), scope)


def _json(request: HttpRequest, name: str) -> Any:
    given = request.POST.get(name, "")
    if len(given) > _MOST_WORDS:
        raise Invalid("case_words_wrong", place=name)
    try:
        return json.loads(given)
    except (ValueError, RecursionError):
        raise Invalid("case_words_wrong", place=name) from None


def _parts(files: list[StagedFile]) -> list[Part]:
    return [Part(file.name or "", file.taken) for file in files]


def _answer(case: Case, *, status: int = 200) -> HttpResponse:
    case.refresh_from_db()
    return _told(cases.receipt_of(case), status=status)


def _told(receipt: cases.Receipt, *, status: int) -> HttpResponse:
    told = asdict(receipt)
    del told["is_new"]
    return JsonResponse(told | {"status_url": f"/api/v1/cases/{receipt.case}/"}, status=status)
