"""Approved policies, runs with their progress, and what stands in the cold store with its bytes."""

import uuid

from django.db import models


class TierPolicy(models.Model):
    """`rows` as `rules.Rule.to_json`. Before the first, nothing is moved."""

    number = models.BigAutoField(primary_key=True)
    rows = models.JSONField()
    effective_from = models.DateField()
    asked_by = models.UUIDField()
    approved_by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="tier_policy_by_two", condition=~models.Q(asked_by=models.F("approved_by")))
        ]


class TierRun(models.Model):
    """`wanted`: ids still to be recalled, of a recall; progress is `done` of `total`."""

    class Kind(models.TextChoices):
        POLICY = "policy"
        RECALL = "recall"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    actor = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    cooled = models.PositiveIntegerField(default=0)
    recalled = models.PositiveIntegerField(default=0)
    bytes = models.BigIntegerField(default=0)
    wanted = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-started_at"], name="tier_run_newest")]


class ColdObject(models.Model):
    """A projection of the places, so that bytes are told without walking the store."""

    object_id = models.UUIDField(primary_key=True)
    size = models.BigIntegerField()
    since = models.DateTimeField()
