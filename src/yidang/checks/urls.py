from django.urls import path

from yidang.checks.views import accessions, items, schemes

app_name = "checks"

urlpatterns = [
    path("", accessions.courses, name="courses"),
    path("accessions/<uuid:accession_id>/", accessions.course, name="course"),
    path("accessions/<uuid:accession_id>/screen/", accessions.screen, name="screen"),
    path("accessions/<uuid:accession_id>/<slug:step>/", accessions.take_step, name="take_step"),
    path("accessions/<uuid:accession_id>/report.<slug:form>", accessions.report, name="report"),
    path("items/<uuid:item_id>/", items.item, name="item"),
    path("results/<uuid:result_id>/", accessions.attest, name="attest"),
    path("sampled/<uuid:sampled_id>/", accessions.judge, name="judge"),
    path("schemes/<slug:fonds>/", schemes.scheme, name="scheme"),
]
