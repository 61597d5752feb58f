"""Which checks a fonds asks for, what they said, and how far an accession has come on its way through four looks."""

import uuid

from django.db import models
from django.db.models import F, Q

from yidang.identity.models import Staff


class CheckScheme(models.Model):
    """检测方案: one approved version for one fonds. `rows`: code → stage → off, optional or mandatory.

    Version 1 is the packaged one and has no row here.
    """

    fonds = models.ForeignKey("holdings.Fonds", on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    rows = models.JSONField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fonds", "number"], name="check_scheme_once"),
            models.CheckConstraint(name="check_scheme_by_two", condition=~Q(asked_by=F("approved_by"))),
        ]


class Outcome(models.TextChoices):
    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not_run"


class Run(models.Model):
    """One going over of an accession, or of single items. The report is sealed with the row, its digest in the ledger.

    `accession` is intake's id, `item` the one record looked at by itself; both are blank where items were checked for a
    package.
    """

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    accession = models.UUIDField(null=True, db_index=True)
    item = models.UUIDField(null=True, db_index=True)
    stage = models.CharField(max_length=10)
    scheme = models.CharField(max_length=24)
    actor = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    items = models.PositiveIntegerField()
    sealed_report = models.BinaryField()
    report_digest = models.BinaryField()

    @property
    def name(self) -> str:
        return f"SX{self.began_at:%Y}-{self.number}"


class Result(models.Model):
    """What one check said. `evidence` names 档号, fields and counts, never a described value.

    A check that was not run stays so; a person may answer for it, and then `attested` holds what that person says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="results")
    ordinal = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8)
    mode = models.CharField(max_length=8)
    is_mandatory = models.BooleanField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    why = models.CharField(max_length=40, blank=True, help_text="message code: why it was not run")
    looked_at = models.PositiveIntegerField(default=0)
    flaws = models.PositiveIntegerField(default=0)
    evidence = models.JSONField(default=dict)
    attested = models.CharField(max_length=8, choices=[("passed", "passed"), ("failed", "failed")], blank=True)
    attested_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    attested_at = models.DateTimeField(null=True)
    sealed_reason = models.BinaryField(null=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["run", "code"], name="check_result_once"),
            models.CheckConstraint(
                name="check_attested_by_somebody",
                condition=Q(attested="") | Q(attested_by__isnull=False, sealed_reason__isnull=False),
            ),
        ]

    @property
    def verdict(self) -> str:
        return self.attested or self.outcome


class Failure(models.Model):
    """An item that failed a mandatory check when it was last looked at. `item` is no foreign key: see `disposition`."""

    item = models.UUIDField(db_index=True)
    code = models.CharField(max_length=8)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="failures")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="check_failure_once")]


class State(models.TextChoices):
    LINKED = "linked"  # 系统挂接
    SCREENED = "screened"  # 软件筛查
    SAMPLED = "sampled"  # 人工抽检
    HANDED = "handed"  # given to the third party
    ACCEPTED = "accepted_by_third"  # 第三方验收
    RETURNED = "returned"


class Course(models.Model):
    """四重校验: the life of one accession. The third party is never one of those who looked before."""

    accession = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=24)
    series = models.ForeignKey("holdings.Series", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State, default=State.LINKED)
    round = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    acceptor = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True, help_text="the last day on which the third party sees the accession")


class HandedItem(models.Model):
    """What the third party sees while it has the accession.

    Written down when it is handed over: what a person is given is asked before the row policies of `holdings` know for
    whom, when they show no item at all.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="handed_items")
    item = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "item"], name="check_handed_once")]


class Step(models.Model):
    """What happened on the way; reasons are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=20, choices=State)
    round = models.PositiveSmallIntegerField()
    actor = models.CharField(max_length=40)
    at = models.DateTimeField()
    sealed_reason = models.BinaryField(null=True)

    class Meta:
        ordering = ["at"]


class Sample(models.Model):
    """人工抽检: what was drawn in one round, by a seed anybody can draw again with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="samples")
    round = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=80)
    population = models.PositiveIntegerField()
    drawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "round"], name="check_sample_once")]


class SampledItem(models.Model):
    """One item of a sample; `faults` are the indicators of DA/T 31 that did not hold."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="items")
    item = models.UUIDField()
    ordinal = models.PositiveIntegerField()
    faults = models.JSONField(default=list)
    judged_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["ordinal"]
