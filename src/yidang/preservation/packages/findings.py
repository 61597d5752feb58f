"""What the judgement of a package found."""

from dataclasses import dataclass, field

from yidang.kernel.texts import Language, say

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is that of the specification where it has any; `text` the catalogue's key of the sentence."""

    code: str
    path: str
    text: str
    detail: str = ""
    is_warning: bool = False

    def message(self, language: Language) -> str:
        sentence = say(self.text, language)
        return f"{sentence} ({self.detail})" if self.detail else sentence


@dataclass
class Findings:
    """Collects, once each, in the order found."""

    _found: dict[Finding, None] = field(default_factory=dict)

    def error(self, code: str, path: str = "", *, text: str = "", detail: object = "") -> None:
        self._add(Finding(code, printable(path), text or code, printable(str(detail))[:_LONGEST]))

    def warning(self, code: str, path: str = "", *, text: str = "", detail: object = "") -> None:
        self._add(Finding(code, printable(path), text or code, printable(str(detail))[:_LONGEST], is_warning=True))

    def _add(self, finding: Finding) -> None:
        self._found[finding] = None

    def take(self, findings: "list[Finding]") -> None:
        for one in findings:
            self._add(one)

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self._found if not one.is_warning]

    @property
    def warnings(self) -> list[Finding]:
        return [one for one in self._found if one.is_warning]


def printable(text: str) -> str:
    """File names may hold half characters that no output can print."""
    return text.encode("utf-8", "backslashreplace").decode()
