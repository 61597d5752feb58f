"""The one catalogue of message texts: every room's `messages.toml`, in Chinese and English."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["zh", "en"]


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Error or notice code → {"zh": text, "en": text}; texts hold {fact} places."""
    merged: dict[str, dict[str, str]] = {}
    for room in files("yidang").iterdir():
        source = room / "messages.toml"
        if source.is_file():
            merged |= tomllib.loads(source.read_text(encoding="utf-8"))
    return merged


def say(code: str, language: Language = "zh", /, **facts: object) -> str:
    """The text of `code` with its facts filled in; the bare code when the catalogue lacks it."""
    texts = catalogue().get(code)
    if texts is None:
        return code
    return texts[language].format_map(_Facts(facts))


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"
