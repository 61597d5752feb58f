from django.urls import path

from yidang.collection import api

app_name = "collection_api"

urlpatterns = [
    path("cases/", api.all_cases, name="cases"),
    path("cases/<uuid:case_id>/", api.one_case, name="case"),
    path("cases/<uuid:case_id>/materials/", api.more_materials, name="materials"),
]
