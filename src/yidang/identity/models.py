"""Who works here: sections, clinical departments, staff and the posts they hold."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import UserManager
from django.db import models

from yidang.identity.door_models import Factor, PastPassword, SignInThrottle, Visit
from yidang.identity.glass_models import BrokenGlass

__all__ = [
    "OF_A_DEPARTMENT",
    "OF_WHAT_IS_GIVEN",
    "ROLES_OF_DUTY",
    "BrokenGlass",
    "Department",
    "Duty",
    "Factor",
    "PastPassword",
    "Post",
    "Role",
    "SignInThrottle",
    "Staff",
    "Visit",
    "duty_of",
]


class Department(models.Model):
    """A bureau section 股室, a clinical department 科室, a designated institution 定点机构: the unit of a post.

    An institution stands under its national code, H or P and eleven digits; it is registered, not packaged.
    """

    class Kind(models.TextChoices):
        SECTION = "section"
        CLINICAL = "clinical"
        INSTITUTION = "institution"

    code = models.SlugField(primary_key=True, max_length=32)
    kind = models.CharField(max_length=16, choices=Kind)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.code


class Duty(models.TextChoices):
    """What a person is here for. It never changes: who changes duty gets another account (等保2.0 三员分立)."""

    RECORDS = "records"
    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


class Role(models.TextChoices):
    ARCHIVIST = "archivist"
    READER = "reader"
    DOCTOR = "doctor"
    MANAGER = "manager"
    SECTION_HEAD = "section_head"  # 部门负责人
    STOREKEEPER = "storekeeper"  # 库房管理员
    ACCEPTOR = "acceptor"  # 第三方验收
    INSPECTOR = "inspector"  # 稽核人员
    DECISION_SIGNER = "decision_signer"  # 稽核审批人
    CREDIT_ADMIN = "credit_admin"  # 信用管理员
    INSTITUTION_CLERK = "institution_clerk"  # 定点机构经办
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


ROLES_OF_DUTY: dict[str, tuple[str, ...]] = {
    Duty.RECORDS: (
        Role.MANAGER,
        Role.ARCHIVIST,
        Role.SECTION_HEAD,
        Role.STOREKEEPER,
        Role.DOCTOR,
        Role.READER,
        Role.ACCEPTOR,
        Role.INSPECTOR,
        Role.DECISION_SIGNER,
        Role.CREDIT_ADMIN,
        Role.INSTITUTION_CLERK,
    ),
    Duty.SYSTEM: (Role.SYSTEM_ADMIN,),
    Duty.SECURITY: (Role.SECURITY_ADMIN,),
    Duty.AUDIT: (Role.AUDIT_ADMIN,),
}
# These see the records of their department alone; the others see all records or none. An institution's clerk sees no
# records, but what the bureau asks of that institution.
OF_A_DEPARTMENT = (Role.DOCTOR, Role.READER, Role.SECTION_HEAD, Role.INSTITUTION_CLERK)
# These see only the single records given to them: who comes from outside, and who looks into single cases.
OF_WHAT_IS_GIVEN = (Role.ACCEPTOR, Role.INSPECTOR, Role.DECISION_SIGNER)


def duty_of(role: str) -> str:
    return next(duty for duty, roles in ROLES_OF_DUTY.items() if role in roles)


class Staff(AbstractBaseUser):
    """A named employee; accounts are never shared. What the person may do follows from the posts in force today."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.SlugField(unique=True, max_length=32)
    display_name = models.CharField(max_length=80)
    duty = models.CharField(max_length=16, choices=Duty, default=Duty.RECORDS)
    # Of the leading post, for lists and greetings; no right follows from them.
    role = models.CharField(max_length=32, choices=Role, blank=True, default="")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    sso_subject = models.BinaryField(
        null=True, unique=True
    )  # keyed digest of who the single sign-on service says it is

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(name="staff_one_known_role", condition=models.Q(role__in=["", *Role.values])),
            models.CheckConstraint(name="staff_one_known_duty", condition=models.Q(duty__in=Duty.values)),
            models.UniqueConstraint(name="staff_id_duty", fields=["id", "duty"]),  # what a post's foreign key names
        ]

    def __str__(self) -> str:
        return self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Never writes the password anew, as Django would after a change of hashing: the ledger holds its digest."""
        return raw_password is not None and check_password(raw_password, self.password)


def _role_fits_duty() -> models.Q:
    fitting = models.Q()
    for duty, roles in ROLES_OF_DUTY.items():
        fitting |= models.Q(duty=duty, role__in=list(roles))
    return fitting


class Post(models.Model):
    """A role held from `since` up to, but not on, `until`.

    `(staff, duty)` is a foreign key to the same pair of Staff (migration 0002), and the role must fit the duty: so the
    database itself refuses one person two of system, security and audit administration, or one of them and records.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="posts")
    duty = models.CharField(max_length=16, choices=Duty)
    role = models.CharField(max_length=32, choices=Role)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT)
    since = models.DateField()
    until = models.DateField(null=True)
    appointed_by = models.CharField(max_length=64)  # an actor of the ledger
    approval = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="post_role_fits_duty", condition=_role_fits_duty()),
            models.CheckConstraint(
                name="post_department_fits_role",
                condition=models.Q(role__in=list(OF_A_DEPARTMENT), department__isnull=False)
                | (~models.Q(role__in=list(OF_A_DEPARTMENT)) & models.Q(department__isnull=True)),
            ),
            models.CheckConstraint(
                name="post_ends_after_it_begins",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
            models.UniqueConstraint(
                name="post_open_once",
                fields=["staff", "role", "department"],
                condition=models.Q(until__isnull=True),
                nulls_distinct=False,
            ),
        ]
