"""What has come in and what became of it."""

import uuid

from django.db import models


class AccessionState(models.TextChoices):
    RECEIVING = "receiving"  # files may still be added
    PROCESSING = "processing"
    DONE = "done"  # every file has reached its outcome


class Accession(models.Model):
    """接收: one batch handed over, with its receipt."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True, help_text="e.g. A2026-0001")
    series = models.ForeignKey("holdings.Series", on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=AccessionState, default=AccessionState.RECEIVING)
    channel = models.CharField(max_length=12, help_text="browser or cli")
    actor = models.CharField(max_length=40)
    has_catalogue = models.BooleanField(default=False)
    column_mapping = models.JSONField(null=True, help_text="catalogue column → description field")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="when the last file was received")
    done_at = models.DateTimeField(null=True)
    receipt_digest = models.BinaryField(null=True)


class FileOutcome(models.TextChoices):
    """Every received file ends in exactly one of the last four; a container only unfolds into its members."""

    UPLOADING = "uploading"
    RECEIVED = "received"
    UNFOLDED = "unfolded"  # a ZIP or a catalogue: kept with the accession, not counted
    READING = "reading"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"


class ReceivedFile(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    accession = models.ForeignKey(Accession, on_delete=models.CASCADE, related_name="files")
    container = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveIntegerField(help_text="order of receipt")
    path = models.BinaryField(help_text="sealed relative path as received")
    path_digest = models.BinaryField(help_text="keyed digest of the path: one file per path and container")
    size = models.BigIntegerField(default=0)
    received_bytes = models.BigIntegerField(default=0)
    staged = models.CharField(max_length=80, blank=True, help_text="preservation.staging id")
    digest = models.BinaryField(null=True, db_index=True, help_text="HMAC-SM3 of the bytes' SM3 under the duplicates key")
    outcome = models.CharField(max_length=12, choices=FileOutcome, default=FileOutcome.UPLOADING)
    code = models.CharField(max_length=40, blank=True, help_text="error code, a key of messages.toml")
    facts = models.BinaryField(null=True, help_text="sealed JSON of the facts the message needs")
    item = models.ForeignKey("holdings.Item", null=True, on_delete=models.SET_NULL, related_name="received_files")
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["accession", "outcome"], name="received_outcome")]


class CatalogueRow(models.Model):
    """One row of the accession's catalogue 目录 and the item it became."""

    accession = models.ForeignKey(Accession, on_delete=models.CASCADE, related_name="rows")
    file = models.ForeignKey(ReceivedFile, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="row number as a spreadsheet shows it")
    values = models.BinaryField(help_text="sealed JSON")
    item = models.ForeignKey("holdings.Item", null=True, on_delete=models.SET_NULL)
    code = models.CharField(max_length=40, blank=True)
    facts = models.BinaryField(null=True)


class ColumnMapping(models.Model):
    """A catalogue's columns, mapped once and remembered by the digest of its header row."""

    header_digest = models.BinaryField(primary_key=True)
    mapping = models.JSONField()
    saved_at = models.DateTimeField()
