"""The rows of the log. The truth is the files under `home/ledger`; the rows carry what waits to be written there."""

from django.db import models
from django.db.models import Q


class LedgerEntry(models.Model):
    """One event. `entry` is what the log commits to; other columns repeat it for queries, and verify checks them."""

    id = models.UUIDField(
        primary_key=True, editable=False, help_text="time-ordered, so that it is also the order of append"
    )
    position = models.BigIntegerField(null=True, help_text="index in the log; null until sequenced")
    action = models.CharField(max_length=40)
    actor = models.CharField(max_length=64)
    subject = models.UUIDField(null=True)
    at = models.DateTimeField()
    entry = models.BinaryField(help_text="canonical JSON, at most 65,535 bytes")
    leaf = models.BinaryField(help_text="SM3(0x00 ‖ entry)")
    private = models.BinaryField(null=True, help_text='sealed JSON {"salt": hex, "facts": {…}} the entry commits to')

    class Meta:
        db_table = "ledger_entry"
        constraints = [
            models.UniqueConstraint(
                fields=["position"], condition=Q(position__isnull=False), name="ledger_position_once"
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(position__isnull=True), name="ledger_waiting"),
            models.Index(fields=["subject", "id"], condition=Q(subject__isnull=False), name="ledger_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.id}"


class LedgerCheckpoint(models.Model):
    """Every checkpoint ever published, beside the file of the same: a log rolled back in its files is noticed."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ledger_checkpoint"

    def __str__(self) -> str:
        return str(self.size)
