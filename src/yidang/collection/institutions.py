"""The bodies that hand in, and whom to reach there."""

import re
from collections.abc import Mapping

from django.db import transaction

from yidang.collection.models import Institution
from yidang.crypto.fields import open_json, seal_json
from yidang.identity.policy import Grant, Permission
from yidang.kernel import credit_code
from yidang.kernel.errors import Invalid, NotFound
from yidang.ledger.operations import append
from yidang.workflow.operations import party_addresses, set_party_address
from yidang.workflow.outbox_models import Channel

CONTACT = ("person", "phone", "address")
_LONGEST = 120
_CODE = re.compile(r"[HP]\d{11}")  # 定点医疗机构 or 零售药店: region (6) and running number (5)


def is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text)) or credit_code.is_valid(text)


def party_of(institution: Institution) -> str:
    return f"institution:{institution.code}"


def find(code: str) -> Institution:
    """Raises NotFound: `institution_not_found`."""
    found = Institution.objects.filter(pk=code).first()
    if found is None:
        raise NotFound("institution_not_found", institution=code[:20])
    return found


@transaction.atomic
def keep_institution(
    grant: Grant, *, code: str, name: str, kind: str, contact: Mapping[str, str], is_active: bool = True
) -> Institution:
    """Raises Invalid: `institution_code_wrong`, `institution_words_missing`."""
    grant.require(Permission.COLLECT)
    code, name = code.strip().upper(), name.strip()[:_LONGEST]
    if not is_code(code):
        raise Invalid("institution_code_wrong", institution=code[:20])
    if not name or kind not in Institution.Kind.values:
        raise Invalid("institution_words_missing")
    known = {field: contact.get(field, "").strip()[:_LONGEST] for field in CONTACT}
    made, _ = Institution.objects.update_or_create(
        code=code,
        defaults={"name": name, "kind": kind, "is_active": is_active, "sealed_contact": _sealed(code, known)},
    )
    append(
        action="institution.kept",
        actor=grant.actor,
        facts={"code": code, "name": name, "is_active": is_active},
        private=known,
    )
    return made


def _sealed(code: str, contact: dict[str, str]) -> bytes:
    return seal_json(contact, table="collection_institution", row=code, field="contact")


def contact_of(institution: Institution) -> dict[str, str]:
    if institution.sealed_contact is None:
        return dict.fromkeys(CONTACT, "")
    sealed = bytes(institution.sealed_contact)
    contact: dict[str, str] = open_json(sealed, table="collection_institution", row=institution.code, field="contact")
    return contact


def set_channel(grant: Grant, *, code: str, channel: Channel, target: str) -> str:
    """Where the institution hears of what it owes; the secret of a webhook in hex, shown this one time.

    Raises NotFound: `institution_not_found`; Invalid as `workflow.parties`.
    """
    institution = find(code)
    return set_party_address(
        grant=grant, permission=Permission.COLLECT, party=party_of(institution), channel=channel, target=target
    )


def channels_of(institution: Institution) -> set[str]:
    return set(party_addresses(party_of(institution)))
