"""The rows of the log. The truth is the files under `home/ledger`; the rows carry what waits to be written there.

An entry is written once and never touched again: where it stands in the log, and whether it still waits for a place,
are rows of their own. That is twice as fast as changing the entry, and leaves no dead copies of it.
"""

from django.db import models
from django.db.models import Q


class LedgerEntry(models.Model):
    """One event. `entry` is what the log commits to; other columns repeat it for queries, and verify checks them."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="time-ordered: also the order of append")
    action = models.CharField(max_length=40)
    actor = models.CharField(max_length=64)
    subject = models.UUIDField(null=True)
    at = models.DateTimeField()
    entry = models.BinaryField(help_text="canonical JSON, at most 65,535 bytes")
    private = models.BinaryField(null=True, help_text='sealed JSON {"salt": hex, "facts": {…}} the entry commits to')

    class Meta:
        db_table = "ledger_entry"
        indexes = [models.Index(fields=["subject", "id"], condition=Q(subject__isnull=False), name="ledger_subject")]

    def __str__(self) -> str:
        return f"{self.action} {self.id}"


class LedgerPosition(models.Model):
    """Which entry stands where in the log."""

    position = models.BigIntegerField(primary_key=True)
    # No constraint in the database: a missing entry is for verify to name, not for PostgreSQL to refuse.
    entry = models.OneToOneField(LedgerEntry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="place")

    class Meta:
        db_table = "ledger_position"

    def __str__(self) -> str:
        return str(self.position)


class LedgerWaiting(models.Model):
    """An entry committed and not yet given its position; the row goes when the position comes."""

    id = models.UUIDField(primary_key=True)

    class Meta:
        db_table = "ledger_waiting"

    def __str__(self) -> str:
        return str(self.id)


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


class LedgerStatement(models.Model):
    """A statement given out. What it says may name a person, so it stands sealed; its number and digest do not."""

    number = models.CharField(primary_key=True, max_length=20)
    kind = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    digest = models.BinaryField(unique=True, help_text="SM3 of the signed bytes, as the ledger has it")
    body = models.BinaryField(null=True, help_text="the signed bytes, sealed; null when only the ledger survived")
    entry = models.UUIDField(help_text="the ledger entry of its issue")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revocation = models.CharField(max_length=20, blank=True, help_text="why, as a code")
    revocation_entry = models.UUIDField(null=True)

    class Meta:
        db_table = "ledger_statement"
        indexes = [
            models.Index(fields=["subject"], condition=Q(subject__isnull=False), name="ledger_statement_subject"),
            models.Index(fields=["-issued_at"], name="ledger_statement_newest"),
            models.Index(fields=["revoked_at"], condition=Q(revoked_at__isnull=False), name="ledger_statement_revoked"),
        ]

    def __str__(self) -> str:
        return self.number
