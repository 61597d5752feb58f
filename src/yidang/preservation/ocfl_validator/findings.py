"""What a validation found."""

from dataclasses import dataclass, field
from typing import Literal

from yidang.kernel.texts import Language, say

Kind = Literal["object", "storage_root"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """`code` as in the specification; `path` below the validated folder; `detail` the words and values concerned."""

    code: str
    path: str
    detail: str = ""

    @property
    def message(self) -> str:
        return self.text("en")

    def text(self, language: Language) -> str:
        return say(f"ocfl_{self.code}", language) + (f" ({self.detail})" if self.detail else "")


@dataclass(frozen=True, slots=True)
class Report:
    kind: Kind
    objects: int
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def valid(self) -> bool:
        return not self.errors

    def codes(self) -> set[str]:
        return {finding.code for finding in (*self.errors, *self.warnings)}


@dataclass
class Findings:
    """Collects, once each, in the order found. `base` is put before every path."""

    base: str = ""
    _found: dict[Finding, None] = field(default_factory=dict)

    def add(self, code: str, path: str = "", detail: object = "") -> None:
        self._found[Finding(code, printable(f"{self.base}{path}" or "."), printable(str(detail)))] = None

    def below(self, folder: str) -> "Findings":
        """The same collection, seen from a folder further down."""
        return Findings(f"{self.base}{folder}/", self._found)

    def report(self, kind: Kind, objects: int) -> Report:
        return Report(
            kind,
            objects,
            errors=tuple(finding for finding in self._found if finding.code.startswith("E")),
            warnings=tuple(finding for finding in self._found if finding.code.startswith("W")),
        )


def printable(text: str) -> str:
    """File names and JSON may hold half characters that no output can print."""
    return text.encode("utf-8", "backslashreplace").decode()
