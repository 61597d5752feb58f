from django.urls import path

from yidang.claims.views import drg, drg_tables, enrolees, imports, linkage, lists, settlements

app_name = "claims"

urlpatterns = [
    path("", settlements.listed, name="settlements"),
    path("settlements/<int:claim>/", settlements.one, name="settlement"),
    path("settlements/<int:claim>/evidence/", settlements.link, name="link_evidence"),
    path("settlements/<int:claim>/before/<int:number>/", settlements.before, name="settlement_before"),
    path("evidence/<uuid:evidence_id>/unlink/", settlements.unlink, name="unlink_evidence"),
    path("enrolees/<uuid:enrolee_id>/", enrolees.one, name="enrolee"),
    path("enrolees/<uuid:enrolee_id>/forget/", enrolees.forget, name="forget_enrolee"),
    path("lists/", lists.listed, name="lists"),
    path("lists/<uuid:list_id>/", lists.one, name="list"),
    path("drg/", drg.page, name="drg"),
    path("drg/tables/", drg_tables.tables, name="drg_tables"),
    path("drg/tables/<uuid:upload_id>/", drg_tables.take, name="take_drg_tables"),
    path("drg/book.xlsx", drg.book, name="drg_book"),
    path("persons/", linkage.band, name="band"),
    path("persons/look/", linkage.look, name="look_for_persons"),
    path("persons/<uuid:candidate_id>/", linkage.decide, name="decide_pair"),
    path("merges/<uuid:merge_id>/undo/", linkage.undo, name="undo_merge"),
    path("imports/", imports.listed, name="imports"),
    path("imports/<uuid:import_id>/", imports.one, name="import"),
    path("imports/<uuid:import_id>/rows.csv", imports.bad_rows, name="import_rows"),
]
