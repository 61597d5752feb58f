"""Counts of the whole archive at a moment, and what a person adds to the yearly table."""

from django.db import models

from yidang.identity.models import Staff


class Snapshot(models.Model):
    """Counted by the keeper, so that a page of figures reads one row however many records there are."""

    made_at = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        ordering = ["-made_at"]


class YearlyEntry(models.Model):
    """A line of the yearly table that no record tells: floor area, staff, equipment."""

    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "code"], name="yearly_entry_once")]
