"""The Chinese fonts of this machine, by the look they give a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from yidang.kernel.errors import Unavailable

Look = Literal["song", "hei", "kai"]
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts")


@dataclass(frozen=True)
class Face:
    """A font file, the face in it that holds simplified characters, and its look."""

    file: str
    index: int
    look: Look
    is_bold: bool = False


KNOWN = (
    Face("NotoSerifCJK-Regular.ttc", 2, "song"),
    Face("NotoSerifCJK-Bold.ttc", 2, "song", is_bold=True),
    Face("NotoSansCJK-Regular.ttc", 2, "hei"),
    Face("NotoSansCJK-Bold.ttc", 2, "hei", is_bold=True),
    Face("uming.ttc", 0, "song"),
    Face("ukai.ttc", 0, "kai"),
    Face("wqy-zenhei.ttc", 0, "hei"),
    Face("wqy-microhei.ttc", 0, "hei"),
    Face("LXGWWenKai-Regular.ttf", 0, "kai"),
)


@cache
def available(folder: Path | None = None) -> tuple[tuple[Face, Path], ...]:
    """The known faces found in `folder`, or in the system's font folders.

    Raises:
        Unavailable: `fonts_missing`; the generator cannot draw without one.
    """
    places = [folder] if folder else [Path(name).expanduser() for name in FOLDERS]
    files = {path.name: path for place in places for path in place.rglob("*.tt[cf]")}
    found = tuple((face, files[face.file]) for face in KNOWN if face.file in files)
    if not found:
        raise Unavailable("fonts_missing", retryable=False, wanted=", ".join(face.file for face in KNOWN))
    return found


def with_look(faces: Iterable[tuple[Face, Path]], look: Look, *, bold: bool = False) -> list[tuple[Face, Path]]:
    """Faces of that look, or all when the machine has none of it."""
    every = list(faces)
    wanted = [pair for pair in every if pair[0].look == look and pair[0].is_bold == bold]
    return wanted or [pair for pair in every if pair[0].is_bold == bold] or every


@cache
def sized(path: Path, index: int, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), pixels, index=index)
