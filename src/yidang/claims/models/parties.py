"""Who takes part: enrolees, institutions, their departments and their staff."""

import uuid

from django.db import models


class Scheme(models.TextChoices):
    """险种, by the codes of the national interface."""

    EMPLOYEE = "310"
    RESIDENT = "390"
    WORK_INJURY = "410"
    MATERNITY = "510"


class Enrolee(models.Model):
    """一人一档. `person` is the keyed pseudonym by which analytics and settlements know them."""

    class Status(models.TextChoices):
        ENROLLED = "enrolled"
        SUSPENDED = "suspended"
        ENDED = "ended"
        NOT_ENROLLED = "not_enrolled"

    class Reason(models.TextChoices):
        """Why somebody of the region is not enrolled."""

        NONE = ""
        ELSEWHERE = "elsewhere"
        ABROAD = "abroad"
        SERVING = "serving"
        IMPRISONED = "imprisoned"
        DECEASED = "deceased"
        UNWILLING = "unwilling"
        UNABLE = "unable"
        UNKNOWN = "unknown"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.BigIntegerField(unique=True)
    id_index = models.BinaryField(max_length=16, null=True, help_text="blind index of the ID number, 18 digits")
    sealed = models.BinaryField(null=True, help_text='sealed JSON {"name", "id_number", "phone", "address", …}')
    sex = models.PositiveSmallIntegerField(default=0, help_text="1 男, 2 女, 0 unknown")
    born_on = models.DateField(null=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.ENROLLED)
    scheme = models.CharField(max_length=3, blank=True)
    place = models.CharField(max_length=6, blank=True, help_text="region code of the insured place 参保地")
    reason = models.CharField(max_length=10, choices=Reason, default=Reason.NONE, blank=True)
    address = models.BigIntegerField(null=True, help_text="pseudonym of the household's address")
    blood_group = models.CharField(max_length=4, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["id_index"], name="enrolee_by_id_number")]
        constraints = [
            models.CheckConstraint(
                name="enrolee_reason_when_not_enrolled",
                condition=models.Q(reason="") | ~models.Q(status="enrolled"),
            )
        ]


class EnroleeSource(models.Model):
    """One source's own entry for a person, as it came; several may lead to one enrolee."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=40)
    number_index = models.BinaryField(max_length=16, help_text="blind index of the source's number of the person")
    enrolee = models.ForeignKey(Enrolee, on_delete=models.PROTECT, related_name="sources")
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number_index"], name="enrolee_source_once")]


class Provider(models.Model):
    """定点医药机构. Its code, name and place are public."""

    class Kind(models.TextChoices):
        HOSPITAL = "hospital"
        CLINIC = "clinic"
        PHARMACY = "pharmacy"
        INTERNET = "internet"

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.HOSPITAL)
    level = models.PositiveSmallIntegerField(default=0)
    region = models.CharField(max_length=6, blank=True)
    beds = models.PositiveIntegerField(default=0)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or self.code


class Department(models.Model):
    """科室 of an institution, by the code in its settlements."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="departments")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "code"], name="claims_department_once")]


class Practitioner(models.Model):
    """医保医师, 护士, 药师 or technician, by the national code."""

    class Profession(models.TextChoices):
        DOCTOR = "doctor"
        NURSE = "nurse"
        PHARMACIST = "pharmacist"
        TECHNICIAN = "technician"

    code = models.CharField(primary_key=True, max_length=20)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, db_constraint=False, related_name="practitioners")
    department = models.CharField(max_length=20, blank=True)
    profession = models.CharField(max_length=10, choices=Profession, default=Profession.DOCTOR)
    specialty = models.CharField(max_length=40, blank=True)
    sealed = models.BinaryField(null=True, help_text='sealed JSON {"name"}')
