"""The staff list of the system administrator."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yidang.identity import staffing, visits
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.factors import fresh_factor_required
from yidang.identity.forms import StaffForm
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, Invalid
from yidang.site.errors import text_of
from yidang.site.labels import DUTIES
from yidang.site.sanctions import FORGET_FACTORS
from yidang.workflow.operations import ask_approval


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_STAFF)
def new_staff(request: GrantedRequest) -> HttpResponse:
    form = _form(request)
    if form.is_valid() and _create(request, form):
        messages.success(request, _("The account was made."))
        return redirect("settings")
    return render(request, "site/staff_form.html", {"form": form}, status=422 if form.errors else 200)


def _form(request: GrantedRequest) -> StaffForm:
    return StaffForm(request.POST or None, duties=[(duty, str(label)) for duty, label in DUTIES.items()])


def _create(request: GrantedRequest, form: StaffForm) -> bool:
    try:
        staffing.create_staff(grant=request.grant, **form.cleaned_data)
    except Conflict as refusal:
        form.add_error("username", text_of(refusal))
        return False
    return True


@require_POST
@permission_required(Permission.MANAGE_STAFF)
def switch_staff(request: GrantedRequest, staff_id: UUID) -> HttpResponse:
    is_active = request.POST.get("is_active") == "true"
    staffing.set_active(grant=request.grant, staff_id=staff_id, is_active=is_active)
    messages.success(request, _("The account was opened.") if is_active else _("The account was closed."))
    return redirect("settings")


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.MANAGE_STAFF)
@fresh_factor_required
def forget_factors(request: GrantedRequest, staff_id: UUID) -> HttpResponse:
    """Asked for here, decided by another person. Never one's own."""
    if staff_id == request.grant.staff_id:
        raise Conflict("own_account")
    try:
        plan = {"staff": str(staff_id)}
        asked = ask_approval(grant=request.grant, kind=FORGET_FACTORS, plan=plan, reason=request.POST.get("reason", ""))
    except Invalid as refusal:
        messages.error(request, text_of(refusal))
        return redirect("settings")
    return redirect("workflow:approval", asked.id)


@require_POST
@permission_required(Permission.MANAGE_STAFF)
def end_sessions(request: GrantedRequest, staff_id: UUID) -> HttpResponse:
    visits.end_all_of(grant=request.grant, staff_id=staff_id)
    messages.success(request, _("All sessions of the account were ended."))
    return redirect("settings")


@sensitive_post_parameters("password")
@require_POST
@permission_required(Permission.MANAGE_STAFF)
def reset_password(request: GrantedRequest, staff_id: UUID) -> HttpResponse:
    password = request.POST.get("password", "")
    try:
        validate_password(password)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("settings")
    staffing.reset_password(grant=request.grant, staff_id=staff_id, password=password)
    messages.success(request, _("The password was set."))
    return redirect("settings")
