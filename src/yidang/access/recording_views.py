"""A recording's bytes, as a player asks for them."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yidang.access.recordings import piece_of
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def recording(request: GrantedRequest, item_id: UUID, number: int) -> HttpResponse:
    piece = piece_of(request.grant, item_id, number, request.headers.get("Range", ""))
    answer = HttpResponse(piece.content, content_type=piece.media_type, status=HTTPStatus.PARTIAL_CONTENT)
    answer["Content-Range"] = f"bytes {piece.start}-{piece.end}/{piece.size}"
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "no-store"
    return answer
