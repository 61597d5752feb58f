"""The door: password, second factor, passkey, and once more before a grave step."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.identity import entering, operations, passkeys, proving, sso
from yidang.identity.access import GrantedRequest, signed_in
from yidang.identity.entering import enter, first_step_done, half_way, local, remember_language
from yidang.identity.factors import is_required, kinds_of, note_proof
from yidang.identity.forms import SignInForm
from yidang.identity.models import Factor, Staff
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, Unavailable
from yidang.kernel.openness import public
from yidang.kernel.texts import Language, say

__all__ = ["remember_language", "sign_in"]

_CEREMONY = "passkey_state"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
@public
def sign_in(request: HttpRequest) -> HttpResponse:
    then = request.POST.get("next") or request.GET.get("next", "")
    if request.user.is_authenticated:
        return redirect(local(request, then))
    form = SignInForm(request.POST or None, address=entering.address(request))
    if form.is_valid():
        return first_step_done(request, form.staff, means="password", then=then)
    return render(request, "identity/sign_in.html", _door(request, form, then), status=_status(form))


def _door(request: HttpRequest, form: SignInForm, then: str) -> dict[str, Any]:
    can_passkey = passkeys.is_possible(request.get_host())
    return {"form": form, "next": then, "has_sso": sso.is_on(), "can_passkey": can_passkey}


def _status(form: SignInForm) -> int:
    if form.has_error("__all__", "too_many_sign_ins"):
        return 429
    return 422 if form.errors else 200


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
@public
def second(request: HttpRequest) -> HttpResponse:
    """The second factor of who gave the right password."""
    begun = half_way(request)
    if begun is None:
        return redirect("identity:sign_in")
    if request.method == "GET":
        return _ask_second(request, begun["staff"])
    try:
        kind = proving.prove_code(staff=begun["staff"], code=request.POST.get("code", ""))
    except (Conflict, NotAllowed) as refusal:
        return _ask_second(request, begun["staff"], refusal)
    means = f"{begun['means']}+{kind}"
    return enter(request, begun["staff"], means=means, is_second=True, then=begun["then"])


def _ask_second(request: HttpRequest, staff: Staff, refusal: DomainError | None = None, **more: Any) -> HttpResponse:
    context = {
        "kinds": kinds_of(staff.id),
        "problem": text_of(refusal) if refusal else "",
        "can_passkey": Factor.Kind.PASSKEY in kinds_of(staff.id) and passkeys.is_possible(request.get_host()),
    }
    return render(request, "identity/second.html", context | more, status=_refused(refusal))


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code", "password")
@signed_in
def again(request: GrantedRequest) -> HttpResponse:
    """Once more before a grave step: the second factor, or the password of who has none and needs none."""
    staff, then = _bearer(request), request.POST.get("next") or request.GET.get("next", "")
    kinds = kinds_of(staff.id)
    by_password = not kinds
    if by_password and is_required(staff):
        return redirect("identity:account")
    more: dict[str, Any] = {"is_again": True, "by_password": by_password, "next": then}
    if request.method == "GET":
        return _ask_second(request, staff, **more)
    try:
        if by_password:
            operations.check_again(staff=staff, password=request.POST.get("password", ""))
        else:
            proving.prove_code(staff=staff, code=request.POST.get("code", ""))
    except (Conflict, NotAllowed) as refusal:
        return _ask_second(request, staff, refusal, **more)
    note_proof(request, is_second=not by_password)
    return redirect(local(request, then))


@never_cache
@require_POST
@public
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser is to sign. At the door it names nobody; half way in or signed in, the person's own passkeys."""
    begun = half_way(request)
    staff = request.user if isinstance(request.user, Staff) else begun["staff"] if begun else None
    options, state = passkeys.begin_proving(host=request.get_host(), staff=staff)
    request.session[_CEREMONY] = dict(state)
    return JsonResponse(options)


