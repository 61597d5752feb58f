"""Tables of the knowledge base as they were imported. They hold codes and numbers, nothing of any person."""

import uuid

from django.db import models

from yidang.identity.models import Staff


class KnowledgeVersion(models.Model):
    """One table, or one kind of its rows, as one file said it; never changed.

    In force from `effective_from` until the day of a later version that speaks of the same rows.
    """

    class State(models.TextChoices):
        DRAFT = "draft"  # looked at, not read by any rule
        IN_FORCE = "in_force"
        DISCARDED = "discarded"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    table = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, blank=True, help_text="of its rows alone; blank: of the whole table")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    effective_from = models.DateField()
    source = models.CharField(max_length=200)
    rows = models.JSONField()
    quarantined = models.JSONField(default=list, help_text="[{row, code, field}] of the rows that stayed out")
    difference = models.JSONField(default=dict, help_text="against the version before: {added, removed, changed}")
    verified = models.BooleanField(default=False, help_text="compared with the official print by another person")
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()
    verified_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["table", "state", "effective_from"], name="oversight_knowledge")]

    @property
    def name(self) -> str:
        return f"ZSK{self.imported_at:%Y}-{self.number}"
