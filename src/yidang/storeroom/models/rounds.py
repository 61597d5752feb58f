"""Rounds of inspection 八防检查: answers to the checklist, photographs, findings and their cure."""

import uuid

from django.db import models

from yidang.identity.models import Staff
from yidang.storeroom.models.keeping import Place


class Round(models.Model):
    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rounds")
    checklist = models.CharField(max_length=24, help_text="version of data/eight_protections.toml")
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    @property
    def name(self) -> str:
        return f"XJ{self.opened_at:%Y}-{self.number}"


class Answer(models.Model):
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    point = models.CharField(max_length=32)
    is_good = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "point"], name="round_answer_once")]


class Finding(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="findings")
    point = models.CharField(max_length=32)
    sealed = models.BinaryField()
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    found_at = models.DateTimeField()
    cured_at = models.DateTimeField(null=True)
    cured_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    sealed_cure = models.BinaryField(null=True)


class Photo(models.Model):
    """Evidence of a finding or of its cure: sealed bytes, without what a camera writes beside the picture."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="photos")
    is_of_cure = models.BooleanField(default=False)
    sealed = models.BinaryField()
    taken_at = models.DateTimeField()
