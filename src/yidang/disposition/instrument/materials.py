"""The packaged materials checklist of each business step."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from yidang.disposition.instrument.rules import material

_NEEDS = {"is_required": "required", "is_original": "original", "is_scan_required": "scan", "is_paper_kept": "paper"}


@cache
def _packaged() -> dict[str, Any]:
    text = files("yidang.disposition").joinpath("data/materials.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def source() -> str:
    """Where the packaged lists come from; they bind nobody until an approved instrument holds them."""
    found: str = _packaged()["source"]
    return found


def packaged_materials(series: str) -> list[dict[str, Any]]:
    steps = [step for step in _packaged()["step"] if step["series"] == series]
    listed = steps[0]["materials"] if steps else []
    return [material(one["name"], {flag: need in one["needs"] for flag, need in _NEEDS.items()}) for one in listed]
