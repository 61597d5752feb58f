"""What can be certified. A room registers its kinds when it is loaded; each says in words what it certifies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from yidang.kernel.clock import CHINA
from yidang.kernel.errors import Invalid
from yidang.ledger.statements.claims import Claims, Value

Language = Literal["zh", "en"]
Format = Literal["text", "count", "moment"]


@dataclass(frozen=True, slots=True)
class Field:
    """`format`: how the value is written for a person; a moment is held as seconds since 1970."""

    key: str
    zh: str
    en: str
    format: Format = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`code` is part of what is signed: a kind whose fields change gets a new one ("unchanged/2").

    `zh` and `en` are its title; the sentences hold {field} places. Values beyond what the statement is for do not
    belong in its fields: whoever photographs the code has them.
    """

    code: str
    zh: str
    en: str
    sentence_zh: str
    sentence_en: str
    fields: Sequence[Field]
    lasts: timedelta

    def title(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en

    def values(self, claims: Mapping[str, Value]) -> tuple[Value, ...]:
        """In the order of the fields. Raises Invalid `statement_claims_wrong`."""
        if set(claims) != {field.key for field in self.fields}:
            raise Invalid("statement_claims_wrong", kind=self.code)
        return tuple(claims[field.key] for field in self.fields)


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    text: str


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    _kinds[kind.code] = kind
    return kind


def known() -> Sequence[Kind]:
    return list(_kinds.values())


def kind_of(code: str) -> Kind | None:
    """None for a kind of a later version of this program, or of another archive."""
    return _kinds.get(code)


def get_kind(code: str) -> Kind:
    """Raises Invalid `statement_kind_unknown`."""
    if (kind := kind_of(code)) is None:
        raise Invalid("statement_kind_unknown", kind=code)
    return kind


def sentence(claims: Claims, language: Language) -> str:
    """The statement in one sentence; blank for an unknown kind."""
    kind = kind_of(claims.kind)
    if kind is None or len(kind.fields) != len(claims.values):
        return ""
    said = {field.key: _said(field, value) for field, value in zip(kind.fields, claims.values, strict=True)}
    said["issued"] = moment(claims.issued_at)
    return (kind.sentence_zh if language == "zh" else kind.sentence_en).format(**said)


def lines(claims: Claims, language: Language) -> list[Line]:
    """Field by field; the bare values of an unknown kind."""
    kind = kind_of(claims.kind)
    if kind is None or len(kind.fields) != len(claims.values):
        return [Line(f"[{number}]", str(value)) for number, value in enumerate(claims.values, start=1)]
    named: list[tuple[Field, Value]] = list(zip(kind.fields, claims.values, strict=True))
    return [Line(field.zh if language == "zh" else field.en, _said(field, value)) for field, value in named]


def _said(field: Field, value: Value) -> str:
    return _FORMATS[field.format](value)


def moment(value: Value) -> str:
    """The bureau's time, to the second."""
    return datetime.fromtimestamp(int(value), UTC).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


_FORMATS: dict[str, Callable[[Value], str]] = {"text": str, "count": str, "moment": moment}

UNCHANGED = register(
    Kind(
        code="unchanged/1",
        zh="未变动证明",
        en="Statement of no change",
        sentence_zh="档案 {reference_code} 第 {version} 版自 {since} 归入本档案馆后，至 {issued} 没有任何变动。",
        sentence_en="Version {version} of record {reference_code}, kept since {since}, had not changed at {issued}.",
        fields=(
            Field("reference_code", "档号", "Reference code"),
            Field("version", "版本", "Version", "count"),
            Field("since", "自", "Since", "moment"),
        ),
        lasts=timedelta(days=5 * 365),
    )
)
