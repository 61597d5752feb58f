from django.urls import path

from yidang.access import dispute_views, giving_views, recording_views, statement_views, views
from yidang.access.releases import views as releases
from yidang.access.requests import views as requests
from yidang.access.saved import views as saved
from yidang.access.watch import views as watch

app_name = "access"

urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("search/views/", saved.save, name="save_view"),
    path("search/views/<uuid:view_id>/forget/", saved.forget, name="forget_view"),
    path("search/list/<slug:form>/", saved.take_list, name="take_list"),
    path("audit/", watch.events, name="audit"),
    path("audit/export/<slug:form>/", watch.export, name="audit_export"),
    path("audit/unusual/", watch.unusual, name="unusual"),
    path("audit/unusual/<uuid:doubt_id>/", watch.decide, name="decide_doubt"),
    path("releases/", releases.releases, name="releases"),
    path("releases/new/", releases.new, name="new_release"),
    path("releases/<uuid:release_id>/", releases.release, name="release"),
    path("releases/<uuid:release_id>/ask/", releases.ask, name="ask_release"),
    path("releases/<uuid:release_id>/fetch/", releases.fetch, name="fetch_release"),
    path("releases/<uuid:release_id>/lead-back/", releases.lead_back, name="lead_back"),
    path("requests/", requests.requests, name="requests"),
    path("requests/new/", requests.new, name="new_request"),
    path("requests/<uuid:request_id>/", requests.request_page, name="request"),
    path("requests/<uuid:request_id>/decide/", requests.decide, name="decide_request"),
    path("requests/<uuid:request_id>/fetch/", requests.fetch, name="fetch_request"),
    path("privacy/", requests.privacy, name="privacy"),
    path("privacy/assessments/", requests.keep_assessment, name="keep_assessment"),
    path("privacy/leaks/", requests.report_leak, name="report_leak"),
    path("privacy/leaks/<uuid:leak_id>/", requests.tell_leak, name="tell_leak"),
    path("items/code/<path:code>/", views.by_code, name="by_code"),
    path("items/<uuid:item_id>/", views.item, name="item"),
    path("items/<uuid:item_id>/pages/<int:number>.jpg", views.page, name="page_image"),
    path("items/<uuid:item_id>/pages/<int:number>.json", views.page_words, name="page_words"),
    path("items/<uuid:item_id>/recordings/<int:number>/", recording_views.recording, name="recording"),
    path("items/<uuid:item_id>/download.pdf", views.download, name="download"),
    path("items/<uuid:item_id>/give/", giving_views.give, name="give"),
    path("given/<uuid:task_id>/end/", giving_views.end, name="end_giving"),
    path("items/<uuid:item_id>/statement/", statement_views.issue, name="issue_statement"),
    path("items/<uuid:item_id>/dispute/", dispute_views.order, name="order_dispute"),
    path("disputes/new/", dispute_views.case, name="dispute_case"),
    path("disputes/<uuid:order_id>/", dispute_views.dispute, name="dispute"),
    path("disputes/<uuid:order_id>/dispute.zip", dispute_views.dispute_file, name="dispute_file"),
    path("statements/", statement_views.statements, name="statements"),
    path("statements/<slug:number>/", statement_views.statement, name="statement"),
    path("statements/<slug:number>/code.svg", statement_views.code, name="statement_code"),
    path("statements/<slug:number>/statement.pdf", statement_views.pdf, name="statement_pdf"),
    path("statements/<slug:number>/statement.json", statement_views.file, name="statement_file"),
    path("statements/<slug:number>/revoke/", statement_views.revoke, name="statement_revoke"),
]