@never_cache
@require_POST
@public
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """{"location"}, or {"code", "message"} with 403."""
    begun = half_way(request)
    bearer = begun["staff"] if begun else None
    try:
        staff = passkeys.prove(host=request.get_host(), state=ceremony(request), answer=body(request), staff=bearer)
    except (Conflict, NotAllowed, Invalid) as refusal:
        return refused(refusal)
    means = f"{begun['means']}+passkey" if begun else "passkey"
    then = begun["then"] if begun else request.GET.get("next", "")
    entered = enter(request, staff, means=means, is_second=True, then=then)
    answer = JsonResponse({"location": entered["Location"]})
    return remember_language(answer, staff.language)


@never_cache
@require_POST
@signed_in
def again_passkey(request: GrantedRequest) -> HttpResponse:
    staff = _bearer(request)
    try:
        passkeys.prove(host=request.get_host(), state=ceremony(request), answer=body(request), staff=staff)
    except (Conflict, NotAllowed, Invalid) as refusal:
        return refused(refusal)
    note_proof(request, is_second=True)
    return JsonResponse({"location": local(request, request.GET.get("next", ""))})


@require_POST
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """The browser forgets what it kept of pages; its storage stays, counts not yet handed in lie there."""
    entering.leave(request)
    response = redirect("identity:sign_in")
    response["Clear-Site-Data"] = '"cache"'
    return response


@never_cache
@require_GET
@public
def sso_begin(request: HttpRequest) -> HttpResponse:
    _sso_or_404()
    then = request.GET.get("next", "")
    try:
        address, kept = sso.begin(back=request.build_absolute_uri(sso.back_path()))
    except DomainError as refusal:
        return _door_after_sso(request, refusal, then)
    request.session["sso"] = kept | {"then": then}
    return redirect(address)


@never_cache
@require_GET
@public
def sso_back(request: HttpRequest) -> HttpResponse:
    _sso_or_404()
    kept = request.session.pop("sso", None)
    try:
        staff = sso.finish(kept=kept, answer=request.GET.dict(), back=request.build_absolute_uri(sso.back_path()))
    except DomainError as refusal:
        return _door_after_sso(request, refusal, kept["then"] if kept else "")
    return first_step_done(request, staff, means="sso", then=kept["then"] if kept else "")


def _door_after_sso(request: HttpRequest, refusal: DomainError, then: str) -> HttpResponse:
    """The door with all its ways in: who cannot pass by single sign-on may pass by another."""
    context = _door(request, SignInForm(), then) | {"problem": text_of(refusal)}
    return render(request, "identity/sign_in.html", context, status=_refused(refusal))


def _sso_or_404() -> None:
    if not sso.is_on():
        raise Http404


def ceremony(request: HttpRequest) -> dict[str, Any]:
    """Each begun ceremony serves once."""
    return dict(request.session.pop(_CEREMONY, None) or {})


def keep_ceremony(request: HttpRequest, state: Any) -> None:
    request.session[_CEREMONY] = dict(state)


def body(request: HttpRequest) -> dict[str, Any]:
    """Raises Invalid `passkey_refused`."""
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):
        given = None
    if not isinstance(given, dict):
        raise Invalid("passkey_refused")
    return given


def refused(refusal: DomainError) -> JsonResponse:
    return JsonResponse({"code": refusal.code, "message": text_of(refusal)}, status=_refused(refusal))


def text_of(refusal: DomainError) -> str:
    language: Language = "en" if (get_language() or "").startswith("en") else "zh"
    return say(refusal.code, language, **refusal.facts)


def _refused(refusal: DomainError | None) -> int:
    if refusal is None:
        return 200
    if isinstance(refusal, Unavailable):
        return 503
    return 429 if refusal.code == "too_many_sign_ins" else 422 if isinstance(refusal, Invalid) else 403


def _bearer(request: HttpRequest) -> Staff:
    assert isinstance(request.user, Staff)  # noqa: S101 - `signed_in` has seen to it
    return request.user
