"""Who was scored, by which decision, for how much, and what followed.

No column takes words: codes follow patterns, reasons are members of lists, and both stand as constraints in the
database as well. What a patient had or was given has no place to be written to. Tables lie in the schema `credit`.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from yidang.credit.sealing import MARK_SIZE, SEALED_SIZE


class Kind(models.TextChoices):
    PRACTITIONER = "practitioner"
    PERSON = "person"


class Profession(models.TextChoices):
    DOCTOR = "doctor"
    NURSE = "nurse"
    PHARMACIST = "pharmacist"
    TECHNICIAN = "technician"
    REVIEWER = "reviewer"  # 医保费用和医疗服务审核人员
    PHARMACY_HEAD = "pharmacy_head"  # 定点零售药店主要负责人


class Series(models.TextChoices):
    PENALTY = "penalty"  # 行政处罚决定
    AGREEMENT = "agreement"  # 协议处理决定
    PERSON = "person"  # 对参保人员的处理决定


class Responsibility(models.TextChoices):
    GENERAL = "general"
    IMPORTANT = "important"
    MAIN = "main"


class State(models.TextChoices):
    ASKED = "asked"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by an appeal


class MeasureKind(models.TextChoices):
    SUSPENDED = "suspended"  # 暂停支付资格
    TERMINATED = "terminated"  # 终止支付资格
    NETWORK = "network"  # 暂停联网结算


class Activity(models.TextChoices):
    TRAINING = "training"
    EXAM = "exam"
    SELF_REVIEW = "self_review"
    SERVICE = "service"


class Ground(models.TextChoices):
    FACTS = "facts"
    RESPONSIBILITY = "responsibility"
    POINTS = "points"
    PROCEDURE = "procedure"
    PERSON = "person"
    OVERTURNED = "overturned"  # the decision it stands on was taken back: the bureau's alone to say, at any time


class Outcome(models.TextChoices):
    UPHELD = "upheld"
    REJECTED = "rejected"


def _in(field: str, choices: Any) -> Q:
    return Q(**{f"{field}__in": choices.values})


def _size(name: str, field: str, size: int) -> models.CheckConstraint:
    """Bytes of exactly one length hold a digest or one ID number, and no words."""
    wanted = models.Func(F(field), function="octet_length", output_field=models.IntegerField())
    right = models.lookups.Exact(wanted, size)
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__isnull": True}) | Q(right))


class TwoPersons(models.Model):
    """What one enters and another decides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=16, choices=State, default=State.ASKED)
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def _two(name: str) -> list[models.BaseConstraint]:
    decided = Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("entered_by"))
    return [
        models.CheckConstraint(name=f"credit_{name}_state", condition=_in("state", State)),
        models.CheckConstraint(
            name=f"credit_{name}_by_two",
            condition=Q(state=State.ASKED, decided_by__isnull=True) | (~Q(state=State.ASKED) & decided),
        ),
    ]


class Subject(models.Model):
    """一人一档. A practitioner stands under the national code, an insured person under a sealed ID number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16, choices=Kind)
    code = models.CharField(max_length=13, null=True, unique=True)
    profession = models.CharField(max_length=16, choices=Profession, blank=True)
    provider = models.CharField(max_length=12, blank=True)
    sealed_id = models.BinaryField(null=True)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = '"credit"."subject"'
        constraints = [
            models.CheckConstraint(
                name="credit_subject_is_one_of_two",
                condition=Q(
                    kind=Kind.PRACTITIONER,
                    code__regex=r"^[A-Z][0-9]{12}$",
                    provider__regex=r"^[HP][0-9]{11}$",
                    profession__in=Profession.values,
                    sealed_id__isnull=True,
                )
                | Q(kind=Kind.PERSON, code__isnull=True, provider="", profession="", sealed_id__isnull=False),
            ),
            _size("credit_subject_sealed", "sealed_id", SEALED_SIZE),
        ]


class Mark(models.Model):
    """A keyed digest that leads to a subject; nobody computes it without this room's key."""

    digest = models.BinaryField(primary_key=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="marks")

    class Meta:
        db_table = '"credit"."mark"'
        constraints = [_size("credit_mark_digest", "digest", MARK_SIZE)]


