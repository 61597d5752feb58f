"""Who works here: sections, clinical departments and staff."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import UserManager
from django.db import models


class Department(models.Model):
    """A bureau section 股室 or a clinical department 科室: the unit a scope names."""

    class Kind(models.TextChoices):
        SECTION = "section"
        CLINICAL = "clinical"

    code = models.SlugField(primary_key=True, max_length=32)
    kind = models.CharField(max_length=16, choices=Kind)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.code


class Role(models.TextChoices):
    ARCHIVIST = "archivist"
    READER = "reader"
    SYSTEM_ADMIN = "system_admin"


class Staff(AbstractBaseUser):
    """A named employee with exactly one role; accounts are never shared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.SlugField(unique=True, max_length=32)
    display_name = models.CharField(max_length=80)
    role = models.CharField(max_length=16, choices=Role)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_one_known_role", condition=models.Q(role__in=["archivist", "reader", "system_admin"])
            ),
            # A reader without a department would read nothing, a system administrator with one something.
            models.CheckConstraint(
                name="staff_department_fits_role",
                condition=(models.Q(role="reader") & models.Q(department__isnull=False))
                | (models.Q(role="system_admin") & models.Q(department__isnull=True))
                | models.Q(role="archivist"),
            ),
        ]

    def __str__(self) -> str:
        return self.username


class SignInThrottle(models.Model):
    """Failed sign-ins of one account or one address, both as keyed digests."""

    key = models.BinaryField(primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_failure_at = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True)
