"""Changes of keys that one person asks for and another approves."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.crypto import custody
from yidang.crypto.keys import roots_of
from yidang.crypto.register import FAMILIES
from yidang.crypto.roots import PKCS11, SEALED
from yidang.identity.policy import Permission
from yidang.kernel.errors import Invalid
from yidang.site.keys import operations
from yidang.workflow.approvals import Kind, Line, Plan
from yidang.workflow.models import Approval

CODE = "key_change"
ROTATE, REPLACE_ROOT = "rotate", "replace_root"


def describe(plan: Plan) -> Sequence[Line]:
    """Raises Invalid `root_key_place_from_page`, `key_family_unknown`."""
    from django.conf import settings

    register = roots_of(settings.YIDANG.home).register()
    versions = [
        Line(_("Keys %(family)s") % {"family": one}, str(register.current(one)), str(register.current(one) + 1))
        for one in FAMILIES
    ]
    if plan["change"] == ROTATE:
        return versions
    if plan["change"] == REPLACE_ROOT and not register.root.kept.startswith(PKCS11):
        return [Line(_("Root key"), str(register.root.number), str(register.root.number + 1)), *versions]
    raise Invalid("root_key_place_from_page")


def execute(plan: Plan, approval: Approval) -> None:
    actor = str(approval.decided_by_id)
    if plan["change"] == ROTATE:
        operations.carry_out_rotation(actor, FAMILIES)
        return
    place = custody.kept().kept
    operations.carry_out_replacement(actor, place, _passphrase() if place == SEALED else "")


def _passphrase() -> str:
    """The one the server was started with: it must open the new root key as well."""
    from yidang.crypto import passphrases

    return passphrases.passphrase()


KIND = Kind(
    code=CODE,
    title=gettext_lazy("Change of keys"),
    ask=Permission.MANAGE_KEYS,
    approve=Permission.APPROVE_SECURITY,
    describe=describe,
    execute=execute,
)
