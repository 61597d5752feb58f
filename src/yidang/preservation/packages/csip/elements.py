"""A METS document in hand, and the small questions that requirements ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from yidang.preservation.packages.csip.words import METS, is_moment, mets
from yidang.preservation.packages.findings import Findings


@dataclass
class Mets:
    """`where`: the document's path in the package; `base`: the folder that its references start from."""

    root: Element
    where: str
    findings: Findings
    is_representation: bool = False

    @property
    def base(self) -> str:
        return self.where.rpartition("/")[0] + "/" if "/" in self.where else ""

    def error(self, code: str, what: str, text: str = "csip_missing") -> None:
        self.findings.error(code, self.where, text=text, detail=what)

    def warning(self, code: str, what: str, text: str = "csip_missing") -> None:
        self.findings.warning(code, self.where, text=text, detail=what)

    def need(self, code: str, element: Element, attribute: str, allowed: set[str] | None = None) -> str:
        """The attribute's value; an error where it is missing, blank or none of the allowed ones."""
        return self._ask(code, element, attribute, allowed, is_must=True)

    def wish(self, code: str, element: Element, attribute: str, allowed: set[str] | None = None) -> str:
        return self._ask(code, element, attribute, allowed, is_must=False)

    def moment(self, code: str, element: Element, attribute: str) -> str:
        value = self.need(code, element, attribute)
        return self._checked_moment(code, element, attribute, value)

    def wish_moment(self, code: str, element: Element, attribute: str) -> str:
        value = self.wish(code, element, attribute)
        return self._checked_moment(code, element, attribute, value)

    def _checked_moment(self, code: str, element: Element, attribute: str, value: str) -> str:
        if value and not is_moment(value):
            self.error(code, f"{local(element.tag)}/@{attribute}={value}", "csip_wrong_value")
        return value

    def _ask(self, code: str, element: Element, attribute: str, allowed: set[str] | None, *, is_must: bool) -> str:
        tell = self.error if is_must else self.warning
        value = element.get(attribute, "").strip()
        what = f"{local(element.tag)}/@{local(attribute)}"
        if not value:
            tell(code, what)
        elif allowed is not None and value not in allowed:
            self.error(code, f"{what}={value}", "csip_wrong_value")
        return value


def parse(raw: bytes, where: str, findings: Findings, *, is_representation: bool = False) -> Mets | None:
    try:
        root = fromstring(raw, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as problem:
        findings.error("CSIPSTR4", where, text="csip_not_xml", detail=problem)
        return None
    if root.tag != mets("mets"):
        findings.error("CSIPSTR4", where, text="csip_not_mets", detail=root.tag)
        return None
    return Mets(root, where, findings, is_representation)


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def all_of(element: Element, name: str) -> list[Element]:
    return element.findall(f"{{{METS}}}{name}")


def deep(element: Element, name: str) -> Iterator[Element]:
    return element.iter(f"{{{METS}}}{name}")
