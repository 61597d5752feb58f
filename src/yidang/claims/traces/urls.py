from django.urls import path

from yidang.claims.traces import views

app_name = "traces"

urlpatterns = [
    path("", views.way, name="way"),
    path("alerts/", views.alerts, name="alerts"),
    path("alerts/<uuid:alert_id>/close/", views.close_alert, name="close_alert"),
]
