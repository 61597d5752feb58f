"""Stock-taking 盘点: what should be where, what was seen where, and what became of the difference."""

import uuid

from django.db import models

from yidang.identity.models import Staff
from yidang.storeroom.models.keeping import Place


class StockTake(models.Model):
    class State(models.TextChoices):
        COUNTING = "counting"
        COMPARED = "compared"
        SETTLED = "settled"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    with_contents = models.BooleanField(help_text="what lies in the boxes too, not the boxes alone")
    state = models.CharField(max_length=10, choices=State, default=State.COUNTING)
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    @property
    def name(self) -> str:
        return f"PD{self.opened_at:%Y}-{self.number}"


class Expectation(models.Model):
    """What the books said when counting began. Tags are those of the labels: `box:H000001`, `item:<uuid>`."""

    take = models.ForeignKey(StockTake, on_delete=models.CASCADE, related_name="expectations")
    tag = models.CharField(max_length=48)
    container = models.CharField(max_length=48)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["take", "tag"], name="stock_expectation_once")]


class Scan(models.Model):
    """The id is made on the phone, so that sending again adds nothing."""

    id = models.UUIDField(primary_key=True)
    take = models.ForeignKey(StockTake, on_delete=models.CASCADE, related_name="scans")
    tag = models.CharField(max_length=48)
    container = models.CharField(max_length=48)
    scanned_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    scanned_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["take", "scanned_at"], name="stock_scan_order")]


class Difference(models.Model):
    class Kind(models.TextChoices):
        MISSING = "missing"
        SURPLUS = "surplus"
        MISPLACED = "misplaced"

    class Settlement(models.TextChoices):
        PUT_RIGHT = "put_right"  # carried to where the books say
        BOOKED = "booked"  # the books follow what was seen
        FOUND = "found"  # it was there after all
        LOST = "lost"
        REMOVED = "removed"  # did not belong to the store

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    take = models.ForeignKey(StockTake, on_delete=models.CASCADE, related_name="differences")
    kind = models.CharField(max_length=10, choices=Kind)
    tag = models.CharField(max_length=48)
    expected = models.CharField(max_length=48, blank=True)
    seen = models.CharField(max_length=48, blank=True)
    settlement = models.CharField(max_length=10, choices=Settlement, blank=True)
    sealed_reason = models.BinaryField(null=True)
    settled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
