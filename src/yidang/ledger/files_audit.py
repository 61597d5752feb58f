"""The stand-alone verifier, turned on our own folder with our own keys."""

from collections.abc import Iterator

from django.conf import settings

from yidang.kernel.difference import Difference, difference
from yidang.kernel.errors import DomainError
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.notes import PublicKey
from yidang.ledger.signing import signing_keys
from yidang.ledger.verifier import Heads, verify_folder


def trusted_keys(origin: str) -> str:
    """The public halves of our signing keys. Raises Unavailable `ledger_key_missing` or `ledger_key_damaged`."""
    keys = signing_keys(settings.YIDANG.home, may_create=False)
    return "\n".join(str(PublicKey(origin, key.algorithm, key.public)) for key in keys)


def file_differences(folder: LedgerFolder, heads: Heads) -> Iterator[Difference]:
    try:
        keys = trusted_keys(folder.origin)
    except DomainError as problem:
        yield difference(problem.code, **problem.facts)
        return
    if (folder.path / "keys").read_text(encoding="utf-8").strip() != keys:
        yield difference("ledger_public_keys_wrong", path="ledger/keys")
    for finding in verify_folder(folder.path, keys=keys, heads=heads)["findings"]:
        yield difference(f"ledger_{finding.pop('code')}", **finding)
