from django.urls import path

from yidang.intake.views import accessions, arranging, confirm, quarantine, volumes

app_name = "intake"

urlpatterns = [
    path("accessions/", accessions.accessions, name="accessions"),
    path("accessions/new/", accessions.new, name="new"),
    path("accessions/open/", accessions.open_, name="open"),
    path("accessions/<uuid:accession_id>/", accessions.accession, name="accession"),
    path("accessions/<uuid:accession_id>/files/", accessions.receive, name="receive"),
    path("accessions/<uuid:accession_id>/close/", accessions.close, name="close"),
    path("accessions/<uuid:accession_id>/progress/", accessions.progress, name="progress"),
    path("accessions/<uuid:accession_id>/outcomes/", accessions.outcomes, name="outcomes"),
    path("accessions/<uuid:accession_id>/catalogue/", accessions.catalogue, name="catalogue"),
    path("accessions/<uuid:accession_id>/receipt/", accessions.receipt, name="receipt"),
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("quarantine/<uuid:file_id>/resubmit/", quarantine.resubmit, name="resubmit"),
    path("quarantine/<uuid:file_id>/replace/", quarantine.replace, name="replace"),
    path("quarantine/<uuid:file_id>/discard/", quarantine.discard, name="discard"),
    path("quarantine/<uuid:file_id>/columns/", quarantine.columns, name="columns"),
    path("confirm/", confirm.confirm, name="confirm"),
    path("confirm/<uuid:item_id>/", confirm.confirm_one, name="confirm_item"),
    path("confirm/<uuid:item_id>/split/", confirm.split, name="split"),
    path("confirm/<uuid:item_id>/join/", confirm.join, name="join"),
    path("confirm/<uuid:item_id>/reject/", confirm.reject, name="reject"),
    path("volumes/", volumes.volumes, name="volumes"),
    path("volumes/suggestions/", arranging.suggestions, name="suggestions"),
    path("volumes/<uuid:volume_id>/", volumes.volume, name="volume"),
    path("volumes/<uuid:volume_id>/lay-in/", volumes.lay_in, name="lay_in"),
    path("volumes/<uuid:volume_id>/take-out/", volumes.take_out, name="take_out"),
    path("volumes/<uuid:volume_id>/seal/", volumes.seal, name="seal_volume"),
    path("volumes/<uuid:volume_id>/order/", arranging.order, name="order_volume"),
    path("volumes/<uuid:volume_id>/split/", arranging.split, name="split_volume"),
    path("volumes/<uuid:volume_id>/merge/", arranging.merge, name="merge_volumes"),
    path("volumes/<uuid:volume_id>/undo/", arranging.undo, name="undo_volume_step"),
    path("volumes/<uuid:volume_id>/supplement/", arranging.add_late, name="supplement_volume"),
    path("volumes/<uuid:volume_id>/check/", arranging.check, name="check_volume"),
]
