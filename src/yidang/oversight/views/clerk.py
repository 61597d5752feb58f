"""The institution's side: what the bureau asks of it, and its answer."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, DomainError, Invalid
from yidang.oversight.cases import papers
from yidang.oversight.cases.models import PaperRequest
from yidang.oversight.cases.papers import LARGEST, MOST_FILES, Given
from yidang.oversight.institutions import name_of, names_of
from yidang.oversight.views.common import status


@require_GET
@permission_required(Permission.ANSWER_INSPECTION)
def requests(request: GrantedRequest) -> HttpResponse:
    asked = list(papers.requests_for(request.grant))
    names = names_of(one.case.provider for one in asked)
    rows = [(one, names.get(one.case.provider, ""), _standing(one)) for one in asked]
    return render(request, "oversight/requests.html", {"rows": rows})


def _standing(asked: PaperRequest) -> str:
    if asked.answered_at is not None:
        return "answered"
    if not papers.is_awaited(asked, asked.case):
        return "not_awaited"
    return "late" if asked.answer_by < today() else "awaited"


@sensitive_post_parameters("words")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.ANSWER_INSPECTION)
def request_page(request: GrantedRequest, request_id: UUID) -> HttpResponse:
    if request.method == "GET":
        return _page(request, request_id, None)
    try:
        asked = papers.answer_papers(
            grant=request.grant,
            request_id=request_id,
            words=request.POST.get("words", ""),
            files=_files(request),
        )
    except (Invalid, Conflict) as problem:
        return _page(request, request_id, problem)
    messages.success(request, _("The answer has reached the bureau."))
    if any(one.refused for one in asked.files.all()):
        told = _("Files were not taken, each with its reason beside it. To hand them in, ask the bureau to ask again.")
        messages.warning(request, told)
    return redirect("oversight:request", request_id)


def _files(request: GrantedRequest) -> list[Given]:
    """Raises Invalid: `papers_too_large` for a form whose files were not taken at all."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        raise Invalid("papers_too_large")
    return [_given(one) for one in request.FILES.getlist("files")[: MOST_FILES + 1]]


def _given(file: UploadedFile) -> Given:  # type: ignore[type-arg] # of Django's stubs
    """No more of it than shows that it is too large."""
    return Given(file.name or "", file.read(LARGEST + 1))


def _page(request: GrantedRequest, request_id: UUID, problem: DomainError | None) -> HttpResponse:
    asked, words = papers.read_request(request.grant, request_id)
    context = {
        "asked": asked,
        "institution": name_of(asked.case.provider),
        "is_awaited": papers.is_awaited(asked, asked.case),
        "words": words,
        "doubted": papers.doubted(asked),
        "answer": papers.answer_words(asked),
        "files": [(one, papers.name_of(one)) for one in asked.files.all()],
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "oversight/request.html", context, status=status(problem))
