from django.urls import path

from yidang.duty.views import hand_overs, incidents, people, processors

app_name = "duty"

urlpatterns = [
    path("", people.duties, name="duties"),
    path("appoint/", people.appoint, name="appoint"),
    path("<uuid:responsibility_id>/end/", people.end, name="end"),
    path("hand-overs/", hand_overs.hand_overs, name="hand_overs"),
    path("hand-overs/<uuid:hand_over_id>/", hand_overs.hand_over, name="hand_over"),
    path("hand-overs/<uuid:hand_over_id>/sign/", hand_overs.sign, name="sign_hand_over"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/<uuid:incident_id>/", incidents.incident, name="incident"),
    path("incidents/<uuid:incident_id>/close/", incidents.close, name="close_incident"),
    path("processors/", processors.processors, name="processors"),
    path("processors/<uuid:processor_id>/", processors.processor, name="processor"),
]
