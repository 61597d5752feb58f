"""Where sensors speak HTTP: nobody signs in, the token of the sensor says who it is."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yidang.kernel.errors import Invalid
from yidang.kernel.openness import public
from yidang.kernel.texts import say
from yidang.storeroom.climate.sensors import sensor_by_token
from yidang.storeroom.climate.taking import read_measures, take_readings
from yidang.storeroom.common import json_in

_WHO, _MALFORMED = 401, 422
_BEARER = "Bearer "


@csrf_exempt
@require_POST
@public
def readings(request: HttpRequest) -> JsonResponse:
    """`Authorization: Bearer <token>`, one reading or a list. What is malformed is refused whole."""
    given = request.headers.get("Authorization", "")
    sensor = sensor_by_token(given.removeprefix(_BEARER)) if given.startswith(_BEARER) else None
    if sensor is None:
        return JsonResponse({"code": "sensor_token_unknown", "message": "sensor_token_unknown"}, status=_WHO)
    try:
        measures = read_measures(sensor, json_in(request, else_code="reading_malformed"))
    except Invalid as problem:  # a device reads JSON and no page
        return JsonResponse({"code": problem.code, "message": say(problem.code, "en")}, status=_MALFORMED)
    return JsonResponse({"new": take_readings(measures)}, status=202)
