"""What came in one go, what of it was wrong, and what the analytics history still has to follow."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from yidang.claims.models.settlements import Settlement
from yidang.identity.models import Staff


class Import(models.Model):
    """One import. ACCEPTED: the rows stand in the database; PUBLISHED: the history holds them too."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        ACCEPTED = "accepted"
        PUBLISHED = "published"
        FAILED = "failed"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.RUNNING)
    source = models.CharField(max_length=40)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    received = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    warned = models.JSONField(default=list, help_text='taken in with a doubt: [{"code", "field", "rows"}]')
    done = models.PositiveSmallIntegerField(default=0, help_text="percent, for whoever watches")
    problem = models.CharField(max_length=40, blank=True, help_text="code of the error that ended it")
    has_boxes_entered = models.BooleanField(default=False, help_text="counters know which boxes left with it")

    class Meta:
        ordering = ["-number"]

    @property
    def name(self) -> str:
        return f"DR{self.began_at:%Y}-{self.number}"


class QuarantinedRow(models.Model):
    """A row that was not taken, with the coded reason. The row itself is sealed."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="quarantine")
    file = models.PositiveIntegerField(help_text="which file of the import, from 1")
    row = models.BigIntegerField(help_text="row of the file, from 1; 0: the file as a whole")
    code = models.CharField(max_length=40)
    field = models.CharField(max_length=40, blank=True)
    sealed = models.BinaryField(null=True, help_text='sealed JSON {"file", "row"}: its name and the row as it came')
    marks = ArrayField(models.BigIntegerField(), null=True, help_text="keyed: of which person and settlement it speaks")

    class Meta:
        indexes = [
            models.Index(fields=["batch", "file", "row"], name="quarantine_in_order"),
            GinIndex(fields=["marks"], name="quarantine_by_mark"),
        ]

    @property
    def facts(self) -> dict[str, str]:
        return {"field": self.field}


class HistoryChange(models.Model):
    """Outbox: what happened here that the analytics history has to follow; gone once it has.

    FORGOTTEN is of a claim or of a person.
    """

    class Kind(models.TextChoices):
        CLAIM = "claim"
        PERSON = "person"
        FORGOTTEN = "forgotten"

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=9, choices=Kind)
    claim = models.BigIntegerField(null=True)
    person = models.BigIntegerField(null=True)
    becomes = models.BigIntegerField(null=True, help_text="the pseudonym that stands there from now on")
    made_at = models.DateTimeField()


class Evidence(models.Model):
    """An archived item, or one page of it, that shows what a settlement claims."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    settlement = models.ForeignKey(
        Settlement, on_delete=models.DO_NOTHING, db_constraint=False, db_column="claim", related_name="evidence"
    )
    item = models.UUIDField(db_index=True)
    page = models.PositiveIntegerField(null=True)
    linked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "item", "page"], name="evidence_once", nulls_distinct=False)
        ]
