"""The page that checks without a server: one HTML file with keys, revocations, scripts and styles inside.

It holds to a content security policy that names the digests of its own script and style and allows no connection.
"""

import base64
import hashlib
import json
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import find
from django.utils.translation import get_language

from yidang.kernel.errors import Unavailable
from yidang.ledger import queries as ledger
from yidang.ledger.statements import keys, queries
from yidang.ledger.statements.kinds import Kind, Language, known
from yidang.ledger.statements.wording import OFFLINE, OUTCOMES, PAGE, REASONS

SCRIPTS = (
    "site/js/theme.js",
    "vendor/tweetnacl/nacl-fast.min.js",
    "vendor/jsqr/jsQR.js",
    "ledger/core.js",
    "ledger/copy.js",
    "ledger/scanner.js",
    "ledger/offline.js",
)
STYLES = ("site/css/tokens.css", "ledger/offline.css", "ledger/check.css")


def page() -> str:
    """In the language of the moment, as of this moment."""
    script = "\n".join(_source(name) for name in SCRIPTS)
    style = "\n".join(_source(name) for name in STYLES)
    language: Language = "en" if get_language() == "en" else "zh"
    places = {f"text_{key}": escape(str(text)) for key, text in PAGE.items()}
    places |= {"lang": "en" if language == "en" else "zh-Hans", "policy": _policy(script, style)}
    places |= {"style": style, "script": script, "known": _known(language)}
    skeleton = files("yidang.ledger.statements").joinpath("data/offline.html").read_text(encoding="utf-8")
    head, *rest = skeleton.split("{{")
    return head + "".join(places[name] + text for name, text in (piece.split("}}", 1) for piece in rest))


def _known(language: Language) -> str:
    words: dict[str, Any] = {**OFFLINE, **{f"reason_{code}": text for code, text in REASONS.items()}}
    words |= {f"outcome_{code}": text for code, text in OUTCOMES.items()}
    content = {
        "words": {key: str(text) for key, text in words.items()},
        "kinds": {kind.code: _kind(kind, language) for kind in known()},
        "keys": {key_id.hex(): public.hex() for key_id, public in keys.trusted().items()},
        "revocations": queries.signed_revocations().hex(),
        "checkpoint": ledger.checkpoint().note,
    }
    return json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")


def _kind(kind: Kind, language: Language) -> dict[str, Any]:
    is_chinese = language == "zh"
    return {
        "title": kind.title(language),
        "sentence": kind.sentence_zh if is_chinese else kind.sentence_en,
        "fields": [
            {"key": one.key, "label": one.zh if is_chinese else one.en, "format": one.format} for one in kind.fields
        ],
    }


def _policy(script: str, style: str) -> str:
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src data: blob:; "
        "media-src blob: mediastream:; form-action 'none'; base-uri 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _source(name: str) -> str:
    path = find(name)
    if not isinstance(path, str):
        raise Unavailable("asset_missing", retryable=False, name=name)
    return Path(path).read_text(encoding="utf-8").replace("</script", "<\\/script")
