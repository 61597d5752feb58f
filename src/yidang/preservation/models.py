"""What was done for the copies: one row for each run, check, drill and scrub."""

import uuid

from django.db import models

from yidang.preservation.tiers.models import ColdObject, TierPolicy, TierRun

__all__ = ["ColdObject", "CopyDuty", "TierPolicy", "TierRun"]


class CopyDuty(models.Model):
    """`facts`: counts, times and codes of what is wrong; nothing of any record."""

    class Kind(models.TextChoices):
        RUN = "run"
        CHECK = "check"
        DRILL = "drill"
        SCRUB = "scrub"
        RESTORE = "restore"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    place = models.CharField(max_length=400, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    is_sound = models.BooleanField()
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["kind", "-started_at"], name="copy_duty_newest")]
