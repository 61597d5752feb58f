"""What needs a second person here: handing out everything that names a person uncovers many records at once."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.access.requests.models import PersonRequest
from yidang.access.requests.operations import Answer, count_of_records, grant_copies
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, NotFound
from yidang.workflow.approvals import Kind, Line, Plan, register
from yidang.workflow.models import Approval

COPIES = "person_copies"


def register_all() -> None:
    register(
        Kind(
            code=COPIES,
            title=gettext_lazy("Hand out a person's records"),
            ask=Permission.SEARCH_ID_NUMBERS,
            approve=Permission.APPROVE,
            describe=_lines,
            execute=_execute,
        )
    )


def _lines(plan: Plan) -> list[Line]:
    """Raises NotFound: `request_not_found`. Conflict: `request_decided`."""
    request = PersonRequest.objects.filter(id=plan["request"]).first()
    if request is None:
        raise NotFound("request_not_found")
    if request.state != PersonRequest.State.OPEN:
        raise Conflict("request_decided", number=request.number)
    count = str(count_of_records(request))
    return [Line(_("Records handed out for request %(number)s") % {"number": f"Q{request.number}"}, "", count)]


def _execute(plan: Plan, approval: Approval) -> None:
    if approval.decided_by_id is None:
        raise Conflict("request_not_granted")
    grant_copies(request_id=UUID(plan["request"]), decided_by=approval.decided_by_id, answer=Answer(plan["reason"]))
