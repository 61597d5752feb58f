from django.urls import path

from yidang.claims.traces import api

app_name = "traces_api"

urlpatterns = [path("traces/scan", api.scan_boxes, name="scan")]
