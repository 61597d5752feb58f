"""基金结算清单 with what hangs on it, as it stands now; how it came to stand so is in its events.

The rows of bulk imports carry no foreign-key constraints: the import checks them all at once, in the order of a COPY.
"""

import uuid

from django.db import models

from yidang.claims.models.parties import Enrolee, Provider
from yidang.identity.models import Staff


class Visit(models.TextChoices):
    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"
    EMERGENCY = "emergency"
    PHARMACY = "pharmacy"
    INTERNET = "internet"


class Encounter(models.Model):
    """就诊, by the number the national interface gives it."""

    number = models.CharField(primary_key=True, max_length=40)
    person = models.ForeignKey(
        Enrolee,
        to_field="person",
        db_column="person",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    provider = models.ForeignKey(Provider, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    visit = models.CharField(max_length=10, choices=Visit)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class Settlement(models.Model):
    """One settlement; `claim` is its number when it is digits, else a digest of it.

    `fees` are the 14 categories, {"1": [amount, 甲, 乙, 自费, 其他], …} in fen; `funds` the split by the interface's
    own field names.

    `sealed` holds {"main", "drg", "diagnoses": [{seq, code, is_main, condition}], "operations": [{seq, code, at,
    doctor, session}]}: what was wrong with a person stands nowhere else in this database.
    """

    claim = models.BigIntegerField(primary_key=True)
    number = models.CharField(max_length=40, help_text="setl_id as it came")
    person = models.ForeignKey(
        Enrolee,
        to_field="person",
        db_column="person",
        db_index=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    provider = models.ForeignKey(
        Provider, db_index=False, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    encounter = models.CharField(max_length=40, blank=True)
    visit = models.CharField(max_length=10, choices=Visit)
    admitted_at = models.DateTimeField(null=True)
    discharged_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField()
    department = models.CharField(max_length=20, blank=True)
    doctor = models.CharField(max_length=20, blank=True)
    scheme = models.CharField(max_length=3, blank=True)
    region = models.CharField(max_length=6, blank=True)
    discharge_way = models.PositiveSmallIntegerField(null=True)
    total_fen = models.BigIntegerField()
    fund_fen = models.BigIntegerField()
    own_fen = models.BigIntegerField()
    fees = models.JSONField(default=dict)
    funds = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    reversed = models.BooleanField(default=False)
    lines = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    digest = models.UUIDField(help_text="of header and lines, to know the same content again")
    batch = models.ForeignKey(
        "claims.Import", db_index=False, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["-settled_at", "-claim"], name="settlement_newest"),
            models.Index(fields=["provider", "-settled_at"], name="settlement_of_provider"),
        ]


class SettlementEvent(models.Model):
    """What happened to a settlement after it came. `sealed` is what stood before.

    RECOVERED: a decision that two signed took `amount_fen` of the fund's part back; RESTORED: it fell, by the word of
    two, and gave so much back. A trigger lets no other UPDATE touch what was paid.
    """

    class Kind(models.TextChoices):
        CORRECTED = "corrected"
        REVERSED = "reversed"
        RECOVERED = "recovered"
        RESTORED = "restored"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    settlement = models.ForeignKey(
        Settlement, db_column="claim", on_delete=models.DO_NOTHING, db_constraint=False, related_name="events"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    version = models.PositiveIntegerField(help_text="the version it made")
    at = models.DateTimeField()
    batch = models.ForeignKey(
        "claims.Import", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField(null=True)
    decision = models.CharField(max_length=40, blank=True, help_text="number of the case")
    approval = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True, help_text="sealed JSON of header and lines before")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "version"], name="settlement_version_once"),
            models.CheckConstraint(
                name="settlement_recovered_by_two",
                condition=~models.Q(kind__in=["recovered", "restored"])
                | models.Q(asked_by__isnull=False, by__isnull=False, approval__isnull=False, amount_fen__gt=0)
                & ~models.Q(asked_by=models.F("by")),
            ),
        ]


class Line(models.Model):
    """One line of the fee list."""

    class Class(models.TextChoices):
        DRUG = "drug"
        HERB = "herb"
        SERVICE = "service"
        MATERIAL = "material"

    line = models.BigIntegerField(primary_key=True)
    settlement = models.ForeignKey(
        Settlement, db_column="claim", on_delete=models.DO_NOTHING, db_constraint=False, related_name="fee_lines"
    )
    served_at = models.DateTimeField()
    item = models.CharField(max_length=30)
    kind = models.CharField(max_length=8, choices=Class, db_column="class")
    fee_category = models.PositiveSmallIntegerField()
    quantity = models.FloatField()
    unit_price_fen = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    days_supply = models.IntegerField(null=True)
    daily_dose = models.FloatField(null=True)
    prescription = models.BigIntegerField(null=True)
    doctor = models.CharField(max_length=20, blank=True)
    department = models.CharField(max_length=20, blank=True)
    trace = models.CharField(max_length=100, blank=True)
    reversed = models.BooleanField(default=False)


class Prescription(models.Model):
    """处方: its lines carry its number."""

    number = models.BigIntegerField(primary_key=True)
    settlement = models.ForeignKey(
        Settlement, db_column="claim", on_delete=models.DO_NOTHING, db_constraint=False, related_name="prescriptions"
    )
    doctor = models.CharField(max_length=20, blank=True)
    prescribed_at = models.DateTimeField()


class ClinicalExtract(models.Model):
    """What rules need of the stay, sealed whole: {"orders", "results", "leaves", "vitals"}."""

    settlement = models.OneToOneField(
        Settlement,
        primary_key=True,
        db_column="claim",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    sealed = models.BinaryField()
