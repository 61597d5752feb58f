"""One's own account: where it is open, how it is proved, its password."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yidang.identity import account, passkeys, passwords, proving, totp, visits
from yidang.identity.access import GrantedRequest, signed_in
from yidang.identity.entering import leave, visit_id
from yidang.identity.factors import fresh_factor_required, has_factor, is_fresh, note_proof
from yidang.identity.forms import PasswordForm
from yidang.identity.models import Factor, Staff
from yidang.identity.views import body, ceremony, keep_ceremony, refused, text_of
from yidang.kernel.errors import Conflict, Invalid, NotAllowed

_SECRET = "totp_secret"  # noqa: S105 - the name under which the session keeps it until it is proved


@never_cache
@signed_in
def page(request: GrantedRequest) -> HttpResponse:
    staff = _own(request)
    context = {
        "page": account.page_of(staff, visit_id(request)),
        "can_passkey": passkeys.is_possible(request.get_host()),
    }
    return render(request, "identity/account.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def password(request: GrantedRequest) -> HttpResponse:
    staff = _own(request)
    form = PasswordForm(request.POST or None, staff=staff)
    if form.is_valid() and _change(request, staff, form):
        messages.success(request, _("The password was changed; your other sessions have ended."))
        return redirect("identity:account")
    return render(request, "identity/password.html", {"form": form}, status=422 if form.errors else 200)


def _change(request: GrantedRequest, staff: Staff, form: PasswordForm) -> bool:
    try:
        kept = passwords.change_password(staff=staff, old=form.cleaned_data["old"], new=form.cleaned_data["new"])
    except NotAllowed as refusal:
        form.add_error("old", text_of(refusal))
        return False
    except (Conflict, Invalid) as refusal:
        form.add_error("new", text_of(refusal))
        return False
    visits.end_others(staff=kept, but=visit_id(request))
    update_session_auth_hash(request, kept)
    return True


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def totp_app(request: GrantedRequest) -> HttpResponse:
    """Adding an authenticator app: the secret is kept by the session until a code has proved it."""
    staff = _own(request)
    if has_factor(staff.id) and not is_fresh(request):
        return _prove_first("identity:totp")
    secret = request.session.setdefault(_SECRET, totp.new_secret())
    problem = ""
    if request.method == "POST":
        try:
            proving.add_totp(staff=staff, secret=secret, code=request.POST.get("code", ""))
        except (Conflict, Invalid) as refusal:
            problem = text_of(refusal)
        else:
            del request.session[_SECRET]
            note_proof(request, is_second=True)
            return _added(request, staff)
    context = {"secret": account.in_fours(secret), "picture": account.picture_of(staff, secret), "problem": problem}
    return render(request, "identity/totp.html", context, status=422 if problem else 200)


@never_cache
@require_POST
@signed_in
@fresh_factor_required
def recovery(request: GrantedRequest) -> HttpResponse:
    try:
        codes = proving.new_recovery_codes(staff=_own(request))
    except NotAllowed as refusal:
        messages.error(request, text_of(refusal))
        return redirect("identity:account")
    return render(request, "identity/recovery.html", {"codes": codes})


@never_cache
@require_POST
@signed_in
def passkey_begin(request: GrantedRequest) -> HttpResponse:
    staff = _own(request)
    if has_factor(staff.id) and not is_fresh(request):
        return JsonResponse({"location": _prove_first("identity:account")["Location"]}, status=403)
    try:
        options, state = passkeys.begin_adding(staff=staff, host=request.get_host())
    except Conflict as refusal:
        return refused(refusal)
    keep_ceremony(request, state)
    return JsonResponse(options)


@never_cache
@require_POST
@signed_in
def passkey_add(request: GrantedRequest) -> HttpResponse:
    staff = _own(request)
    try:
        name = request.GET.get("name", "").strip() or _("Passkey")
        host = request.get_host()
        passkeys.add(staff=staff, host=host, state=ceremony(request), answer=body(request), name=name)
    except (Conflict, Invalid) as refusal:
        return refused(refusal)
    note_proof(request, is_second=True)
    return JsonResponse({"location": _added(request, staff)["Location"]})


@require_POST
@signed_in
@fresh_factor_required
def remove_factor(request: GrantedRequest, factor_id: UUID) -> HttpResponse:
    try:
        proving.remove_factor(staff=_own(request), factor_id=factor_id)
    except Conflict as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.success(request, _("The second factor was removed."))
    return redirect("identity:account")


@require_POST
@signed_in
def end_visit(request: GrantedRequest, visit: UUID) -> HttpResponse:
    if visit == visit_id(request):
        leave(request)
        return redirect("identity:sign_in")
    visits.end_own(staff=_own(request), visit_id=visit)
    messages.success(request, _("The session was ended."))
    return redirect("identity:account")


@require_POST
@signed_in
def end_others(request: GrantedRequest) -> HttpResponse:
    visits.end_others(staff=_own(request), but=visit_id(request))
    messages.success(request, _("All other sessions were ended."))
    return redirect("identity:account")


def _added(request: GrantedRequest, staff: Staff) -> HttpResponse:
    if not Factor.objects.filter(staff=staff, kind=Factor.Kind.RECOVERY).exists():
        messages.success(request, _("Added. Now make recovery codes, for the day the device is lost."))
    else:
        messages.success(request, _("The second factor was added."))
    return redirect("identity:account")


def _prove_first(then: str) -> HttpResponse:
    return redirect_to_login(reverse(then), reverse("identity:again"))


def _own(request: GrantedRequest) -> Staff:
    assert isinstance(request.user, Staff)  # noqa: S101 - `signed_in` has seen to it
    return request.user
