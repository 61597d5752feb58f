"""What is wrong with a witness or anchor, and when it is tried again: `run/anchoring/<slug>.json`; proof of nothing."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from yidang.crypto.durable import make_private_folder


@dataclass(frozen=True, slots=True)
class Trouble:
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    failures: int = 1
    since: float = 0.0  # seconds since 1970
    again_at: float = 0.0


def trouble_of(slug: str) -> Trouble | None:
    try:
        return Trouble(**json.loads(_path(slug).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def remember(slug: str, trouble: Trouble) -> None:
    path = _path(slug)
    make_private_folder(path.parent)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(trouble)), encoding="utf-8")
    draft.replace(path)


def forget(slug: str) -> None:
    _path(slug).unlink(missing_ok=True)


def _path(slug: str) -> Path:
    found: Path = settings.YIDANG.home / "run" / "anchoring" / f"{slug}.json"
    return found
