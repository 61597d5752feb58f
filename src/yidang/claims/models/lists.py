"""Lists that others keep and this house takes in: who died or was away, who may not treat, products, code tables."""

import uuid

from django.db import models

from yidang.identity.models import Staff


class TakenList(models.Model):
    """One list as one source gave it on one day. `problems`: rows kept out, [{"row", "field", "code"}], no content."""

    class Kind(models.TextChoices):
        DEATHS = "deaths"
        ABSENCES = "absences"
        SUSPENSIONS = "suspensions"
        TERMINATIONS = "terminations"
        PRODUCTS = "products"
        DIAGNOSES = "diagnoses"
        OPERATIONS = "operations"
        DRUGS = "drugs"
        SERVICES = "services"
        MATERIALS = "materials"
        REGIONS = "regions"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    source = models.CharField(max_length=80, help_text="who issued it")
    dated_on = models.DateField(help_text="of which day it is")
    rows = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0, help_text="rows that were not known before")
    rejected = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["kind", "-dated_on"], name="taken_list_newest")]

    @property
    def name(self) -> str:
        return f"MD{self.taken_at:%Y}-{self.number}"


class DatedEntry(models.Model):
    """From when until when something holds of a person (known by a blind index), a doctor or an institution."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list = models.ForeignKey(TakenList, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=TakenList.Kind)
    digest = models.BinaryField(max_length=16, unique=True, help_text="keyed, of kind, whom and since when")
    id_index = models.BinaryField(max_length=16, null=True, help_text="blind index of the ID number, 18 digits")
    sealed = models.BinaryField(null=True, help_text='sealed JSON {"id_number", "name"}')
    code = models.CharField(max_length=20, blank=True, help_text="of the doctor or the institution")
    why = models.CharField(max_length=8, blank=True, help_text="prison or abroad")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id_index"], name="dated_entry_of_person")]
        constraints = [
            models.CheckConstraint(
                name="dated_entry_of_somebody",
                condition=models.Q(id_index__isnull=False, sealed__isnull=False, code="")
                | models.Q(id_index__isnull=True, sealed__isnull=True) & ~models.Q(code=""),
            ),
            models.CheckConstraint(
                name="dated_entry_forward",
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
            ),
        ]


class Code(models.Model):
    """One code of a standard table in one version of it."""

    list = models.ForeignKey(TakenList, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "code"], name="code_once_in_list")]
