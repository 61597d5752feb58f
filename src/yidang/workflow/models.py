"""What waits for whom: approvals, tasks, deadlines. What was told to whom stands in `outbox_models`."""

import uuid

from django.db import models
from django.db.models import F, Q

from yidang.identity.models import Department, Staff
from yidang.workflow.outbox_models import Address, Attempt, Choice, Delivery, DeliveryState, Notice

__all__ = [
    "Address",
    "Approval",
    "ApprovalState",
    "Attempt",
    "Choice",
    "Deadline",
    "Delivery",
    "DeliveryState",
    "Notice",
    "Task",
]


class ApprovalState(models.TextChoices):
    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Approval(models.Model):
    """Something one person wants and another must allow. Plan, reasons and the lines shown are sealed."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    asker = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="approvals_asked")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ApprovalState, default=ApprovalState.ASKED)
    digest = models.BinaryField(help_text="SM3 over a sealed salt and the lines of what would change when it was asked")
    sealed = models.BinaryField(help_text='sealed JSON {"plan", "reason", "salt": hex, "lines": [[what, old, new]]}')
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="approvals_decided")
    decided_at = models.DateTimeField(null=True)
    sealed_answer = models.BinaryField(null=True, help_text="sealed JSON: why it was refused")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="approval_never_by_its_asker", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asker"))
            ),
            models.CheckConstraint(
                name="approval_decided_by_somebody",
                condition=Q(state__in=["done", "refused"], decided_by__isnull=False, decided_at__isnull=False)
                | Q(state__in=["asked", "withdrawn", "expired"], decided_by__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(state="asked"), name="approval_open"),
            models.Index(fields=["asker", "-asked_at"], name="approval_of_asker"),
        ]


class Waiting(models.Model):
    """For whom: one person, or everybody with a permission, all over the house or in one department."""

    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True)
    subject_url = models.CharField(max_length=200)
    assignee = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    permission = models.CharField(max_length=40, blank=True)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Task(Waiting):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.PositiveIntegerField(null=True, help_text="the page of the subject it is about; null: all of it")
    not_for = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    opened_by = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="task_waits_for_somebody", condition=Q(assignee__isnull=False) | ~Q(permission="")
            ),
        ]
        indexes = [
            models.Index(fields=["assignee"], condition=Q(closed_at__isnull=True), name="task_open_for_person"),
            models.Index(fields=["permission"], condition=Q(closed_at__isnull=True), name="task_open_for_permission"),
            models.Index(fields=["subject"], condition=Q(subject__isnull=False), name="task_subject"),
        ]


class Deadline(Waiting):
    """A date that must not pass unnoticed. `days` are the reminders: negative before it, positive after."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    due_on = models.DateField()
    days = models.JSONField()
    next_on = models.DateField(null=True)
    task = models.OneToOneField(Task, null=True, on_delete=models.CASCADE, related_name="deadline")
    met_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deadline_reminds_somebody", condition=Q(assignee__isnull=False) | ~Q(permission="")
            ),
        ]
        indexes = [
            models.Index(fields=["next_on"], condition=Q(met_at__isnull=True), name="deadline_next"),
            models.Index(fields=["kind", "subject"], condition=Q(met_at__isnull=True), name="deadline_subject"),
        ]
