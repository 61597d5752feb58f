"""What `access` keeps: doubts about use, data sets that left, what persons ask, saved views."""

import uuid

from django.db import models
from django.db.models import Q

from yidang.access.lending.models import CertifiedCopy, Loan, LoanItem, LoanStep, Use, UseAnalysis
from yidang.access.releases.models import LedBack, Release
from yidang.access.requests.models import ImpactAssessment, LeakNotice, PersonRequest
from yidang.access.saved.models import SavedView
from yidang.access.synonyms.models import Synonym
from yidang.identity.models import Staff

__all__ = [
    "CertifiedCopy",
    "ImpactAssessment",
    "LeakNotice",
    "LedBack",
    "Loan",
    "LoanItem",
    "LoanStep",
    "PersonRequest",
    "Release",
    "SavedView",
    "Synonym",
    "Use",
    "UseAnalysis",
    "UseDay",
    "UseDoubt",
]


class UseDoubt(models.Model):
    """疑点: something unusual in one person's use of records on one day. A machine's remark until a person decides.

    `facts` are counts and thresholds in clear, `evidence` the first entries of the ledger it rests on.
    """

    class State(models.TextChoices):
        OPEN = "open"
        EXPLAINED = "explained"
        CONFIRMED = "confirmed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(max_length=32)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    facts = models.JSONField()
    evidence = models.JSONField(help_text="ids of ledger entries")
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    sealed_note = models.BinaryField(null=True, help_text="sealed JSON: why it was decided so")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "staff", "day"], name="use_doubt_once_a_day"),
            models.CheckConstraint(
                name="use_doubt_decided_by_another",
                condition=Q(state="open", decided_by__isnull=True)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=models.F("staff"))),
            ),
        ]
        indexes = [models.Index(fields=["state", "-day"], name="use_doubt_open")]

    def __str__(self) -> str:
        return f"{self.rule} {self.day}"


class UseDay(models.Model):
    """How much one person used records on one day: the measure by which a later day is unusual."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    records = models.PositiveIntegerField(help_text="different records opened")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "day"], name="use_day_once")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.day}"
