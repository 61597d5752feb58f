from django.urls import path

from yidang.oversight.precheck import api

app_name = "oversight_api"

urlpatterns = [
    path("oversight/precheck", api.precheck, name="precheck"),
    path("oversight/advice", api.advice, name="advice"),
]
