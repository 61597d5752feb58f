"""A sheet one draws on in millimetres, which remembers every piece of text it was given and where."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from yidang.intake.samples.fonts import sized
from yidang.intake.samples.style import Style, Voice

DPI = 200
MM = DPI / 25.4
Align = Literal["left", "middle", "right"]
_ANCHORS: dict[Align, str] = {"left": "lm", "middle": "mm", "right": "rm"}


@dataclass(frozen=True)
class Fragment:
    """A run of text drawn at one go; `box` in pixels of the sheet."""

    text: str
    box: tuple[float, float, float, float]
    size: float = 0.0  # of the font, in pixels


@dataclass
class Paper:
    style: Style
    width: float = 210.0
    height: float = 297.0
    fragments: list[Fragment] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    seals: list[tuple[float, float, float, float]] = field(default_factory=list)
    image: Image.Image = field(init=False)
    pen: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (round(self.width * MM), round(self.height * MM)), self.style.paper)
        self.pen = ImageDraw.Draw(self.image)

    def font(self, size: float, voice: Voice) -> ImageFont.FreeTypeFont:
        face, path = self.style.faces[voice]
        return sized(path, face.index, max(round(size * MM), 6))

    def measure(self, text: str, size: float, voice: Voice = "label") -> float:
        return self.font(size, voice).getlength(text) / MM

    def text(
        self, x: float, y: float, text: str, *, size: float = 4.0, voice: Voice = "label", align: Align = "left"
    ) -> float:
        """Draws around the middle height `y`; returns the x where the text ends."""
        if not text:
            return x
        font, at, anchor = self.font(size, voice), (x * MM, y * MM), _ANCHORS[align]
        self.pen.text(at, text, font=font, fill=self.style.inks[voice], anchor=anchor)
        box = self.pen.textbbox(at, text, font=font, anchor=anchor)
        self.fragments.append(Fragment(text, (float(box[0]), float(box[1]), float(box[2]), float(box[3])), font.size))
        return box[2] / MM

    def rule(self, x0: float, y0: float, x1: float, y1: float, *, weight: float = 1.0) -> None:
        width = max(round(self.style.line_width * weight * MM), 1)
        self.rules.append((x0 * MM, y0 * MM, x1 * MM, y1 * MM))
        self.pen.line((x0 * MM, y0 * MM, x1 * MM, y1 * MM), fill=self.style.line_ink, width=width)

    def frame(self, x0: float, y0: float, x1: float, y1: float, *, weight: float = 1.0) -> None:
        for ends in ((x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0)):
            self.rule(*ends, weight=weight)

    def wrap(self, text: str, width: float, size: float, voice: Voice = "label") -> list[str]:
        lines, current = [], ""
        for character in text:
            too_wide = self.measure(current + character, size, voice) > width
            if too_wide and character not in "，。；：、）》！？%":
                lines.append(current)
                current = ""
            current += character
        return [*lines, current] if current else lines

    def cell(
        self,
        box: Sequence[float],
        text: str,
        *,
        size: float = 3.6,
        voice: Voice = "label",
        align: Align = "middle",
        framed: bool = True,
    ) -> None:
        """Text in a box, shrunk first and wrapped then where it does not fit."""
        x0, y0, x1, y1 = box
        if framed:
            self.frame(x0, y0, x1, y1)
        room = x1 - x0 - 2.0
        if self.measure(text, size, voice) > room and self.measure(text, size * 0.85, voice) <= room:
            size *= 0.85
        lines = self.wrap(text, room, size, voice)
        step = min(size * 1.35, (y1 - y0) / max(len(lines), 1))
        top = (y0 + y1) / 2 - step * (len(lines) - 1) / 2
        x = {"left": x0 + 1.2, "middle": (x0 + x1) / 2, "right": x1 - 1.2}[align]
        for number, line in enumerate(lines):
            self.text(x, top + number * step, line, size=min(size, step * 0.9), voice=voice, align=align)

    def paragraph(
        self, x: float, y: float, width: float, text: str, *, size: float = 4.2, voice: Voice = "body", indent: int = 2
    ) -> float:
        """Running text with its first line moved in; returns the y below it."""
        leading = size * self.style.leading
        for line in self.wrap("　" * indent + text, width, size, voice):
            lead = len(line) - len(line.lstrip("　"))
            self.text(x + lead * size, y, line.lstrip("　"), size=size, voice=voice)
            y += leading
        return y
