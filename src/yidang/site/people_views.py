"""Posts, as the security administrator gives and ends them and the audit administrator sees them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.identity import people
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.appointing import check_post, end_post
from yidang.identity.factors import fresh_factor_required
from yidang.identity.forms import PostForm
from yidang.identity.models import ROLES_OF_DUTY, Department, Staff
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from yidang.site.errors import text_of
from yidang.site.labels import ROLES
from yidang.site.naming import name_of
from yidang.site.sanctions import GIVE_POST, post_plan
from yidang.workflow.models import Approval
from yidang.workflow.operations import ask_approval


@require_GET
@permission_required(Permission.MANAGE_ROLES, Permission.SEE_AUDIT)
def posts(request: GrantedRequest) -> HttpResponse:
    return render(request, "site/people.html", {"people": people.people(request.grant), "today": today()})


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_ROLES)
def new_post(request: GrantedRequest, staff_id: UUID) -> HttpResponse:
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    if staff is None:
        raise NotFound("staff_not_found")
    form = _form(request, staff)
    if form.is_valid() and (asked := _ask(request, staff, form)):
        return redirect("workflow:approval", asked.id)
    context = {"form": form, "staff": staff}
    return render(request, "site/post_form.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(Permission.MANAGE_ROLES)
@fresh_factor_required
def end(request: GrantedRequest, post_id: UUID) -> HttpResponse:
    """Taking rights away needs no second person, so that it can happen at once."""
    until = parse_date(request.POST.get("until", "")) or today()
    try:
        end_post(grant=request.grant, post_id=post_id, until=until)
    except Invalid as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.success(request, _("The post ends on that day."))
    return redirect("posts")


def _form(request: GrantedRequest, staff: Staff) -> PostForm:
    departments = [(one.code, name_of(one)) for one in Department.objects.order_by("-kind", "code")]
    roles: list[tuple[str, str]] = [(role, str(ROLES[role])) for role in ROLES_OF_DUTY[staff.duty]]
    return PostForm(request.POST or None, roles=roles, departments=departments, initial={"since": today().isoformat()})


def _ask(request: GrantedRequest, staff: Staff, form: PostForm) -> Approval | None:
    """None when it was refused; why stands in the form."""
    wanted: dict[str, Any] = dict(form.cleaned_data)
    reason = wanted.pop("reason")
    try:
        check_post(staff, **wanted)
        plan = post_plan(staff_id=staff.id, **wanted)
        return ask_approval(grant=request.grant, kind=GIVE_POST, plan=plan, reason=reason)
    except (Conflict, Invalid, NotAllowed) as refusal:
        form.add_error(_field_of(refusal), text_of(refusal))
        return None


def _field_of(refusal: DomainError) -> str | None:
    fields = {"department_missing": "department", "department_unfit": "department", "post_dates": "until"}
    return fields.get(refusal.code, "role" if refusal.code in {"post_held", "role_unfit"} else None)
