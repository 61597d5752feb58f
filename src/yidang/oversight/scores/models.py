"""The registry of models: what each was made from, how it stands, who let it be heard."""

import uuid

from django.db import models
from django.db.models import Q

from yidang.identity.models import Staff
from yidang.oversight.scores.levels import NAMES


class ModelKind(models.TextChoices):
    FOREST = "forest"  # isolation forest over the distances from peers; nothing is learnt from verdicts
    COPOD = "copod"  # tails of every column by its empirical distribution; nothing is learnt from verdicts either
    LOGISTIC = "logistic"
    LIGHTGBM = "lightgbm"


UNLEARNT = (ModelKind.FOREST, ModelKind.COPOD)


class ModelState(models.TextChoices):
    SHADOW = "shadow"  # its doubts are kept and shown to nobody as work
    ACTIVE = "active"
    RETIRED = "retired"


class ScoreModel(models.Model):
    """One model of one level. `body`: LightGBM's own text or JSON of coefficients, never anything that runs.

    `metrics`: {"training": {…}, "months": {"YYYY-MM": Month as of `scores.gate`}}. `calibration` is none until
    enough verdicts are there. What counts rows and shares here names no person and no settlement.
    """

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=ModelKind)
    level = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=ModelState, default=ModelState.SHADOW)
    trained_on = models.PositiveIntegerField(default=0, help_text="judged rows")
    window_from = models.CharField(max_length=7, help_text="first month of settlement it knows, YYYY-MM")
    window_until = models.CharField(max_length=7, help_text="last month it knows: it is measured on later ones")
    features = models.JSONField(help_text="names, in the order of its columns")
    seed = models.BigIntegerField()
    data_digest = models.CharField(max_length=64, help_text="SM3 of the rows, answers and weights it was made from")
    body = models.TextField(blank=True)
    body_digest = models.CharField(max_length=64, blank=True)
    calibration = models.JSONField(null=True)
    metrics = models.JSONField(default=dict)
    trained_by = models.CharField(max_length=64)
    trained_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    promoted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    promoted_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level"], condition=Q(state="active"), name="model_one_active_of_a_level"),
            models.CheckConstraint(
                name="model_promoted_by_two",
                condition=~Q(state="active")
                | Q(proposed_by__isnull=False, promoted_by__isnull=False) & ~Q(proposed_by=models.F("promoted_by")),
            ),
        ]
        indexes = [models.Index(fields=["level", "state", "-number"], name="oversight_models")]

    @property
    def code(self) -> str:
        """What its doubts name as their rule."""
        return f"{PREFIX}{self.number}-{self.level}"


PREFIX = "M"


def model_level(code: str) -> str | None:
    """The level of a model's code as doubts name it; none where the code is a rule's."""
    number, _, level = code.removeprefix(PREFIX).partition("-")
    return level if code.startswith(PREFIX) and number.isdecimal() and level in NAMES else None
