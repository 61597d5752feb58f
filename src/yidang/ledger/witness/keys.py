"""A witness's own keys, made at its first start: mode 600 files in its folder, and its name, which is part of them."""

from dataclasses import dataclass
from pathlib import Path

from yidang.crypto.durable import create_durably
from yidang.crypto.signatures import Algorithm, SigningKey, generate, signing_key
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.cosigning import Cosignature, Cosigner, cosign, is_name

ALGORITHMS = (Algorithm.ED25519, Algorithm.SM2)


@dataclass(frozen=True, slots=True)
class Identity:
    name: str
    keys: tuple[SigningKey, ...]

    @property
    def cosigners(self) -> list[Cosigner]:
        return [Cosigner(self.name, key.algorithm, key.public) for key in self.keys]

    def cosign(self, text: str, *, time: int) -> list[Cosignature]:
        return [cosign(text, name=self.name, key=key, time=time) for key in self.keys]


def identity(folder: Path, *, name: str | None = None) -> Identity:
    """The witness of that folder; made when the folder has none and a name is given.

    Raises:
        Conflict: `witness_nameless`, `witness_named_otherwise` or `witness_key_missing`.
        Invalid: `witness_name_malformed`.
    """
    if name is not None and not is_name(name):
        raise Invalid("witness_name_malformed", name=name)
    said = folder / "name"
    if not said.exists():
        if name is None:
            raise Conflict("witness_nameless", folder=str(folder))
        for algorithm in ALGORITHMS:
            create_durably(folder / f"{algorithm}.key", generate(algorithm).private)
        create_durably(said, f"{name}\n".encode())
    kept = said.read_text(encoding="utf-8").strip()
    if name not in {None, kept}:
        raise Conflict("witness_named_otherwise", name=kept)
    return Identity(kept, tuple(_key(folder, algorithm) for algorithm in ALGORITHMS))


def _key(folder: Path, algorithm: Algorithm) -> SigningKey:
    try:
        return signing_key(algorithm, (folder / f"{algorithm}.key").read_bytes())
    except FileNotFoundError:
        raise Conflict("witness_key_missing", folder=str(folder)) from None
