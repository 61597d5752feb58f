from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from yidang.kernel.openness import public
from yidang.site.openapi.describing import description


@require_GET
@public
def openapi(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - the same for everybody
    """Open to everybody: it names routes that the source names too, and no record."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})
