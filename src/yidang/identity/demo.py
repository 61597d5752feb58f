"""Invented staff for a demonstration home; their password is made anew for each home."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from yidang.identity.appointing import give_post
from yidang.identity.attesting import attest
from yidang.identity.departments import load_departments
from yidang.identity.institutions import register_institution
from yidang.identity.models import Role, Staff, duty_of
from yidang.identity.policy import system_grant
from yidang.kernel.clock import today


@dataclass(frozen=True, slots=True)
class DemoLogin:
    username: str
    password: str
    role: str
    display_name: str


DEMO_INSTITUTION = "H99010000001"
# username, role, display name, section, clinical department or institution
_STAFF = (
    ("dangan", Role.ARCHIVIST, "档案员", None),
    ("daiyu", Role.READER, "待遇审核员", "dyg"),
    ("xitong", Role.SYSTEM_ADMIN, "系统管理员", None),
    ("zhuren", Role.MANAGER, "档案科主任", None),
    ("xinnei", Role.DOCTOR, "心血管内科医生", "k-xxg"),
    ("guke", Role.DOCTOR, "骨科医生", "k-gk"),
    ("daiyuzhang", Role.SECTION_HEAD, "待遇股负责人", "dyg"),
    ("kufang", Role.STOREKEEPER, "库房管理员", None),
    ("yanshou", Role.ACCEPTOR, "第三方验收员", None),
    ("jihe2", Role.INSPECTOR, "稽核员（二）", None),
    ("jihe", Role.INSPECTOR, "稽核员", None),
    ("jiheqian", Role.DECISION_SIGNER, "稽核审批人", None),
    ("xinyong", Role.CREDIT_ADMIN, "信用管理员", None),
    ("jigou", Role.INSTITUTION_CLERK, "定点医院医保办经办", DEMO_INSTITUTION),
    ("anquan", Role.SECURITY_ADMIN, "安全管理员", None),
    ("anquan2", Role.SECURITY_ADMIN, "安全管理员（复核）", None),
    ("shenji", Role.AUDIT_ADMIN, "审计管理员", None),
)
_ACTOR = "system:demo"
_LOGINS_FILE = "demo-logins.txt"
# Without 0/O, 1/l/i: a demo password is read from a terminal and typed.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def create_demo_staff() -> list[DemoLogin]:
    """Makes the accounts, or finds them made; the passwords stand only in `home/demo-logins.txt`, mode 600.

    All new ones share one password: it is typed at every change of role, and hashing takes a third of a second each.
    """
    home: Path = settings.YIDANG.home
    known = _read(home / _LOGINS_FILE)
    shared = _password()
    logins = [
        DemoLogin(username, known.get(username, shared), role, display_name)
        for username, role, display_name, _ in _STAFF
    ]
    _write(home / _LOGINS_FILE, logins)
    hashed = cache(make_password)
    with transaction.atomic():
        load_departments()
        register_institution(grant=system_grant("demo"), code=DEMO_INSTITUTION, name="示范市第一医院")
        for login, (_, _, _, section) in zip(logins, _STAFF, strict=True):
            _ensure(login, section, hashed)
    return logins


def _ensure(login: DemoLogin, section: str | None, hashed: Callable[[str], str]) -> None:
    staff = Staff.objects.filter(username=login.username).first()
    if staff is None:
        _create(login, section, hashed(login.password))
    elif not staff.check_password(login.password):
        staff.password = hashed(login.password)
        staff.save(update_fields=["password"])
        attest("staff.password_reset", actor=_ACTOR, staff=staff, username=staff.username)


def _create(login: DemoLogin, section: str | None, hashed: str) -> None:
    staff = Staff(username=login.username, display_name=login.display_name, duty=duty_of(login.role), password=hashed)
    staff.save(force_insert=True)
    attest("staff.created", actor=_ACTOR, staff=staff, username=login.username, duty=staff.duty)
    give_post(staff, role=login.role, department=section, since=today(), actor=_ACTOR)


def _password() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(parts[:2] for line in lines if len(parts := line.split()) >= 2)  # noqa: PLR2004 - name and password


def _write(path: Path, logins: list[DemoLogin]) -> None:
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text("".join(f"{it.username} {it.password} {it.role}\n" for it in logins), encoding="utf-8")
    draft.replace(path)
