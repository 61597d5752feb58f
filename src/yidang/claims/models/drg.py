"""Grouping schemes that were imported: lists of codes, nothing of any person."""

import uuid

from django.db import models

from yidang.identity.models import Staff


class DrgScheme(models.Model):
    """One version of one scheme. It is never changed: other tables are another version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    verified = models.CharField(max_length=200, blank=True, help_text="who compared it with the official print, when")
    effective_from = models.DateField()
    approved_by = models.CharField(max_length=100, blank=True)
    tables = models.JSONField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["-effective_from", "-imported_at"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="drg_scheme_version_once")]
