from django.urls import path

from yidang.workflow.views import approvals, notices, outbox, preferences, tasks

app_name = "workflow"

urlpatterns = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<uuid:approval_id>/", approvals.approval, name="approval"),
    path("approvals/<uuid:approval_id>/approve/", approvals.approve, name="approve"),
    path("approvals/<uuid:approval_id>/refuse/", approvals.refuse, name="refuse"),
    path("approvals/<uuid:approval_id>/withdraw/", approvals.withdraw, name="withdraw"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_notices, name="read_notices"),
    path("notices/<uuid:notice_id>/", notices.open_notice, name="open_notice"),
    path("settings/notices/", preferences.preferences, name="preferences"),
    path("settings/notices/address/", preferences.address, name="address"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<uuid:delivery_id>/resend/", outbox.resend, name="resend"),
    path("outbox/webhooks/", outbox.add_webhook, name="add_webhook"),
    path("outbox/webhooks/<uuid:address_id>/remove/", outbox.remove_webhook, name="remove_webhook"),
]
