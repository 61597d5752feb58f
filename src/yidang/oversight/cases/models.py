"""A case against an institution: who asked what, what was answered and heard, who decided, what came back."""

import uuid

from django.db import models
from django.db.models import F, Q

from yidang.identity.models import Staff


class CaseState(models.TextChoices):
    OPENED = "opened"
    ASKED = "papers_asked"
    ANSWERED = "answered"
    HEARD = "heard"
    PROPOSED = "proposed"
    DECIDED = "decided"  # against the institution
    NOTIFIED = "notified"
    RECOVERING = "recovering"
    DISMISSED = "dismissed"  # decided for the institution
    OVERTURNED = "overturned"  # decided against it, and nothing of that stands any more
    CLOSED = "closed"


class Case(models.Model):
    """稽核案件. The words of its decision are sealed; amounts are fen. Two sign, neither of them alone (条例 29)."""

    class Outcome(models.TextChoices):
        AGAINST = "against"
        FOR = "for"

    class Ground(models.TextChoices):
        REVIEW = "review"  # 行政复议
        SUIT = "suit"  # 行政诉讼
        OWN = "own"  # 自行纠正

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    provider = models.CharField(max_length=20)
    state = models.CharField(max_length=14, choices=CaseState, default=CaseState.OPENED)
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, help_text="when statement and defence were taken (条例 31)")
    hearing_waived = models.BooleanField(default=False, help_text="invited in time and neither answered nor came")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    behaviour = models.CharField(max_length=12, blank=True, help_text="code of data/fund_violations.csv")
    ratio = models.DecimalField(max_digits=4, decimal_places=2, null=True, help_text="fine as a multiple of the loss")
    loss_fen = models.BigIntegerField(default=0)
    fine_fen = models.BigIntegerField(default=0)
    sealed_decision = models.BinaryField(null=True)
    proposed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    notice_digest = models.BinaryField(null=True, help_text="SM3 of the notice letter as it was handed out")
    notified_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    accession = models.UUIDField(null=True, help_text="under which its papers were handed to the archive")
    fallen_loss_fen = models.BigIntegerField(default=0, help_text="of the loss, what fell on appeal")
    fallen_fine_fen = models.BigIntegerField(default=0)
    overturned_at = models.DateTimeField(null=True, help_text="when something of the decision first fell")
    overturned_ground = models.CharField(max_length=6, choices=Ground, blank=True)
    overturn_asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    overturn_signed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspection_signed_by_another",
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="inspection_heard_before",
                condition=~Q(outcome="against") | Q(heard_at__isnull=False) | Q(hearing_waived=True),
            ),
            models.CheckConstraint(
                name="inspection_decided_by_two",
                condition=~Q(state__in=["decided", "notified", "recovering", "dismissed", "overturned", "closed"])
                | Q(signed_by__isnull=False, proposed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="inspection_overturned_by_two",
                condition=Q(overturned_at__isnull=True, fallen_loss_fen=0, fallen_fine_fen=0)
                | Q(overturn_asked_by__isnull=False, overturn_signed_by__isnull=False)
                & ~Q(overturn_asked_by=F("overturn_signed_by")),
            ),
        ]
        indexes = [models.Index(fields=["state", "-number"], name="inspection_board")]

    @property
    def name(self) -> str:
        return f"JH{self.opened_at:%Y}-{self.number}"

    @property
    def fallen_fen(self) -> int:
        return self.fallen_loss_fen + self.fallen_fine_fen

    @property
    def due_fen(self) -> int:
        """As decided, less what fell."""
        return self.loss_fen + self.fine_fen - self.fallen_fen


class Inspector(models.Model):
    """Who carries the case: no fewer than two (条例 29)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="inspectors")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="inspector_once")]


class PaperRequest(models.Model):
    """调取材料: what the institution is asked for, and until which working day."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="requests")
    sealed_words = models.BinaryField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    sealed_answer = models.BinaryField(null=True)
    answered_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    @property
    def name(self) -> str:
        return f"DC{self.asked_at:%Y}-{self.number}"


class CaseFile(models.Model):
    """A file the institution answered with, sealed in the staging area until the case is filed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(PaperRequest, on_delete=models.CASCADE, related_name="files")
    ordinal = models.PositiveSmallIntegerField()
    sealed_name = models.BinaryField()
    sealed_file = models.BinaryField(null=True, help_text="none for what was refused")
    media_type = models.CharField(max_length=80, blank=True)
    size = models.BigIntegerField()
    digest = models.BinaryField(help_text="keyed, of the content")
    refused = models.CharField(max_length=40, blank=True, help_text="code of why it was not taken in")
    at = models.DateTimeField()

    class Meta:
        ordering = ["ordinal"]


class CaseStep(models.Model):
    """One step on the way of a case. What was said is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed_words = models.BinaryField(null=True)

    class Meta:
        ordering = ["at"]


class CaseItem(models.Model):
    """An archived record that the case rests on, held while it is open. No foreign key: this row outlives it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evidence")
    item = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "item"], name="inspection_item_once")]


class Instalment(models.Model):
    """What is to be paid back by when."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="instalments")
    ordinal = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount_fen = models.BigIntegerField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="instalment_once"),
            models.CheckConstraint(name="instalment_of_money", condition=Q(amount_fen__gt=0)),
        ]


class Payment(models.Model):
    """Money that came back, or went to the institution again: entered by one, counted once another has confirmed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    amount_fen = models.BigIntegerField()
    voucher = models.CharField(max_length=40)
    is_refund = models.BooleanField(default=False, help_text="paid to the institution: what fell had been paid")
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["paid_on", "entered_at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "voucher"], name="voucher_once"),
            models.CheckConstraint(name="payment_of_money", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="payment_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
            ),
        ]
