"""Designated institutions 定点机构 as units that a clerk's post can belong to."""

import re

from django.db import transaction

from yidang.identity.models import Department
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.operations import append

# 定点医疗机构 H, 定点零售药店 P; region of six digits, serial of five.
_CODE = re.compile(r"[HP]\d{11}")


@transaction.atomic
def register_institution(*, grant: Grant, code: str, name: str) -> Department:
    """Asking again renames it; nothing else changes.

    Raises Invalid `institution_code`, Conflict `department_code_taken`, NotAllowed.
    """
    if not (grant.allows(Permission.MANAGE_ROLES) or grant.allows(Permission.IMPORT_CLAIMS)):
        raise NotAllowed("not_allowed", permission=str(Permission.MANAGE_ROLES))
    if not _CODE.fullmatch(code):
        raise Invalid("institution_code")
    found = Department.objects.select_for_update().filter(pk=code).first()
    if found is None:
        found = Department(code=code, kind=Department.Kind.INSTITUTION)
    elif found.kind != Department.Kind.INSTITUTION:
        raise Conflict("department_code_taken")
    elif found.name_zh == name:
        return found
    found.name_zh = found.name_en = name[:80]
    found.save()
    append(action="institution.registered", actor=grant.actor, facts={"code": code, "name": found.name_zh})
    return found


def is_institution(code: str) -> bool:
    return Department.objects.filter(pk=code, kind=Department.Kind.INSTITUTION).exists()