class Decision(models.Model):
    """A decision already taken and served: against an institution, or on an insured person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    issuer = models.CharField(max_length=6, help_text="administrative division of the bureau that decided")
    series = models.CharField(max_length=16, choices=Series)
    year = models.SmallIntegerField()
    serial = models.IntegerField()
    provider = models.CharField(max_length=12, blank=True)
    effective_on = models.DateField()
    entered_by = models.UUIDField()

    class Meta:
        db_table = '"credit"."decision"'
        constraints = [
            models.UniqueConstraint(name="credit_decision_number", fields=["issuer", "series", "year", "serial"]),
            models.CheckConstraint(
                name="credit_decision_pattern",
                condition=Q(issuer__regex=r"^[0-9]{6}$", year__range=(2021, 2999), serial__range=(1, 99999)),
            ),
            models.CheckConstraint(
                name="credit_decision_against",
                condition=Q(series__in=[Series.PENALTY, Series.AGREEMENT], provider__regex=r"^[HP][0-9]{11}$")
                | Q(series=Series.PERSON, provider=""),
            ),
        ]

    @property
    def number(self) -> str:
        return f"{self.issuer}〔{self.year}〕{self.serial}号"


class Deduction(TwoPersons):
    """记分. `months` is the suspension decided with it where the year's total calls for one."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="deductions")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="deductions")
    behaviour = models.CharField(max_length=8)
    responsibility = models.CharField(max_length=16, choices=Responsibility)
    points = models.SmallIntegerField()
    year = models.SmallIntegerField()
    months = models.SmallIntegerField(default=0)
    is_local = models.BooleanField(default=False)
    served_on = models.DateField(null=True)

    class Meta:
        db_table = '"credit"."deduction"'
        constraints = [
            *_two("deduction"),
            models.CheckConstraint(
                name="credit_deduction_pattern",
                condition=Q(behaviour__regex=r"^A[0-9]{2}(-[0-9]{1,2})?$", responsibility__in=Responsibility.values),
            ),
            models.CheckConstraint(
                name="credit_deduction_points",
                condition=Q(points__range=(1, 12), months__range=(0, 6), year__range=(2021, 2999)),
            ),
            # One decision scores one person for one behaviour once.
            models.UniqueConstraint(
                name="credit_deduction_once",
                fields=["subject", "decision", "behaviour"],
                condition=Q(state__in=[State.ASKED, State.IN_FORCE]),
            ),
        ]


class Measure(TwoPersons):
    """From `from_on` up to, but not on, `until_on`."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="measures")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="measures")
    deduction = models.ForeignKey(Deduction, null=True, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=16, choices=MeasureKind)
    behaviour = models.CharField(max_length=8)
    months = models.SmallIntegerField()
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        db_table = '"credit"."measure"'
        constraints = [
            *_two("measure"),
            models.CheckConstraint(
                name="credit_measure_pattern",
                condition=Q(
                    behaviour__regex=r"^A[0-9]{2}(-[0-9]{1,2})?$", kind__in=MeasureKind.values, months__range=(1, 36)
                ),
            ),
            models.CheckConstraint(
                name="credit_measure_dates",
                condition=Q(from_on__isnull=True, until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
        ]


class Repair(TwoPersons):
    """信用修复: an activity that gives points back."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="repairs")
    activity = models.CharField(max_length=16, choices=Activity)
    done_on = models.DateField()
    points = models.SmallIntegerField()

    class Meta:
        db_table = '"credit"."repair"'
        constraints = [
            *_two("repair"),
            models.CheckConstraint(
                name="credit_repair_pattern", condition=_in("activity", Activity) & Q(points__range=(1, 12))
            ),
        ]


