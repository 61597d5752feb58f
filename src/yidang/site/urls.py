"""The map of the house; each room has its own part."""

from django.urls import include, path

from yidang.site import ledger_views, people_views, policy_views, staff_views, views
from yidang.site.copies import views as copies_page
from yidang.site.keys import views as keys_page
from yidang.site.openapi import views as openapi_views
from yidang.site.tls import views as tls_views

urlpatterns = [
    path("", views.home, name="home"),
    path("settings/", views.settings_page, name="settings"),
    path("settings/staff/new/", staff_views.new_staff, name="new_staff"),
    path("settings/staff/<uuid:staff_id>/", staff_views.switch_staff, name="switch_staff"),
    path("settings/staff/<uuid:staff_id>/password/", staff_views.reset_password, name="reset_password"),
    path("settings/copies/", copies_page.copies, name="copies"),
    path("settings/keys/", keys_page.keys, name="keys"),
    path("settings/keys/<uuid:approval_id>/shares/", keys_page.shares, name="key_shares"),
    path("settings/staff/<uuid:staff_id>/factors/", staff_views.forget_factors, name="forget_factors"),
    path("settings/staff/<uuid:staff_id>/sessions/", staff_views.end_sessions, name="end_sessions"),
    path("posts/", people_views.posts, name="posts"),
    path("posts/new/<uuid:staff_id>/", people_views.new_post, name="new_post"),
    path("posts/<uuid:post_id>/end/", people_views.end, name="end_post"),
    path("ledger/", ledger_views.ledger, name="ledger"),
    path("policy/", policy_views.policy, name="policy"),
    path("policy/why/", policy_views.why, name="why"),
    path("about/", views.about, name="about"),
    path("api/openapi.json", openapi_views.openapi, name="openapi"),
    path("trust/", tls_views.trust, name="trust"),
    path("trust/ca.crt", tls_views.authority_file, name="trust_file"),
    path("language/", views.choose_language, name="language"),
    path("", include("yidang.ledger.urls")),
    path("", include("yidang.identity.urls")),
    path("", include("yidang.workflow.urls")),
    path("", include("yidang.intake.urls")),
    path("", include("yidang.holdings.urls")),
    path("", include("yidang.access.urls")),
    path("", include("yidang.access.filing_stamp.urls")),
    path("", include("yidang.access.lending.urls")),
    path("disposition/", include("yidang.disposition.urls")),
    path("api/v1/", include("yidang.collection.api_urls")),
    path("collection/", include("yidang.collection.urls")),
    path("quality/", include("yidang.quality.urls")),
    path("figures/", include("yidang.insight.urls")),
    path("duty/", include("yidang.duty.urls")),
    path("checks/", include("yidang.checks.urls")),
    path("api/v1/", include("yidang.claims.traces.api_urls")),
    path("api/v1/", include("yidang.oversight.precheck.api_urls")),
    path("claims/traces/", include("yidang.claims.traces.urls")),
    path("claims/", include("yidang.claims.urls")),
    path("oversight/", include("yidang.oversight.urls")),
    path("credit/", include("yidang.credit.urls")),
    path("storeroom/", include("yidang.storeroom.urls")),
]

handler400 = "yidang.site.views.bad_request"
handler403 = "yidang.site.views.permission_denied"
handler404 = "yidang.site.views.page_not_found"
handler500 = "yidang.site.views.server_error"
