"""Climate for people: sensors, curves, alarms, the month."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.kernel.workbook import MEDIA_TYPE
from yidang.storeroom.adapters.mqtt import topic_of
from yidang.storeroom.climate import charts, queries, report, sensors, watching, words
from yidang.storeroom.climate.limits import media, medium
from yidang.storeroom.common import PER_PAGE, chosen, number, status, tried
from yidang.storeroom.models import Alarm, HourlyReading, Place, Sensor

MANAGE, SEE = Permission.MANAGE_STOREROOM, Permission.SEE_STOREROOM
SPANS = (1, 7, 31)


@require_GET
@permission_required(MANAGE, SEE)
def climate(request: GrantedRequest) -> HttpResponse:
    return _climate(request, None)


def _climate(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    context = {
        "standings": queries.standings(),
        "alarms": queries.open_alarms(),
        "rooms": Place.objects.filter(kind=Place.Kind.ROOM),
        "media": media().values(),
        "limits": words.limit_rows(),
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "storeroom/climate.html", context, status=status(problem))


@require_POST
@permission_required(MANAGE)
def new_sensor(request: GrantedRequest) -> HttpResponse:
    given = request.POST
    try:
        sensor, token = sensors.make_sensor(
            request.grant,
            code=given.get("code", ""),
            room_id=chosen(request, "room") or UUID(int=0),
            medium_code=given.get("medium", ""),
            every_seconds=number(request, "every"),
            trusts_broker="trusts_broker" in given,
        )
    except (Invalid, Conflict, NotFound) as problem:
        return _climate(request, problem)
    return _token(request, sensor, token)


@require_POST
@permission_required(MANAGE)
def renew_token(request: GrantedRequest, sensor_id: UUID) -> HttpResponse:
    return _token(request, *sensors.renew_token(request.grant, sensor_id=sensor_id))


def _token(request: GrantedRequest, sensor: Sensor, token: str) -> HttpResponse:
    """Shown this once."""
    context = {"sensor": sensor, "token": token, "url": request.build_absolute_uri(reverse("storeroom:readings"))}
    context["topic"] = topic_of(settings.YIDANG.mqtt_url, sensor.code)
    return render(request, "storeroom/token.html", context)


@require_POST
@permission_required(MANAGE)
def switch_sensor(request: GrantedRequest, sensor_id: UUID) -> HttpResponse:
    sensors.switch_sensor(request.grant, sensor_id=sensor_id, is_active=request.POST.get("to") == "on")
    return redirect("storeroom:sensor", sensor_id)


@require_GET
@permission_required(MANAGE, SEE)
def sensor(request: GrantedRequest, sensor_id: UUID) -> HttpResponse:
    found = sensors.find_sensor(sensor_id)
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(span) for span in SPANS} else SPANS[0]
    until = clock.now()
    hours = queries.hours_of(found, until - timedelta(days=days))
    context = {
        "sensor": found,
        "medium": medium(found.medium),
        "hours": [words.hour_row(row) for row in reversed(hours)][: PER_PAGE * 2],
        "charts": _charts(found, hours, until - timedelta(days=days), until),
        "days": days,
        "spans": SPANS,
        "alarms": found.alarms.order_by("-raised_at")[:PER_PAGE],
    }
    return render(request, "storeroom/sensor.html", context)


def _charts(
    sensor: Sensor, hours: list[HourlyReading], since: datetime, until: datetime
) -> list[tuple[str, charts.Chart]]:
    limit = medium(sensor.medium).limit
    warm = [
        charts.Spot(row.hour, row.temperature_low, row.temperature_sum / row.count, row.temperature_high)
        for row in hours
    ]
    damp = [charts.Spot(row.hour, row.humidity_low, row.humidity_sum / row.count, row.humidity_high) for row in hours]
    return [
        (
            _("Temperature, °C"),
            charts.draw(warm, since=since, until=until, low=limit.temperature_low, high=limit.temperature_high),
        ),
        (
            _("Relative humidity"),
            charts.draw(damp, since=since, until=until, low=limit.humidity_low, high=limit.humidity_high),
        ),
    ]


@require_GET
@permission_required(MANAGE, SEE)
def alarms(request: GrantedRequest) -> HttpResponse:
    rows = Alarm.objects.select_related("sensor__room", "acknowledged_by").order_by("-number")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "storeroom/alarms.html", {"page": page})


@sensitive_post_parameters("note")
@require_http_methods(["GET", "POST"])
@permission_required(MANAGE, SEE)
def alarm(request: GrantedRequest, alarm_id: UUID) -> HttpResponse:
    if request.method == "GET":
        return _alarm(request, alarm_id, None)
    return tried(
        request,
        lambda: watching.acknowledge(request.grant, alarm_id=alarm_id, note=request.POST.get("note", "")),
        done=_("The alarm is acknowledged."),
        then=lambda: reverse("storeroom:alarm", args=[alarm_id]),
        again=lambda problem: _alarm(request, alarm_id, problem),
    )


def _alarm(request: GrantedRequest, alarm_id: UUID, problem: DomainError | None) -> HttpResponse:
    found = watching.find_alarm(alarm_id)
    context = {
        "alarm": found,
        "medium": medium(found.sensor.medium),
        "value": words.measured(found, found.value),
        "limit": words.measured(found, found.limit),
        "note": watching.note_of(found),
        "problem": problem,
    }
    return render(request, "storeroom/alarm.html", context, status=status(problem))


@require_GET
@permission_required(MANAGE, SEE)
def month(request: GrantedRequest) -> HttpResponse:
    """As a page, or with `form=pdf|xlsx` to take along."""
    asked = _month(request.GET.get("month", ""))
    rows, form = queries.month_report(asked), request.GET.get("form", "")
    if form == "pdf":
        return _file(report.as_pdf(rows, asked, settings.YIDANG.bureau_name), "application/pdf", asked, form)
    if form == "xlsx":
        return _file(report.as_xlsx(rows, asked), MEDIA_TYPE, asked, form)
    context = {
        "headings": report.headings(),
        "rows": [[report.shown(*pair) for pair in enumerate(report.cells(row))] for row in rows],
        "month": f"{asked:%Y-%m}",
        "title": report.title(asked),
    }
    return render(request, "storeroom/month.html", context)


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return clock.today().replace(day=1)


def _file(data: bytes, media_type: str, asked: date, form: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="climate-{asked:%Y-%m}.{form}"'
    return response
