"""Every word the face says in English it can say in Chinese, room by room."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from yidang.kernel.texts import catalogue

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yidang"
ROOMS = sorted(path.name for path in SOURCE.iterdir() if (path / "locale" / "zh_Hans").exists())
# The command line and what it shows have a catalogue of their own.
OTHERS = ("cli", "demo", "doctor", "runtime")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
Message = tuple[str, str]  # context, text


def said(room: str) -> set[Message]:
    folder = SOURCE / room
    code = [path for path in folder.rglob("*.py") if path.relative_to(folder).parts[0] not in OTHERS]
    texts = [path.read_bytes() for path in code]
    texts += [as_python(path) for path in folder.rglob("*.html")]
    return {message for text in texts for message in messages(text)}


def as_python(template: Path) -> bytes:
    """The texts of a template as gettext calls, one a line."""
    calls = templatize(template.read_text(encoding="utf-8")).splitlines()
    return "\n".join(line.lstrip() for line in calls).encode()


def messages(text: bytes):
    for _, function, arguments, _ in extract_python(BytesIO(text), KEYWORDS, (), {"encoding": "utf-8"}):
        given = [one for one in (arguments if isinstance(arguments, tuple) else (arguments,)) if isinstance(one, str)]
        if given:
            yield (given[0], given[1]) if function.startswith("pgettext") else ("", given[0])


def translated(room: str) -> dict[Message, str]:
    source = SOURCE / room / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    with source.open("rb") as file:
        entries = [entry for entry in read_po(file) if entry.id]
    assert not [entry.id for entry in entries if entry.fuzzy]
    return {(entry.context or "", first(entry.id)): first(entry.string) for entry in entries}


def first(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_has_its_chinese(room):
    chinese = translated(room)
    missing = {message for message in said(room) if not chinese.get(message)}
    assert missing == set()


@pytest.mark.parametrize("room", ROOMS)
def test_no_translation_has_lost_its_text(room):
    assert translated(room).keys() - said(room) == set()


@pytest.mark.parametrize("room", ROOMS)
def test_the_places_for_facts_are_the_same_in_both_languages(room):
    for (_, english), chinese in translated(room).items():
        places = r"%\([a-z]+\)[sd]|\{[a-z]+\}"
        assert set(re.findall(places, english)) == set(re.findall(places, chinese)), english


def test_one_english_text_is_one_chinese_text_in_all_rooms():
    """The catalogues are merged when they are used: the last would win silently."""
    known: dict[Message, str] = {}
    for room in ROOMS:
        for message, chinese in translated(room).items():
            assert known.setdefault(message, chinese) == chinese, (room, message)


def test_messages_speak_both_languages_with_the_same_facts():
    for code, texts in catalogue().items():
        assert set(texts) == {"zh", "en"}, code
        # A fact that is itself words is handed over in both languages: {problem_zh}, {problem_en}.
        told = {language: set(re.findall(r"\{(\w+?)(?:_zh|_en)?\}", text)) for language, text in texts.items()}
        assert told["zh"] == told["en"], code
