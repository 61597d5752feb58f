from django.urls import path

from yidang.intake.views import accessions

app_name = "intake"

urlpatterns = [
    path("accessions/", accessions.accessions, name="accessions"),
    path("accessions/new/", accessions.new, name="new"),
    path("accessions/open/", accessions.open_, name="open"),
    path("accessions/<uuid:accession_id>/files/", accessions.receive, name="receive"),
    path("accessions/<uuid:accession_id>/close/", accessions.close, name="close"),
    path("accessions/<uuid:accession_id>/", accessions.accessions, name="accession"),
    path("quarantine/", accessions.accessions, name="quarantine"),
    path("confirm/", accessions.accessions, name="confirm"),
]
