from django.urls import path

from yidang.disposition.views import appraisals, due, holds, instrument, lists, terms

app_name = "disposition"

urlpatterns = [
    path("due/", due.due, name="due"),
    path("appraisals/", appraisals.appraisals, name="appraisals"),
    path("appraisals/<uuid:appraisal_id>/", appraisals.appraisal, name="appraisal"),
    path("appraisals/<uuid:appraisal_id>/opinions/", appraisals.opinions, name="opinions"),
    path("appraisals/<uuid:appraisal_id>/report/", appraisals.report, name="report"),
    path("appraisals/<uuid:appraisal_id>/list/", lists.draw, name="draw"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<uuid:list_id>/", lists.one, name="list"),
    path("lists/<uuid:list_id>/print/", lists.sheet, name="list_sheet"),
    path("lists/<uuid:list_id>/record/", lists.put_on_record, name="put_on_record"),
    path("lists/<uuid:list_id>/ask/", lists.ask, name="ask_destruction"),
    path("lists/<uuid:list_id>/witness/", lists.witness, name="witness"),
    path("lists/<uuid:list_id>/destroy/", lists.carry_out, name="carry_out"),
    path("lists/<uuid:list_id>/withdraw/", lists.withdraw, name="withdraw_list"),
    path("holds/", holds.holds, name="holds"),
    path("holds/<uuid:order_id>/lift/", holds.lift, name="lift_hold"),
    path("instrument/", instrument.instruments, name="instruments"),
    path("instrument/<slug:fonds>/<int:number>/", instrument.version, name="instrument"),
    path("instrument/<slug:fonds>/<int:number>/sheet.xlsx", instrument.sheet, name="instrument_sheet"),
    path("instrument/<slug:fonds>/compare/", instrument.compare, name="compare_instrument"),
    path("instrument/<slug:fonds>/draft/", instrument.begin, name="begin_instrument"),
    path("instrument/drafts/<uuid:draft_id>/", instrument.draft, name="instrument_draft"),
    path("instrument/drafts/<uuid:draft_id>/row/", instrument.row, name="instrument_row"),
    path("instrument/drafts/<uuid:draft_id>/import/", instrument.take_sheet, name="import_instrument"),
    path("instrument/drafts/<uuid:draft_id>/ask/", instrument.ask, name="ask_instrument"),
    path("instrument/drafts/<uuid:draft_id>/drop/", instrument.drop, name="drop_instrument"),
    path("terms/", terms.terms, name="terms"),
]
