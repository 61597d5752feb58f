"""Data sets asked for, weighed, allowed and handed out; pseudonyms led back."""

import uuid

from django.db import models

from yidang.identity.models import Staff


class Release(models.Model):
    """One data set. Purpose and recipient are sealed; the plan names series, years, columns, treatments, no person."""

    class State(models.TextChoices):
        WEIGHED = "weighed"
        ASKED = "asked"
        ALLOWED = "allowed"
        ENDED = "ended"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    plan = models.JSONField()
    risk = models.JSONField(help_text="counts of releases.risk.Risk, and what was scrubbed and withheld")
    digest = models.BinaryField(help_text="SM3 of the rows as weighed: what leaves is what was allowed")
    state = models.CharField(max_length=10, choices=State, default=State.WEIGHED)
    sealed = models.BinaryField(help_text='sealed JSON {"title", "purpose", "recipient"}')
    sealed_key = models.BinaryField(null=True, help_text="leads pseudonyms back; null when no column is reversible")
    sealed_digest_key = models.BinaryField(null=True, help_text="thrown away when the data set was handed out")
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    allowed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    allowed_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="release_allowed_by_another",
                condition=models.Q(allowed_by__isnull=True) | ~models.Q(allowed_by=models.F("asked_by")),
            )
        ]

    def __str__(self) -> str:
        return f"R{self.number}"


class LedBack(models.Model):
    """A pseudonym that two persons led back to its value; shown to who asked, until it is forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="led_back")
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed = models.BinaryField(help_text='sealed JSON {"pseudonym", "kind", "value"}')

    def __str__(self) -> str:
        return str(self.id)
