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


class Turned(models.Model):
    """Something whose reading is begun, and may end its reader; see `intake.turns`."""

    attempts = models.PositiveSmallIntegerField(default=0, help_text="times begun under the present supervisor")
    begun = models.PositiveSmallIntegerField(default=0, help_text="times begun in all")
    run = models.CharField(max_length=40, blank=True, help_text="the supervisor under which `attempts` counts")

    class Meta:
        abstract = True


class FileKind(models.TextChoices):
    """What a file is to the accession. Only documents are counted, and what turned out to be unusable."""

    DOCUMENT = "document"
    ARCHIVE = "archive"  # a ZIP: unfolds into its members
    SHEET = "sheet"  # a CSV, XLS or XLSX: may be the catalogue
    CATALOGUE = "catalogue"  # a sheet of which the person said that it is the catalogue


class FileOutcome(models.TextChoices):
    """Every received file ends in exactly one of the last five; a container only unfolds into its members."""

    UPLOADING = "uploading"
    RECEIVED = "received"
    READING = "reading"  # part of an item whose pages are being read
    UNFOLDED = "unfolded"  # a ZIP or a catalogue that was used: kept with the accession, not counted
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    DISCARDED = "discarded"  # by a person, with a reason, out of quarantine


class ReceivedFile(Turned):
    """One file as handed over. Its name stands only in `about`, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    accession = models.ForeignKey(Accession, on_delete=models.CASCADE, related_name="files")
    container = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveIntegerField(help_text="order of receipt")
    kind = models.CharField(max_length=12, choices=FileKind, default=FileKind.DOCUMENT)
    about = models.BinaryField(help_text="sealed JSON: path as received, sm3 of the bytes once known")
    path_digest = models.BinaryField(help_text="keyed digest of the path: one file per path and container")
    size = models.BigIntegerField(default=0)
    received_bytes = models.BigIntegerField(default=0)
    staged = models.CharField(max_length=80, blank=True, help_text="preservation.staging id")
    digest = models.BinaryField(
        null=True, db_index=True, help_text="HMAC-SM3 of the bytes' SM3 under the duplicates key"
    )
    outcome = models.CharField(max_length=12, choices=FileOutcome, default=FileOutcome.UPLOADING)
    group = models.PositiveIntegerField(null=True, help_text="files of one group become one item; set when planned")
    ordinal = models.PositiveIntegerField(default=0, help_text="place of the file in its group")
    code = models.CharField(max_length=40, blank=True, help_text="error code, a key of messages.toml")
    facts = models.BinaryField(null=True, help_text="sealed JSON of the facts the message needs")
    item = models.ForeignKey("holdings.Item", null=True, on_delete=models.SET_NULL, related_name="received_files")
    is_vouched = models.BooleanField(default=False, help_text="a person looked at it and wants it as it is")
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["accession", "container", "path_digest"], name="received_path_once", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(fields=["accession", "outcome"], name="received_outcome"),
            models.Index(fields=["accession", "group"], name="received_group"),
            # Every page shows how many wait in quarantine: a few of a million.
            models.Index(fields=["accession"], name="received_quarantined", condition=models.Q(outcome="quarantined")),
        ]


class ContentClaim(models.Model):
    """Who holds these bytes: the unique row that makes two receptions of the same bytes find each other."""

    digest = models.BinaryField(primary_key=True)
    file = models.ForeignKey(ReceivedFile, on_delete=models.CASCADE, related_name="claims")


class CatalogueRow(models.Model):
    """One row of the accession's catalogue 目录 and the item it became."""

    accession = models.ForeignKey(Accession, on_delete=models.CASCADE, related_name="rows")
    file = models.ForeignKey(ReceivedFile, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="row number as a spreadsheet shows it")
    values = models.BinaryField(help_text="sealed JSON: description field → text")
    group = models.PositiveIntegerField(null=True, help_text="the group of files it describes; none: paper only")
    item = models.ForeignKey("holdings.Item", null=True, on_delete=models.SET_NULL)
    code = models.CharField(max_length=40, blank=True)
    facts = models.BinaryField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="catalogue_row_once")]


class ColumnMapping(models.Model):
    """A catalogue's columns, mapped once and remembered by the digest of its header row."""

    header_digest = models.BinaryField(primary_key=True)
    mapping = models.JSONField()
    saved_at = models.DateTimeField()


class PageTurn(Turned):
    """How often the reading of a page was begun: a page that ends its reader three times is given to a person."""

    page = models.UUIDField(primary_key=True)


class PageMark(models.Model):
    """A separator sheet or an item barcode seen on a page while it was read."""

    page = models.UUIDField(primary_key=True)
    accession = models.ForeignKey(Accession, on_delete=models.CASCADE, related_name="marks")
    is_separator = models.BooleanField(help_text="the sheet itself is no page of the record")
    value = models.BinaryField(help_text="sealed text of the code")
