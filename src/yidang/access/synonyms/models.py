"""Words that people ask with, and the bureau's own word for the same."""

import uuid

from django.db import models
from django.db.models import Q

from yidang.identity.models import Staff


class Synonym(models.Model):
    """Taken on from the analysis of use. Both words stand sealed: people ask with names too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.BinaryField(help_text="keyed, of the folded words asked with")
    sealed = models.BinaryField(help_text='sealed JSON {"words", "like"}')
    series = models.ForeignKey("holdings.Series", null=True, on_delete=models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=Q(ended_at__isnull=True), name="synonym_in_force_once")
        ]
