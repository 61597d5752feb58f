"""Where things stand in the storage root: OCFL 1.1, layout extension 0003 with one tuple of two hex digits.

    0=ocfl_1.1 · ocfl_layout.json · extensions/0003-hash-and-id-n-tuple-storage-layout/config.json · README.txt
    <first two hex digits of SHA-256(object id)>/urn%3auuid%3a<uuid>/…

256 folders keep a million objects at four thousand a folder; more levels would only cost disk blocks.
"""

import hashlib
import json
from uuid import UUID

from yidang.kernel.errors import Conflict, Invalid
from yidang.preservation.ports import ObjectStore

EXTENSION = "0003-hash-and-id-n-tuple-storage-layout"
NAMASTE = "0=ocfl_1.1"
LAYOUT = "ocfl_layout.json"
_ENCODED_PREFIX = "urn%3auuid%3a"
_README = """\
This folder is an OCFL 1.1 storage root (https://ocfl.io/1.1/spec/), written by Yidang.

Every content file is sealed. Its bytes are those of C2SP chunked-encryption v1 (https://c2sp.org/chunked-encryption)
with AEAD_SM4_GCM and HKDF-SM3, in chunks of 16384 bytes. The input key of a file is the data key of the version that
added it, kept in the keyring under the id "<object uuid>/v<number>"; its context is the UTF-8 text
"<object uuid>/<content path>". Without the keyring and its root key the content cannot be read by anybody.
"""


def _json(value: object) -> bytes:
    return json.dumps(value, indent=2, sort_keys=True).encode() + b"\n"


ROOT_FILES: dict[str, bytes] = {
    f"extensions/{EXTENSION}/config.json": _json(
        {"extensionName": EXTENSION, "digestAlgorithm": "sha256", "tupleSize": 2, "numberOfTuples": 1}
    ),
    LAYOUT: _json(
        {"extension": EXTENSION, "description": "Two hex digits of the identifier's SHA-256, then the identifier."}
    ),
    "README.txt": _README.encode(),
    NAMASTE: b"ocfl_1.1\n",  # last: only then is it a storage root
}


def prepare_root(store: ObjectStore) -> None:
    """Makes an empty place a storage root. Any number of processes may do so at once.

    One of ours that has lost its declaration stays as it is: the check names what is missing.
    """
    if store.exists(NAMASTE):
        return
    if any(key not in ROOT_FILES for key in store.walk()):
        if store.exists(LAYOUT):
            return
        raise Invalid("store_not_a_root")
    for key, content in ROOT_FILES.items():
        _put_once(store, key, content)


def _put_once(store: ObjectStore, key: str, content: bytes) -> None:
    try:
        store.put(key, content, if_absent=True)
    except Conflict:
        return


def ocfl_id(object_id: UUID) -> str:
    return f"urn:uuid:{object_id}"


def object_prefix(object_id: UUID) -> str:
    """Ends in `/`."""
    digest = hashlib.sha256(ocfl_id(object_id).encode()).hexdigest()
    return f"{digest[:2]}/{_ENCODED_PREFIX}{object_id}/"


def object_of_folder(fan: str, folder: str) -> UUID | None:
    """The object whose place is `fan/folder/`; None when that is no object's place."""
    try:
        found = UUID(folder.removeprefix(_ENCODED_PREFIX))
    except ValueError:
        return None
    return found if object_prefix(found) == f"{fan}/{folder}/" else None
