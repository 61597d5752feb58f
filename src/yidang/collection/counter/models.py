"""Sittings at the counter, each one accession."""

from django.db import models

from yidang.collection.capture.models import Case


class Sitting(models.Model):
    """Pages taken in one go: of a new case, or for one that stands already."""

    accession = models.OneToOneField("intake.Accession", primary_key=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="sittings")
    pages = models.JSONField(default=dict, help_text="material (its place on the checklist) → pages taken so far")

    def taken(self, material: int) -> int:
        return int(self.pages.get(str(material), 0))

    @property
    def total(self) -> int:
        return sum(self.pages.values())
