"""Who answers for what and since when; what was handed over; what went wrong; which firms touch records."""

import uuid

from django.db import models
from django.db.models import F, Q

from yidang.identity.models import Staff


class Responsibility(models.Model):
    """One person's duty for a time. What a duty holds is a row of `data/duties.csv`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="responsibilities")
    duty = models.CharField(max_length=24)
    document = models.CharField(max_length=80, blank=True, help_text="number of the letter of appointment")
    since = models.DateField()
    until = models.DateField(null=True, help_text="the first day on which it no longer holds")
    appointed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="responsibility_dates", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            # One person is first responsible at a time (实施条例 article 18).
            models.UniqueConstraint(
                fields=["duty"], condition=Q(duty="first_responsible", until__isnull=True), name="one_first_responsible"
            ),
        ]


class HandOver(models.Model):
    """移交: what one leaves to another when a post changes. `lines` are {kind, number, subject} of that moment."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    giver = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    lines = models.JSONField(default=list)
    drawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="hand_over_between_two", condition=~Q(giver=F("taker")))]

    @property
    def name(self) -> str:
        return f"JJ{self.drawn_at:%Y}-{self.number}"

    @property
    def is_complete(self) -> bool:
        return self.given_at is not None and self.taken_at is not None


class Incident(models.Model):
    """A leak, damage or loss: reported, looked into, closed with its consequences. The words are sealed."""

    class Kind(models.TextChoices):
        LEAK = "leak"
        DAMAGE = "damage"
        LOSS = "loss"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    happened_on = models.DateField()
    item = models.UUIDField(null=True, help_text="the record concerned, when it is one")
    sealed = models.BinaryField()
    reported_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    sealed_outcome = models.BinaryField(null=True)
    closed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    @property
    def name(self) -> str:
        return f"SJ{self.reported_at:%Y}-{self.number}"


class Processor(models.Model):
    """第三方: a firm under contract (档案法 article 24, PIPL article 21). `accounts` are its people here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    contract = models.CharField(max_length=80)
    work = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField()
    accounts = models.ManyToManyField(Staff, related_name="processors")

    class Meta:
        constraints = [models.CheckConstraint(name="processor_dates", condition=Q(until__gt=F("since")))]
