"""Business systems that file their finished cases, and what came of each case."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yidang.identity.models import Staff


class BusinessSystem(models.Model):
    """A system that may file cases. Its token is shown once and stands here as a keyed digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=24, unique=True)
    name = models.CharField(max_length=80)
    token_digest = models.BinaryField(unique=True)
    token_tail = models.CharField(max_length=4, help_text="its last characters, to tell one from another")
    scopes = ArrayField(models.CharField(max_length=16), help_text="what it may do")
    series = ArrayField(models.CharField(max_length=16), help_text="where it may file; none: everywhere")
    calls_a_minute = models.PositiveIntegerField(default=60)
    minute = models.DateTimeField(null=True, help_text="the minute that `calls` counts")
    calls = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["code"]


class Case(models.Model):
    """A finished case of the business: paper and electronic parts meet in one item 双轨.

    The case number is a person's affair as often as not: it stands sealed, and is found by its keyed digest.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(BusinessSystem, null=True, on_delete=models.PROTECT, related_name="cases")
    digest = models.BinaryField(db_index=True, help_text="of the case number")
    request_digest = models.BinaryField(null=True, help_text="SM3 of what was filed: the same again is no new case")
    sealed = models.BinaryField(help_text='sealed JSON {"number", "process", "files"}')
    series = models.ForeignKey("holdings.Series", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    institution = models.CharField(max_length=20, blank=True)
    accession = models.ForeignKey("intake.Accession", null=True, on_delete=models.PROTECT, related_name="+")
    item = models.UUIDField(null=True, db_index=True, help_text="where its parts meet")
    has_electronic = models.BooleanField(default=False)
    has_paper = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(fields=["system", "digest"], name="case_once"),
            models.UniqueConstraint(fields=["digest"], condition=Q(system__isnull=True), name="paper_case_once"),
            models.UniqueConstraint(fields=["accession"], name="case_of_accession"),
        ]


class CaseMaterial(models.Model):
    """One line of the case's checklist, as the instrument had it when the case came."""

    class State(models.TextChoices):
        MISSING = "missing"
        THERE = "there"
        NOT_NEEDED = "not_needed"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="materials")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, help_text="as the checklist names it; never a person")
    is_required = models.BooleanField()
    is_original = models.BooleanField(default=False)
    is_scan_required = models.BooleanField(default=False)
    is_paper_kept = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.MISSING)
    came_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="case_material_once")]
