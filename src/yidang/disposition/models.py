"""The end of a record: who appraised it, on which list it stood, who allowed and saw it; and what must be kept."""

import uuid

from django.db import models
from django.db.models import F, Q

from yidang.disposition.instrument.models import InstrumentDraft
from yidang.disposition.transfers.models import Transfer, TransferItem, TransferState
from yidang.identity.models import Staff

__all__ = [
    "Appraisal",
    "Candidate",
    "Choice",
    "DestructionList",
    "HoldOrder",
    "InstrumentDraft",
    "ListItem",
    "ListState",
    "Member",
    "Opinion",
    "Part",
    "TermConfirmation",
    "Transfer",
    "TransferItem",
    "TransferState",
    "Witness",
]


class Appraisal(models.Model):
    """鉴定: one sitting of a group over records whose term is over.

    The report, or why the group was dissolved, is sealed: it may tell of persons.
    """

    class State(models.TextChoices):
        OPEN = "open"
        REPORTED = "reported"
        DISSOLVED = "dissolved"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    reported_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(null=True)
    sealed_report = models.BinaryField(null=True)

    @property
    def name(self) -> str:
        return f"JD{self.opened_at:%Y}-{self.number}"


class Part(models.TextChoices):
    """Whom the group must hold: 令3号, appraisal of expired files."""

    HEAD = "head"  # the head of the agency in charge
    BUSINESS = "business"
    ARCHIVIST = "archivist"
    AUTHORITY = "authority"  # of the administrative department


class Member(models.Model):
    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="members")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appraisal", "staff"], name="appraisal_member_once")]


class Choice(models.TextChoices):
    DESTROY = "destroy"
    EXTEND = "extend"
    PERMANENT = "permanent"


class Candidate(models.Model):
    """An item before a group. `item` is no foreign key: this row outlives it. Open, no second group takes it up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="candidates")
    ordinal = models.PositiveIntegerField()
    item = models.UUIDField()
    reference_code = models.CharField(max_length=80)
    series = models.ForeignKey("holdings.Series", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=8)
    due_year = models.PositiveSmallIntegerField()
    document_type = models.CharField(max_length=40, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=Choice, blank=True)
    new_term = models.CharField(max_length=8, blank=True)
    is_applied = models.BooleanField(default=False, help_text="the new term stands on the item")
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(is_open=True), name="candidate_of_one_group"),
            models.UniqueConstraint(fields=["appraisal", "ordinal"], name="candidate_ordinal"),
        ]
        indexes = [
            models.Index(fields=["series", "due_year"], condition=Q(is_open=True), name="candidate_open"),
        ]


class Opinion(models.Model):
    """One member's word on one item; the reason, where there is one, is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="opinions")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="opinions")
    choice = models.CharField(max_length=10, choices=Choice)
    term = models.CharField(max_length=8, blank=True)
    sealed_reason = models.BinaryField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidate", "member"], name="opinion_once")]


class ListState(models.TextChoices):
    DRAWN = "drawn"
    ON_RECORD = "on_record"  # 备案: filed with the administrative department
    WAITING = "waiting_period"  # approved by the head
    WITNESSED = "witnessed"
    DESTROYING = "destroying"
    DESTROYED = "destroyed"
    WITHDRAWN = "list_withdrawn"


class DestructionList(models.Model):
    """销毁清册, kept for ever. Each step names who took it; the database keeps apart whom the law wants apart."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="lists")
    state = models.CharField(max_length=16, choices=ListState, default=ListState.DRAWN)
    drawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    wait_days = models.PositiveSmallIntegerField()
    filed_with = models.CharField(max_length=80, blank=True, help_text="the administrative department")
    filing_number = models.CharField(max_length=80, blank=True)
    filed_on = models.DateField(null=True)
    filed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    not_before = models.DateField(null=True)
    begun_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    complete_at = models.DateTimeField(null=True, help_text="when the last copy of the keys will have expired")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="destruction_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drawn_by")),
            ),
            models.CheckConstraint(
                name="destruction_begun_when_approved",
                condition=Q(begun_at__isnull=True) | Q(approved_by__isnull=False),
            ),
        ]

    @property
    def name(self) -> str:
        return f"XH{self.drawn_at:%Y}-{self.number}"


class ListItem(models.Model):
    """One line of a list, in words that name nobody."""

    list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="items")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveIntegerField()
    is_ended = models.BooleanField(default=False)
    kept_because = models.CharField(max_length=40, blank=True, help_text="the blocker that stood when it was to go")

    class Meta:
        ordering = ["ordinal"]


class Witness(models.Model):
    """监销人: named when the list is drawn; there when it is destroyed."""

    list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="witnesses")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "staff"], name="witness_once")]


class HoldOrder(models.Model):
    """冻结令: keeps the records of a case, a person or a period, those still to come too, until two people lift it."""

    class Kind(models.TextChoices):
        CASE = "case"
        PERSON = "person"
        PERIOD = "period"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    digest = models.BinaryField(null=True, help_text="of the person's ID number or name, as holdings.Identifier")
    series = models.ForeignKey("holdings.Series", null=True, on_delete=models.PROTECT, related_name="+")
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    sealed = models.BinaryField(help_text='sealed JSON {"about", "reason"}')
    placed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lift_asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    lift_allowed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hold_lifted_by_two",
                condition=Q(lifted_at__isnull=True)
                | Q(lift_asked_by__isnull=False, lift_allowed_by__isnull=False)
                & ~Q(lift_asked_by=F("lift_allowed_by")),
            ),
        ]

    @property
    def name(self) -> str:
        return f"DJ{self.placed_at:%Y}-{self.number}"


class TermConfirmation(models.Model):
    """Two persons stand behind a term of which the schedule's source was not certain. Holds for that very term."""

    schedule_version = models.CharField(max_length=32)
    rule_code = models.CharField(max_length=16)
    term = models.CharField(max_length=8)
    source = models.CharField(max_length=400, help_text="the regulation they found it in; names nobody")
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schedule_version", "rule_code", "term"], name="term_confirmed_once"),
            models.CheckConstraint(name="term_confirmed_by_two", condition=~Q(asked_by=F("confirmed_by"))),
        ]
