"""Emergency access: one person's records beyond the own department, for hours, with a reason."""

import uuid

from django.db import models


class BrokenGlass(models.Model):
    """`person` is the keyed digest of the ID number, as scope rows have it; `reason` and `remark` are sealed."""

    class Verdict(models.TextChoices):
        OPEN = "open"
        JUSTIFIED = "justified"
        UNJUSTIFIED = "unjustified"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey("identity.Staff", on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=64)
    reason = models.BinaryField()
    broken_at = models.DateTimeField()
    until = models.DateTimeField()
    verdict = models.CharField(max_length=16, choices=Verdict, default=Verdict.OPEN)
    remark = models.BinaryField(null=True)
    reviewed_by = models.ForeignKey("identity.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["staff", "until"], name="glass_of_staff")]
