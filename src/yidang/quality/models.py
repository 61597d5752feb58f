"""Doubts about records, figures of filing, samples that were compared, and what is being put right."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from yidang.identity.models import Staff


class FindingState(models.TextChoices):
    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CURED = "cured"  # a later version of the record no longer shows it


class Finding(models.Model):
    """疑点: what a rule doubts of a record. A person confirms or dismisses it, with a reason."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey("holdings.Item", on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=24)
    key = models.CharField(max_length=80, help_text="tells it from its like on the same record")
    page = models.PositiveIntegerField(null=True)
    facts = models.JSONField(default=dict, help_text="numbers, codes and 档号; nobody's name")
    sealed_evidence = models.BinaryField(null=True)
    rules_version = models.PositiveSmallIntegerField()
    item_version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=FindingState, default=FindingState.OPEN)
    found_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    sealed_reason = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "key"], name="finding_once"),
            models.CheckConstraint(
                name="finding_decided_by_somebody",
                condition=~Q(state__in=["confirmed", "dismissed"]) | Q(decided_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "kind", "-number"], name="finding_board")]


class Look(models.Model):
    """How far a record was looked at."""

    item = models.OneToOneField(
        "holdings.Item", primary_key=True, on_delete=models.CASCADE, related_name="quality_look"
    )
    item_version = models.PositiveIntegerField()
    rules_version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()


class Progress(models.Model):
    """How far the outbox of the holdings was read, and under which rules."""

    name = models.CharField(primary_key=True, max_length=16)
    watermark = models.BigIntegerField(default=0)


class PagePrint(models.Model):
    """Keyed bands of a page's words: pages of one sheet share at least one. They tell nothing without the key."""

    item = models.ForeignKey("holdings.Item", on_delete=models.CASCADE, related_name="page_prints")
    page = models.PositiveIntegerField()
    bands = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "page"], name="page_print_once")]
        indexes = [GinIndex(fields=["bands"], name="page_print_bands")]


class Setting(models.Model):
    """A threshold as the bureau set it; the packaged row stands before the first of them."""

    code = models.CharField(max_length=24)
    value = models.DecimalField(max_digits=9, decimal_places=6)
    effective_from = models.DateField()
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class DeclaredMissing(models.Model):
    """What somebody knows to be owed and never came. The reason is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quarter = models.CharField(max_length=6)
    institution = models.CharField(max_length=20, blank=True)
    process = models.CharField(max_length=16)
    count = models.PositiveIntegerField()
    sealed_reason = models.BinaryField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)


class Rate(models.Model):
    """Owed and filed of one institution and business step in one quarter, as last counted."""

    quarter = models.CharField(max_length=6)
    institution = models.CharField(max_length=20, blank=True)
    process = models.CharField(max_length=16)
    received = models.PositiveIntegerField()
    filed = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    expected = models.PositiveIntegerField(null=True, help_text="by the submission calendar; none where it is silent")
    owed = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quarter", "institution", "process"], name="rate_once")]


class SampleState(models.TextChoices):
    COMPARING = "comparing"
    WIDENED = "widened"  # too much was wrong: more is being compared
    COMPARED = "compared"


class Sample(models.Model):
    """A random sample of what was filed in one quarter and series. Seed and frame are kept: it can be drawn again."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    quarter = models.CharField(max_length=6)
    series = models.ForeignKey("holdings.Series", on_delete=models.PROTECT, related_name="+")
    plan = models.CharField(max_length=16)
    seed = models.CharField(max_length=64)
    frame = models.BinaryField(help_text="16 bytes for each record drawn from, in order of their ids")
    frame_digest = models.CharField(max_length=64)
    lot = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=SampleState, default=SampleState.COMPARING)
    threshold = models.DecimalField(max_digits=9, decimal_places=6)
    drawn_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quarter", "series"], name="sample_once")]

    @property
    def name(self) -> str:
        return f"CY{self.quarter}-{self.number}"


class SampleItem(models.Model):
    """One record of a sample. `item` is no foreign key: what was found stays when the record ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="rows")
    ordinal = models.PositiveIntegerField()
    item = models.UUIDField(db_index=True)
    reference_code = models.CharField(max_length=80)
    round = models.PositiveSmallIntegerField(default=1)
    reviewer = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    compared_at = models.DateTimeField(null=True)
    compared = models.PositiveIntegerField(default=0, help_text="fields")
    wrong = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "ordinal"], name="sample_ordinal"),
            models.UniqueConstraint(fields=["sample", "item"], name="sample_item_once"),
        ]


class FieldCheck(models.Model):
    """A reviewer's word on one field. What should stand there is sealed."""

    row = models.ForeignKey(SampleItem, on_delete=models.CASCADE, related_name="checks")
    key = models.CharField(max_length=32)
    is_right = models.BooleanField()
    sealed_note = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "key"], name="field_check_once")]


class CaseState(models.TextChoices):
    OPENED = "case_opened"
    CURE = "cure_handed_in"
    RETURNED = "cure_returned"
    ACCEPTED = "cure_accepted"
    CLOSED = "case_closed"


class Case(models.Model):
    """整改: something to be put right, by whom, by when, and what shows that it was."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=120, help_text="what it is about, in words that name nobody")
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True, help_text="the list behind it")
    state = models.CharField(max_length=16, choices=CaseState, default=CaseState.OPENED)
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    deadline = models.DateField()
    opened_by = models.CharField(max_length=40, help_text="staff id, or system:<component>")
    opened_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(closed_at__isnull=True), name="case_open_once"
            ),
            models.CheckConstraint(
                name="cure_accepted_by_another", condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("owner"))
            ),
        ]
        indexes = [models.Index(fields=["state", "deadline"], name="case_board")]

    @property
    def name(self) -> str:
        return f"ZG{self.opened_at:%Y}-{self.number}"


class CaseStep(models.Model):
    """One step on a case's way, with its words and the file that was handed in, both sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=16)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed_words = models.BinaryField(null=True)
    sealed_file = models.BinaryField(null=True)
    media_type = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["at"]
