"""What a new version of a filed item will be, laid down before it is written."""

from dataclasses import dataclass
from typing import Any

from yidang.holdings.dossier import Dossier


@dataclass(frozen=True)
class Plan:
    """`text_from`: the version whose text file the pages' readings are taken from; `at` in ISO form.

    `added`: the draft whose files and pages become part of the item with this version; mostly none.
    """

    number: int
    kind: str
    at: str
    actor: str
    reason: str
    text_from: int
    dossier: Dossier
    added: str = ""

    def to_json(self) -> dict[str, Any]:
        return vars(self) | {"dossier": self.dossier.encode().decode()}

    @classmethod
    def from_json(cls, parts: dict[str, Any]) -> "Plan":
        return cls(**parts | {"dossier": Dossier.decode(parts["dossier"].encode())})
