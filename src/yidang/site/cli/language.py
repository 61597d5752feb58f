"""The command line speaks Chinese unless `YIDANG_LANGUAGE` or, failing that, the locale says English.

Our texts and click's own pass through gettext. Settle the language before click is imported.
"""

import gettext
import os
from collections.abc import Mapping
from pathlib import Path

from yidang.kernel.texts import Language

_DOMAIN = "messages"  # the one click looks its own texts up in
_FOLDER = Path(__file__).parent / "locale"


def chosen(environ: Mapping[str, str]) -> Language:
    said = environ.get("YIDANG_LANGUAGE")
    if said:
        return "en" if said == "en" else "zh"
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "en" if locale.startswith("en") else "zh"


LANGUAGE: Language = chosen(os.environ)


def settle() -> None:
    os.environ["LANGUAGE"] = "zh_CN" if LANGUAGE == "zh" else "en"
    gettext.bindtextdomain(_DOMAIN, _FOLDER)
    gettext.textdomain(_DOMAIN)


settle()
_ = gettext.gettext
