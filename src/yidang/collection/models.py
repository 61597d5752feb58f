"""Who owes what by when, what came, who was chased; business systems and the cases they file."""

import uuid

from django.db import models
from django.db.models import Q

from yidang.collection.capture.models import BusinessSystem, Case, CaseMaterial
from yidang.collection.counter.models import Sitting
from yidang.collection.rules import Every, Shift
from yidang.identity.models import Staff

__all__ = [
    "BusinessSystem",
    "Case",
    "CaseMaterial",
    "ChangesSeen",
    "Holiday",
    "Institution",
    "Letter",
    "LetterLine",
    "Obligation",
    "Ower",
    "Receipt",
    "Requirement",
    "Sitting",
]


class Institution(models.Model):
    """A body that hands in: 定点医药机构 or another unit. Its code and name are public, whom to reach there is not."""

    class Kind(models.TextChoices):
        HOSPITAL = "hospital"
        PHARMACY = "pharmacy"
        UNIT = "unit"

    code = models.CharField(primary_key=True, max_length=20, help_text="医保 code of the institution, or credit code")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HOSPITAL)
    is_active = models.BooleanField(default=True)
    sealed_contact = models.BinaryField(null=True, help_text='sealed JSON {"person", "phone", "address"}')

    class Meta:
        ordering = ["code"]


class Requirement(models.Model):
    """报送要求: what is owed again and again, of which series, and until which day after each period."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    series = models.ForeignKey("holdings.Series", on_delete=models.PROTECT, related_name="+")
    every = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Every])
    day = models.PositiveSmallIntegerField()
    lag = models.PositiveSmallIntegerField(default=1)
    shift = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Shift], default=Shift.AFTER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    expected = models.PositiveIntegerField(null=True, help_text="so many records complete a submission")
    remind_days = models.JSONField(default=list, help_text="days before (negative) and after the date")
    chase_days = models.PositiveSmallIntegerField(default=7, help_text="a letter is followed by another after so many")
    basis = models.CharField(max_length=200, blank=True, help_text="the rule it follows")
    is_active = models.BooleanField(default=True)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["title"]


class Ower(models.Model):
    """Who owes it: an institution or a section of the bureau."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="owers")
    institution = models.ForeignKey(Institution, null=True, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey("identity.Department", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "institution", "section"], name="ower_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="ower_is_one_of_two", condition=Q(institution__isnull=True) ^ Q(section__isnull=True)
            ),
        ]


class Obligation(models.Model):
    """One submission owed: by whom, for which period, by when."""

    class State(models.TextChoices):
        OPEN = "open"
        PARTIAL = "partial"
        MET = "met"
        WAIVED = "waived"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="obligations")
    institution = models.ForeignKey(Institution, null=True, on_delete=models.PROTECT, related_name="obligations")
    section = models.ForeignKey("identity.Department", null=True, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    first_day = models.DateField()
    last_day = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)
    next_reminder_on = models.DateField(null=True, help_text="when the institution hears of it next")
    sealed_reason = models.BinaryField(null=True, help_text="why it was waived")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "institution", "section", "period"],
                name="obligation_once",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(fields=["due_on"], name="obligation_waits", condition=Q(state__in=["open", "partial"])),
            models.Index(fields=["institution", "last_day"], name="obligation_of_institution"),
        ]

    @property
    def ower_name(self) -> str:
        if self.institution:
            return self.institution.name
        return self.section.name_zh if self.section else ""


class Receipt(models.Model):
    """What came in under which accession, counted against an obligation."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="receipts")
    accession = models.ForeignKey("intake.Accession", on_delete=models.PROTECT, related_name="+")
    records = models.PositiveIntegerField()
    is_automatic = models.BooleanField()
    is_whole = models.BooleanField(help_text="with it the submission is complete")
    actor = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["obligation", "accession"], name="receipt_once")]


class Letter(models.Model):
    """催交函: one chase letter. What it says stays as it was sent; `sealed` names whom it went to."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    institution = models.ForeignKey(Institution, null=True, on_delete=models.PROTECT, related_name="letters")
    section = models.ForeignKey("identity.Department", null=True, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    issued_by = models.CharField(max_length=40)
    issued_on = models.DateField()
    answer_by = models.DateField()
    way = models.CharField(max_length=8, choices=[("mail", "mail"), ("print", "print")])
    sealed = models.BinaryField(help_text='sealed JSON {"to", "person", "lines"}')
    digest = models.BinaryField(help_text="SM3 of what the letter says, as the ledger has it")
    is_answered = models.BooleanField(default=False)
    followed_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="follows")

    class Meta:
        ordering = ["-number"]

    @property
    def name(self) -> str:
        return f"CJ{self.issued_on:%Y}-{self.number}"

    @property
    def ower_name(self) -> str:
        if self.institution:
            return self.institution.name
        return self.section.name_zh if self.section else ""


class LetterLine(models.Model):
    """What a letter asks for: a submission, or what a case lacks."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="lines")
    obligation = models.ForeignKey(Obligation, null=True, on_delete=models.CASCADE, related_name="chased")
    material = models.ForeignKey(CaseMaterial, null=True, on_delete=models.CASCADE, related_name="chased")


class Holiday(models.Model):
    """A day that differs from the packaged calendar: free or, made up for, worked."""

    day = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    source = models.CharField(max_length=200)


class ChangesSeen(models.Model):
    """Up to which change of the holdings this room has looked for what was owed. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    watermark = models.BigIntegerField(default=0)
