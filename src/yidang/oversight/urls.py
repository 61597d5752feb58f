from django.urls import path

from yidang.oversight.views import cases, clerk, decision, desk, knowledge, measures, recovery, rulebook, scores

app_name = "oversight"

urlpatterns = [
    path("", desk.queue, name="queue"),
    path("sheet/", desk.sheet, name="sheet"),
    path("findings/<uuid:finding_id>/", desk.finding, name="finding"),
    path("verdicts/<uuid:verdict_id>/undo/", desk.undo, name="undo"),
    path("measures/", measures.measures, name="measures"),
    path("rules/", rulebook.rules, name="rules"),
    path("rules/<slug:rule>/", rulebook.rule, name="rule"),
    path("knowledge/", knowledge.listed, name="knowledge"),
    path("knowledge/<uuid:version_id>/", knowledge.version, name="knowledge_version"),
    path("knowledge/<uuid:version_id>/rows/", knowledge.kept_out, name="knowledge_kept_out"),
    path("models/", scores.models, name="models"),
    path("models/<uuid:model_id>/", scores.model, name="model"),
    path("models/<uuid:model_id>/promotion/", scores.promote, name="promote"),
    path("models/<uuid:model_id>/retirement/", scores.retire, name="retire"),
    path("cases/", cases.cases, name="cases"),
    path("cases/sheet/", cases.sheet, name="cases_sheet"),
    path("cases/open/", cases.open_case, name="open_case"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/papers/", cases.ask, name="ask"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/", cases.file, name="file"),
    path("cases/<uuid:case_id>/hearing/", decision.hear, name="hear"),
    path("cases/<uuid:case_id>/decision/", decision.propose, name="propose"),
    path("cases/<uuid:case_id>/letters/<uuid:request_id>/", decision.request_letter, name="request_letter"),
    path("cases/<uuid:case_id>/notice/", decision.notice, name="notice"),
    path("cases/<uuid:case_id>/instalments/", recovery.plan, name="plan"),
    path("cases/<uuid:case_id>/payments/", recovery.enter, name="enter"),
    path("cases/<uuid:case_id>/payments/<uuid:payment_id>/", recovery.confirm, name="confirm"),
    path("cases/<uuid:case_id>/close/", recovery.close, name="close"),
    path("requests/", clerk.requests, name="requests"),
    path("requests/<uuid:request_id>/", clerk.request_page, name="request"),
]
