"""Loans and their steps, the register of use, certified copies, analyses. What is said in them is sealed."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yidang.identity.models import Staff


class Form(models.TextChoices):
    SCREEN = "screen"  # read in the browser
    ROOM = "room"  # the paper, in the reading room
    OUT = "out"  # the original leaves the house


class LoanState(models.TextChoices):
    ASKED = "asked"
    READING = "reading"
    READY = "ready"  # allowed, to be fetched
    OUT = "out"
    OVER = "over"  # read or back; what came of it is still to be told
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # never fetched


class Part(models.TextChoices):
    """Who agrees: the head of the owning section, an archivist, the head of the archive."""

    SECTION = "section"
    ARCHIVE = "archive"
    HEAD = "head"


class Condition(models.TextChoices):
    INTACT = "intact"
    WORN = "worn"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"


class Loan(models.Model):
    """借阅单. `until` is when reading ends or the paper must be back."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    form = models.CharField(max_length=8, choices=Form)
    state = models.CharField(max_length=10, choices=LoanState, default=LoanState.ASKED)
    borrower = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16)
    hours = models.PositiveIntegerField()
    persons = models.PositiveIntegerField(default=1, help_text="for how many people it is used")
    wants_download = models.BooleanField(default=False)
    has_download = models.BooleanField(default=False)
    sealed = models.BinaryField(help_text='sealed JSON {"reason", "reader", "unknown": [codes that no record has]}')
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    fetch_by = models.DateField(null=True)
    handed_over_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    handed_over_at = models.DateTimeField(null=True)
    condition_out = models.CharField(max_length=10, choices=Condition, blank=True)
    taken_back_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    over_at = models.DateTimeField(null=True)
    condition_back = models.CharField(max_length=10, choices=Condition, blank=True)
    sealed_condition = models.BinaryField(null=True, help_text='sealed JSON {"out", "back"}: notes on the paper')
    chased = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["borrower", "until"], condition=Q(state="reading"), name="loan_read_now"),
            models.Index(fields=["state", "until"], name="loan_state_until"),
        ]
        constraints = [
            models.CheckConstraint(
                name="loan_handed_over_by_another",
                condition=Q(handed_over_by__isnull=True) | ~Q(handed_over_by=F("borrower")),
            ),
            models.CheckConstraint(
                name="loan_taken_back_by_another",
                condition=Q(taken_back_by__isnull=True) | Q(form="screen") | ~Q(taken_back_by=F("borrower")),
            ),
        ]

    @property
    def name(self) -> str:
        return f"JY{self.asked_at:%Y}-{self.number}"

    @property
    def is_paper(self) -> bool:
        return self.form != Form.SCREEN


class LoanItem(models.Model):
    """A record on a loan, in words that name nobody. `item` is no foreign key: this row outlives it."""

    loan = models.ForeignKey(Loan, on_delete=models.CASCADE, related_name="records")
    item = models.UUIDField(db_index=True)
    reference_code = models.CharField(max_length=80)
    series = models.ForeignKey("holdings.Series", on_delete=models.PROTECT, related_name="+")
    sensitivity = models.CharField(max_length=12)
    volume = models.UUIDField(null=True)
    page_count = models.PositiveIntegerField(default=0)
    is_out = models.BooleanField(default=False, help_text="its paper is in the borrower's hands")

    class Meta:
        ordering = ["reference_code"]
        constraints = [
            models.UniqueConstraint(fields=["loan", "item"], name="loan_item_once"),
            models.UniqueConstraint(fields=["item"], condition=Q(is_out=True), name="loan_item_out_once"),
        ]


class LoanStep(models.Model):
    """One person's agreement. Nobody agrees twice on a loan, nor on their own."""

    loan = models.ForeignKey(Loan, on_delete=models.CASCADE, related_name="steps")
    ordinal = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=8, choices=Part)
    department = models.ForeignKey("identity.Department", null=True, on_delete=models.PROTECT, related_name="+")
    borrower = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_allowed = models.BooleanField(null=True)
    sealed_reason = models.BinaryField(null=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["loan", "ordinal"], name="loan_step_ordinal"),
            models.UniqueConstraint(
                fields=["loan", "decided_by"], condition=Q(decided_by__isnull=False), name="loan_step_other_person"
            ),
            models.CheckConstraint(
                name="loan_step_not_by_borrower",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("borrower")),
            ),
        ]


class CertifiedCopy(models.Model):
    """档案复制件（证明）: pages of a record under the archive's signature. `number` is that of its statement."""

    number = models.CharField(primary_key=True, max_length=40)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    item = models.UUIDField(db_index=True)
    reference_code = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    pages = ArrayField(models.PositiveIntegerField())
    digest = models.BinaryField(help_text="SM3 over the SM3 of each page's picture, in order")
    files = ArrayField(models.BinaryField(), default=list, help_text="SM3 of every PDF handed out")
    sealed = models.BinaryField(help_text='sealed JSON {"receiver", "reason"}')
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class Use(models.Model):
    """利用登记: one line of the register of use; `effect` is told when it is known."""

    class Kind(models.TextChoices):
        SCREEN = "screen"
        ROOM = "room"
        OUT = "out"
        COPY = "copy"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    loan = models.OneToOneField(Loan, null=True, on_delete=models.PROTECT, related_name="use")
    copy = models.OneToOneField(CertifiedCopy, null=True, on_delete=models.PROTECT, related_name="use")
    number = models.CharField(max_length=40)
    used_on = models.DateField(db_index=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("identity.Department", null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16)
    persons = models.PositiveIntegerField()
    volumes = models.PositiveIntegerField()
    items = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    effect = models.CharField(max_length=16, blank=True)
    sealed_effect = models.BinaryField(null=True)
    effect_at = models.DateTimeField(null=True)


class UseAnalysis(models.Model):
    """季度利用分析. Sealed: it tells the words that found nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sealed = models.BinaryField()
