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

    objects: ClassVar[UserManager["Staff"]] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username
