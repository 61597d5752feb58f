"""A run, its findings, and the verdicts of persons."""

import uuid

from django.db import models
from django.db.models import Q

from yidang.identity.models import Staff


class Moment(models.TextChoices):
    """When a claim was looked at (事前 · 事中 · 事后)."""

    ADVICE = "advice"
    PRECHECK = "precheck"
    NIGHTLY = "nightly"


class Run(models.Model):
    """One pass of rules or models over claims. `claims` were looked at: most of them without any finding."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    moment = models.CharField(max_length=10, choices=Moment, default=Moment.NIGHTLY)
    engine = models.CharField(max_length=12, default="duckdb")
    rules = models.JSONField(default=list, help_text="[code, version] of each rule or model that ran")
    claims = models.BigIntegerField(default=0)
    lines = models.BigIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0, help_text="new with this run")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["moment", "-started_at"], name="oversight_run_last")]


class FindingState(models.TextChoices):
    SHADOW = "shadow"  # of a rule on trial: counted, shown to nobody as work
    OPEN = "open"
    NEEDS_PAPERS = "needs_papers"
    CONFIRMED = "confirmed"  # by an inspector; still a doubt until the case is decided
    REFUSED = "refused"
    UPHELD = "upheld"  # decided against the institution
    CLEARED = "cleared"  # decided for the institution
    OVERTAKEN = "overtaken"  # the settlement was corrected since, and the rule doubts it no more


# Their doubt counts no money: a rule on trial, what a person refused, what was decided for the institution, what a
# correction overtook.
DEAD = (FindingState.SHADOW, FindingState.REFUSED, FindingState.CLEARED, FindingState.OVERTAKEN)


class Finding(models.Model):
    """疑点: what a rule or a model doubts of a settlement. Persons are pseudonyms; what tells of care is sealed.

    `counted_fen` is the part of `amount_fen` that no other living finding counts. `queue_weight` orders the desk:
    the expected money, or for a random pick the weight of another finding of its batch, drawn by lot.
    """

    class Level(models.TextChoices):
        CLAIM = "claim"
        PERSON = "person"
        DOCTOR = "doctor"
        PROVIDER = "provider"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    fingerprint = models.BinaryField(max_length=16, unique=True, help_text="of rule, subject and lines")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="found")
    rule = models.CharField(max_length=40, help_text="code of the rule or of the model")
    rule_version = models.CharField(max_length=20)
    is_model = models.BooleanField(default=False)
    moment = models.CharField(max_length=10, choices=Moment, default=Moment.NIGHTLY)
    level = models.CharField(max_length=10, choices=Level, default=Level.CLAIM)
    claim = models.BigIntegerField(null=True)
    person = models.BigIntegerField(null=True, help_text="keyed pseudonym")
    provider = models.CharField(max_length=20, blank=True)
    doctor = models.CharField(max_length=20, blank=True)
    month = models.CharField(max_length=7, blank=True, help_text="of settlement, YYYY-MM")
    line_count = models.PositiveIntegerField(default=0)
    amount_fen = models.BigIntegerField(default=0)
    counted_fen = models.BigIntegerField(default=0)
    upheld_fen = models.BigIntegerField(default=0, help_text="what a decision took for it, as it counted then")
    fallen_fen = models.BigIntegerField(default=0, help_text="of what a decision took for it, what fell again")
    fallen_ground = models.CharField(max_length=6, blank=True, help_text="of Case.Ground")
    probability = models.FloatField(default=0.5, null=True, help_text="none: of a model that is not calibrated yet")
    expected_fen = models.BigIntegerField(default=0, help_text="without a probability: what orders it")
    queue_weight = models.BigIntegerField(default=0)
    random_pick = models.BooleanField(default=False)
    entry_chance = models.FloatField(default=1.0, help_text="to come to the desk; below 1: by lot among all")
    lot_chance = models.FloatField(default=0.1, help_text="to take its place by lot")
    state = models.CharField(max_length=14, choices=FindingState, default=FindingState.OPEN)
    sealed_evidence = models.BinaryField(help_text='sealed JSON {"text", "facts", "lines"}')
    found_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    case = models.ForeignKey("oversight.Case", null=True, on_delete=models.PROTECT, related_name="findings")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="doubt_decided_by_somebody",
                condition=~Q(state__in=["confirmed", "refused", "upheld", "cleared"]) | Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="doubt_probability", condition=Q(probability__gte=0.0) & Q(probability__lte=1.0)
            ),
            models.CheckConstraint(
                name="doubt_upheld_in_a_case", condition=~Q(state__in=["upheld", "cleared"]) | Q(case__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-queue_weight", "number"], name="oversight_queue"),
            models.Index(fields=["rule", "state"], name="oversight_by_rule"),
            models.Index(fields=["provider", "state"], name="oversight_by_provider"),
            models.Index(fields=["person"], name="oversight_by_person"),
            models.Index(fields=["claim"], name="oversight_by_claim"),
        ]

    @property
    def name(self) -> str:
        return f"YD{self.found_at:%Y}-{self.number}"

    @property
    def counts(self) -> bool:
        return self.state not in DEAD

    @property
    def has_fallen(self) -> bool:
        """Upheld once, and no longer; what a decision never upheld was cleared with it, before anything fell."""
        since = self.case.overturned_at if self.case else None
        was_cleared = self.state == FindingState.CLEARED and self.decided_at is not None
        return bool(was_cleared and since and self.decided_at and self.decided_at >= since)

    @property
    def standing(self) -> str:
        """Its state in words: a code of `doubt_state_…`."""
        return "fallen" if self.has_fallen else self.state


class FindingLine(models.Model):
    """One line of a settlement under one finding, with the money in doubt on it; the share of it that counts."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="lines")
    line = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    counted_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "line"], name="finding_line_once")]
        indexes = [models.Index(fields=["line"], name="oversight_line")]


class Reading(models.Model):
    """Which finding an inspector has before them, and since when: what a verdict took is measured from here."""

    staff = models.OneToOneField(Staff, primary_key=True, on_delete=models.CASCADE, related_name="+")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()


class Verdict(models.Model):
    """An inspector's word on a finding. Taken back within the time, it stays with the moment it was taken back."""

    class Answer(models.TextChoices):
        CONFIRM = "confirm"
        REFUSE = "refuse"
        PAPERS = "papers"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="verdicts")
    answer = models.CharField(max_length=8, choices=Answer)
    reason = models.CharField(max_length=32, help_text="code of data/reasons.csv")
    sealed_words = models.BinaryField(null=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seconds = models.PositiveIntegerField(null=True, help_text="from opening the finding to the word; none if unseen")
    state_before = models.CharField(max_length=14)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["by", "-at"], name="oversight_verdicts")]


class RuleReview(models.Model):
    """A rule of which persons confirm too little goes back to review, and on again by somebody's word. Rows stay."""

    class State(models.TextChoices):
        REVIEW = "review"
        RESTORED = "restored"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State)
    judged = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    actor = models.CharField(max_length=64)
    at = models.DateTimeField()
    sealed_reason = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["rule", "-number"], name="oversight_rule_review")]
