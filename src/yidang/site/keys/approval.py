"""Changes of keys that one person asks for and another approves."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.crypto import custody, passphrases
from yidang.crypto.keys import roots_of
from yidang.crypto.register import EVERY, FAMILIES, Register
from yidang.crypto.roots import FILE, PKCS11, SEALED
from yidang.crypto.shares import check_counts
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, Invalid
from yidang.site.keys import operations
from yidang.workflow.approvals import Kind, Line, Plan
from yidang.workflow.models import Approval

CODE = "key_change"
ROTATE, REPLACE_ROOT, SEAL, UNSEAL, SPLIT = "rotate", "replace_root", "seal", "unseal", "split"


def plan_of(change: str, *, shares: int = 0, needed: int = 0) -> dict[str, object]:
    """Of a split, also of which root key: shares of another one would bring back something else."""
    if change != SPLIT:
        return {"change": change}
    return {"change": change, "shares": shares, "needed": needed, "root": _register().root.number}


def describe(plan: Plan) -> Sequence[Line]:
    """What would change now.

    Raises:
        Invalid: `key_change_unknown`, `root_key_place_from_page`, `share_counts`.
        Conflict: `root_key_not_extractable`, `server_lacks_passphrase`.
    """
    lines = _LINES.get(plan["change"])
    if lines is None:
        raise Invalid("key_change_unknown")
    return lines(plan, _register())


def _rotated(_plan: Plan, register: Register) -> Sequence[Line]:
    return _versions(FAMILIES, register)


def _versions(families: Sequence[str], register: Register) -> Sequence[Line]:
    return [
        Line(_("Keys %(family)s") % {"family": one}, str(register.current(one)), str(register.current(one) + 1))
        for one in families
    ]


def _replaced(_plan: Plan, register: Register) -> Sequence[Line]:
    if register.root.kept.startswith(PKCS11):
        raise Invalid("root_key_place_from_page")
    if register.root.kept == SEALED:
        require_passphrase()
    number = register.root.number
    return [Line(_("Root key"), str(number), str(number + 1)), *_versions(EVERY, register)]


def _sealed(_plan: Plan, register: Register) -> Sequence[Line]:
    require_passphrase()
    return _kept_otherwise(register, SEALED)


def _unsealed(_plan: Plan, register: Register) -> Sequence[Line]:
    return _kept_otherwise(register, FILE)


def _kept_otherwise(register: Register, place: str) -> Sequence[Line]:
    _require_extractable(register)
    names = {FILE: _("Plain file"), SEALED: _("File under a passphrase")}
    kept = register.root.kept
    return [] if kept == place else [Line(_("Root key kept as"), names[kept], names[place])]


def _split(plan: Plan, register: Register) -> Sequence[Line]:
    _require_extractable(register)
    check_counts(shares=plan["shares"], needed=plan["needed"])
    if plan["root"] != register.root.number:
        return []
    made = _("%(shares)s shares, any %(needed)s of which give it back") % plan
    return [Line(_("Root key %(number)s in shares") % {"number": register.root.number}, "", made)]


def _require_extractable(register: Register) -> None:
    if register.root.kept.startswith(PKCS11):
        raise Conflict("root_key_not_extractable")


def require_passphrase() -> None:
    """Before anything is written: a server that cannot open what it sealed would not start again."""
    if not (passphrases.is_configured() or passphrases.typed()):
        raise Conflict("server_lacks_passphrase", variable=passphrases.FILE_VARIABLE)


def execute(plan: Plan, approval: Approval) -> None:
    _DOES[plan["change"]](str(approval.decided_by_id))


def _replace(actor: str) -> None:
    """The passphrase is the one the server was started with: it must open the new root key as well."""
    place = custody.kept().kept
    operations.carry_out_replacement(actor, place, passphrases.passphrase() if place == SEALED else "")


def _allow_split(_actor: str) -> None:
    """Shares are made when their asker takes them (`handing_over`): nothing holds them meanwhile."""


_LINES: dict[str, Callable[[Plan, Register], Sequence[Line]]] = {
    ROTATE: _rotated,
    REPLACE_ROOT: _replaced,
    SEAL: _sealed,
    UNSEAL: _unsealed,
    SPLIT: _split,
}
_DOES: dict[str, Callable[[str], None]] = {
    ROTATE: lambda actor: operations.carry_out_rotation(actor, FAMILIES),
    REPLACE_ROOT: _replace,
    SEAL: lambda actor: operations.carry_out_sealing(actor, passphrases.passphrase()),
    UNSEAL: operations.carry_out_unsealing,
    SPLIT: _allow_split,
}


def _register() -> Register:
    return roots_of(settings.YIDANG.home).register()


KIND = Kind(
    code=CODE,
    title=gettext_lazy("Change of keys"),
    ask=Permission.MANAGE_KEYS,
    approve=Permission.APPROVE_SECURITY,
    describe=describe,
    execute=execute,
)