class Appeal(TwoPersons):
    """陈述申辩 within ten working days. `filed_*` is the institution's clerk; `entered_*` who prepares the outcome."""

    deduction = models.ForeignKey(Deduction, null=True, on_delete=models.PROTECT, related_name="appeals")
    measure = models.ForeignKey(Measure, null=True, on_delete=models.PROTECT, related_name="appeals")
    ground = models.CharField(max_length=16, choices=Ground)
    filed_by = models.UUIDField()
    filed_on = models.DateField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    entered_by = models.UUIDField(null=True)  # type: ignore[assignment]
    entered_at = models.DateTimeField(null=True)  # type: ignore[assignment]

    class Meta:
        db_table = '"credit"."appeal"'
        constraints = [
            *_two("appeal"),
            models.CheckConstraint(
                name="credit_appeal_prepared",
                condition=Q(outcome="", entered_by__isnull=True) | (~Q(outcome="") & Q(entered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="credit_appeal_decided", condition=Q(state=State.ASKED) | Q(entered_by__isnull=False)
            ),
            models.CheckConstraint(
                name="credit_appeal_pattern",
                condition=_in("ground", Ground)
                & Q(outcome__in=["", *Outcome.values])
                & (Q(filed_on__lte=F("due_on")) | Q(ground=Ground.OVERTURNED)),
            ),
            models.CheckConstraint(
                name="credit_appeal_against_one",
                condition=Q(deduction__isnull=False, measure__isnull=True)
                | Q(deduction__isnull=True, measure__isnull=False),
            ),
            # What an appeal could not move still falls with its decision.
            *[
                models.UniqueConstraint(fields=[what], condition=condition, name=f"credit_{name}_once")
                for what, name, condition in [
                    ("deduction", "appeal", ~Q(ground=Ground.OVERTURNED)),
                    ("measure", "appeal_measure", ~Q(ground=Ground.OVERTURNED)),
                    ("deduction", "overturned", Q(ground=Ground.OVERTURNED)),
                    ("measure", "overturned_measure", Q(ground=Ground.OVERTURNED)),
                ]
            ],
        ]


END = "end:"


class Confirmation(TwoPersons):
    """A term that only a local rule says, confirmed for this bureau in exactly the words of that digest.

    One whose term begins with `end:` ends the confirmation that stood.
    """

    term = models.CharField(max_length=40)
    digest = models.BinaryField()

    class Meta:
        db_table = '"credit"."confirmation"'
        constraints = [
            *_two("confirmation"),
            models.CheckConstraint(
                name="credit_confirmation_term",
                condition=Q(term__regex=r"^(end:)?(points:A[0-9]{2}(-[0-9]{1,2})?|rule:[a-z_]{1,32})$"),
            ),
            _size("credit_confirmation_digest", "digest", 32),
        ]

    @property
    def ends(self) -> bool:
        return self.term.startswith(END)

    @property
    def about(self) -> str:
        """The key of the row it speaks of."""
        return self.term.removeprefix(END)


class LogEntry(models.Model):
    """One link of the room's own chain: who did what to which row, and the digest of the row as it then stood."""

    position = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True, help_text="null: a component of the system")
    action = models.CharField(max_length=24)
    subject = models.UUIDField(null=True)
    about = models.UUIDField(null=True)
    state = models.BinaryField()
    previous = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        db_table = '"credit"."log"'
        constraints = [
            models.CheckConstraint(
                name="credit_log_action",
                condition=Q(
                    action__in=[
                        "subject.opened",
                        "decision.kept",
                        "deduction.asked",
                        "deduction.in_force",
                        "deduction.refused",
                        "deduction.withdrawn",
                        "measure.asked",
                        "measure.in_force",
                        "measure.refused",
                        "measure.withdrawn",
                        "repair.asked",
                        "repair.in_force",
                        "repair.refused",
                        "appeal.filed",
                        "appeal.asked",
                        "appeal.in_force",
                        "appeal.refused",
                        "confirmation.asked",
                        "confirmation.in_force",
                        "confirmation.refused",
                        "confirmation.withdrawn",
                        "card.shown",
                        "list.shown",
                        "list.exported",
                    ]
                ),
            ),
            _size("credit_log_state", "state", 32),
            _size("credit_log_previous", "previous", 32),
            _size("credit_log_digest", "digest", 32),
        ]
