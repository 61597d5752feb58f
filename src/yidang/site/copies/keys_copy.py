"""The keys, apart from every other copy and for a short time only, so that what is destroyed stays destroyed.

    rings/<time>-<expires>-<id>       a keyring backup of `crypto.keyring_backup`, sealed under the root key
    ledger-keys/<name>                the ledger's signing keys, each sealed under the root key

The root key itself is in neither place: it is kept on paper or in a safe.
"""

import tempfile
from datetime import datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from yidang.crypto import keyring_backup
from yidang.crypto.durable import make_private_folder, replace_durably
from yidang.kernel.errors import Invalid, NotFound
from yidang.preservation.copies.deposit import url_of
from yidang.preservation.ports import ObjectStore
from yidang.preservation.reading import read_key
from yidang.preservation.store import engine_at
from yidang.site.config import Config

_RINGS, _SIGNING = "rings/", "ledger-keys/"
_TIME = "%Y%m%dT%H%M%SZ"


def require_apart(place: str, keys: str, store: str) -> None:
    """Raises Invalid `backup_keys_not_apart` when one place lies in the other."""
    for other in (place, store):
        if other and _is_within(url_of(keys), url_of(other)):
            raise Invalid("backup_keys_not_apart", keys=keys, place=other)


def _is_within(one: str, other: str) -> bool:
    (kind, host, path), (kind2, host2, path2) = _parts(one), _parts(other)
    return (kind, host) == (kind2, host2) and (path.is_relative_to(path2) or path2.is_relative_to(path))


def _parts(url: str) -> tuple[str, str, PurePosixPath]:
    parts = urlsplit(url)
    path = unquote(parts.path)
    is_folder = parts.scheme == "file"
    return parts.scheme, parts.netloc, PurePosixPath(Path(path).resolve() if is_folder else "/" + path.strip("/"))


def copy_keys(config: Config, destination: str) -> keyring_backup.Backup:
    """Writes the newest keys and removes what has expired."""
    place = engine_at(url_of(destination), config.s3_endpoint)
    with tempfile.TemporaryDirectory(dir=config.home) as folder:
        draft = Path(folder) / "rings"
        made = keyring_backup.write(draft)
        place.put(f"{_RINGS}{made.made_at:{_TIME}}-{made.expires_at:{_TIME}}-{made.id}", draft.read_bytes())
    for path in sorted((config.home / "ledger-keys").glob("*.key")):
        place.put(_SIGNING + path.name, path.read_bytes())
    _remove_expired(place, made.made_at)
    return made


def _remove_expired(place: ObjectStore, now: datetime) -> None:
    for name in place.children(_RINGS).files:
        made, expires, backup_id = name.split("-", 2)
        if made and expires <= f"{now:{_TIME}}":
            place.delete(_RINGS + name)
            keyring_backup.removed(backup_id)


def check_keys(config: Config, destination: str) -> keyring_backup.Backup:
    """Opens every byte of the newest. Raises NotFound `backup_keys_absent`, Invalid `keyring_backup_damaged`."""
    with tempfile.TemporaryDirectory(dir=config.home) as folder:
        return keyring_backup.check(_newest(config, destination, Path(folder)))


def return_keys(config: Config, destination: str) -> keyring_backup.Backup:
    """Raises NotFound `backup_keys_absent`, Conflict `keyring_backup_expired`."""
    place = engine_at(url_of(destination), config.s3_endpoint)
    make_private_folder(config.home / "ledger-keys")
    for name in place.children(_SIGNING).files:
        replace_durably(config.home / "ledger-keys" / name, read_key(place, _SIGNING + name))
    with tempfile.TemporaryDirectory(dir=config.home) as folder:
        return keyring_backup.restore(_newest(config, destination, Path(folder)))


def _newest(config: Config, destination: str, folder: Path) -> Path:
    place = engine_at(url_of(destination), config.s3_endpoint)
    names = place.children(_RINGS).files
    if not names:
        raise NotFound("backup_keys_absent", place=destination)
    found = folder / "rings"
    found.write_bytes(read_key(place, _RINGS + max(names)))
    return found
