from django.urls import path

from yidang.ledger.statements import views

app_name = "ledger"

urlpatterns = [
    path("check/", views.check_page, name="check"),
    path("check/offline/", views.offline_page, name="check_offline"),
    path("check/revocations.cose", views.revocations, name="revocations"),
]
