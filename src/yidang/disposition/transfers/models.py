"""One transfer and its lines. Names of the receiver's people are sealed; institutions stand in clear."""

import uuid

from django.db import models
from django.db.models import F, Q

from yidang.identity.models import Staff


class TransferState(models.TextChoices):
    PROPOSED = "proposed"
    APPROVED = "approved"  # by the head; the package is being made
    PACKED = "packed"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"
    WITHDRAWN = "transfer_withdrawn"


class Transfer(models.Model):
    class Kind(models.TextChoices):
        STATE_ARCHIVE = "state_archive"
        BUREAU = "bureau"

    class Keeping(models.TextChoices):
        """What the bureau does with its own records once the receiver has them."""

        KEEP = "keep"
        TOMBSTONE = "tombstone"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=14, choices=Kind)
    receiver = models.CharField(max_length=120, help_text="the institution's name")
    form = models.CharField(max_length=8, help_text="eep, eark, bagit or ocfl: of each record's package")
    keeping = models.CharField(max_length=10, choices=Keeping, default=Keeping.KEEP)
    state = models.CharField(max_length=20, choices=TransferState, default=TransferState.PROPOSED)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    report_digest = models.CharField(max_length=64, blank=True, help_text="SM3 of the four-nature report inside")
    packed_at = models.DateTimeField(null=True)
    package_sha512 = models.CharField(max_length=128, blank=True)
    package_size = models.BigIntegerField(default=0)
    problem = models.CharField(max_length=60, blank=True, help_text="code of why no package could be made")
    handed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField(null=True)
    medium = models.CharField(max_length=8, blank=True, help_text="online or offline")
    sealed_receipt = models.BinaryField(null=True, help_text='sealed JSON {"signer", "remark"}')
    receipt_number = models.CharField(max_length=80, blank=True)
    received_on = models.DateField(null=True)
    receipt_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="transfer_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="transfer_packed_when_approved",
                condition=Q(packed_at__isnull=True) | Q(approved_by__isnull=False),
            ),
        ]

    @property
    def name(self) -> str:
        return f"YJ{self.proposed_at:%Y}-{self.number}"


class TransferItem(models.Model):
    """One line, in words that name nobody. `item` is no foreign key: the list outlives the record."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="lines")
    ordinal = models.PositiveIntegerField()
    item = models.UUIDField(db_index=True)
    reference_code = models.CharField(max_length=80)
    series = models.ForeignKey("holdings.Series", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=8)
    document_type = models.CharField(max_length=40, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    file_count = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    is_open = models.BooleanField(default=True, help_text="the transfer is under way")
    is_ended = models.BooleanField(default=False, help_text="buried after the receipt")

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(is_open=True), name="transfer_of_one_at_a_time"),
        ]
