"""Where sensors speak HTTP: nobody signs in, the token of the sensor says who it is."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yidang.kernel.openness import public
from yidang.storeroom.climate.sensors import sensor_by_token
from yidang.storeroom.climate.taking import read_measures, take_readings
from yidang.storeroom.common import json_in

_WHO = 401
_BEARER = "Bearer "


@csrf_exempt
@require_POST
@public
def readings(request: HttpRequest) -> JsonResponse:
    """`Authorization: Bearer <token>`, one reading or a list. Raises Invalid `reading_malformed`."""
    given = request.headers.get("Authorization", "")
    sensor = sensor_by_token(given.removeprefix(_BEARER)) if given.startswith(_BEARER) else None
    if sensor is None:
        return JsonResponse({"code": "sensor_token_unknown", "message": "sensor_token_unknown"}, status=_WHO)
    body = json_in(request, else_code="reading_malformed")
    return JsonResponse({"new": take_readings(read_measures(sensor, body))}, status=202)
