"""Which entries are one person: what the linkage doubts, what was merged, and how to undo it."""

import uuid

from django.db import models

from yidang.claims.models.parties import Enrolee
from yidang.identity.models import Staff


class LinkCandidate(models.Model):
    """Two enrolees that may be one, in the band that a person decides."""

    class State(models.TextChoices):
        OPEN = "open"
        SAME = "same"
        DIFFERENT = "different"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    left = models.ForeignKey(Enrolee, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Enrolee, on_delete=models.CASCADE, related_name="+")
    probability = models.FloatField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="link_candidate_once")]


class Merge(models.Model):
    """`gone` became `kept`; undone, each stands for itself again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Enrolee, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Enrolee, on_delete=models.PROTECT, related_name="+")
    sources = models.JSONField(default=list, help_text="ids of the source entries that moved")
    claims = models.JSONField(default=list, help_text="the settlements that moved")
    probability = models.FloatField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", help_text="none: the linkage")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=models.Q(undone_at__isnull=True), name="merged_into_one")
        ]
