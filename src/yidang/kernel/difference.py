"""What a verification finds: one place where two truths do not say the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Difference:
    """`code` is a key of the message catalogue; the facts are opaque (numbers, paths, digests), never personal."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def difference(code: str, **facts: object) -> Difference:
    return Difference(code, facts)
