"""How it stands with the keys: what the page shows and `yidang keys status` prints."""

from datetime import datetime
from typing import Any

from django.conf import settings

from yidang.crypto import keyring_backup, rotation
from yidang.crypto.keyring import RINGS, keyring
from yidang.crypto.keys import roots_of
from yidang.site.keys.operations import kind_of


def status() -> dict[str, Any]:
    """`ok` is false while old versions stand without anything being sealed anew, and when a kept copy has expired."""
    register = roots_of(settings.YIDANG.home).register()
    families = [
        {"family": one.family, "version": one.current, "old": one.old, "left": sum(one.left.values())}
        for one in rotation.state()
    ]
    return {
        "ok": not keyring_backup.expired(),
        "root": register.root.number,
        "kept": kind_of(register.root.kept),
        "made_at": register.root.made_at,
        "former_roots": [{"root": one.number, "kept": kind_of(one.kept)} for one in register.roots[:-1]],
        "families": families,
        "rotating": any(one["old"] for one in families),
        "keys": {name: _count(name) for name in RINGS},
        "copies": [{"id": one, "expires_at": day} for one, day in keyring_backup.living()],
        "expired_copies": keyring_backup.expired(),
        "destruction_complete_at": _latest(),
    }


def _count(ring: str) -> int:
    return sum(keyring(ring).versions().values())


def _latest() -> datetime | None:
    return keyring_backup.latest_expiry()
