"""Red seals: ring, star, the name around, sometimes a line below. Their own text is no part of the page's truth."""

from random import Random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from yidang.intake.samples.fonts import sized
from yidang.intake.samples.paper import MM, Paper

REDS = ((212, 32, 38), (200, 24, 44), (226, 50, 44), (190, 28, 32))


def stamp(paper: Paper, rng: Random, x: float, y: float, name: str, *, lower: str = "", oval: bool = False) -> None:
    """Centre (x, y) in millimetres. The ink multiplies with what is printed below it."""
    wide = rng.uniform(38, 42) if not oval else 40.0
    tall = wide if not oval else 30.0
    layer = _ink(paper, rng, wide, tall, name=name, lower=lower).rotate(
        rng.uniform(-14, 14), resample=Image.Resampling.BICUBIC, expand=True, fillcolor="white"
    )
    left, top = round(x * MM - layer.width / 2), round(y * MM - layer.height / 2)
    box = (left, top, left + layer.width, top + layer.height)
    paper.image.paste(ImageChops.multiply(paper.image.crop(box), layer), box)
    paper.seals.append((float(box[0]), float(box[1]), float(box[2]), float(box[3])))


def _ink(paper: Paper, rng: Random, wide: float, tall: float, *, name: str, lower: str) -> Image.Image:
    width, height = round(wide * MM), round(tall * MM)
    mask = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(mask)
    pen.ellipse((2, 2, width - 3, height - 3), outline=255, width=max(round(1.1 * MM), 3))
    _write_around(paper, mask, name)
    if width == height:
        _draw_star(pen, width / 2, height / 2, width * 0.15)
    if lower:
        font = _font(paper, 3.6)
        place = (width / 2, height * (0.76 if width == height else 0.55))
        pen.text(place, lower, font=font, fill=255, anchor="mm")
    worn = np.asarray(mask, dtype=np.float32) * _wear(rng, width, height)
    colour = np.array(rng.choice(REDS), dtype=np.float32)
    alpha = (worn / 255.0)[:, :, np.newaxis] * rng.uniform(0.72, 0.98)
    return Image.fromarray((255.0 * (1 - alpha) + colour * alpha).astype(np.uint8))


def _font(paper: Paper, size: float):  # type: ignore[no-untyped-def]  # noqa: ANN202
    face, path = paper.style.faces["label"]
    return sized(path, face.index, round(size * MM))


def _write_around(paper: Paper, mask: Image.Image, name: str) -> None:
    size = 4.6 if len(name) <= 14 else 3.8
    font = _font(paper, size)
    reach = min(250, 17 * len(name))
    width, height = mask.size
    for place, character in enumerate(name):
        angle = -reach / 2 + reach * place / max(len(name) - 1, 1)
        glyph = Image.new("L", (round(size * MM * 1.4),) * 2, 0)
        ImageDraw.Draw(glyph).text((glyph.width / 2, glyph.height / 2), character, font=font, fill=255, anchor="mm")
        turned = glyph.rotate(-angle, resample=Image.Resampling.BICUBIC)
        radius = 0.5 - (size * 0.85) * MM / min(width, height)
        x = width * (0.5 + radius * np.sin(np.radians(angle))) - turned.width / 2
        y = height * (0.5 - radius * np.cos(np.radians(angle))) - turned.height / 2
        mask.paste(255, (round(x), round(y)), turned)


def _draw_star(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = np.radians(36 * corner)
        points.append((x + reach * np.sin(angle), y - reach * np.cos(angle)))
    pen.polygon(points, fill=255)


def _wear(rng: Random, width: int, height: int) -> np.ndarray:
    """Ink taken unevenly, as rubber does."""
    noise = np.random.default_rng(rng.randrange(2**32)).random((max(height // 6, 1), max(width // 6, 1)))
    cloud = Image.fromarray((noise * 255).astype(np.uint8)).resize((width, height), Image.Resampling.BICUBIC)
    soft = np.asarray(cloud.filter(ImageFilter.GaussianBlur(4)), dtype=np.float32) / 255.0
    worn: np.ndarray = np.clip(0.55 + soft, 0.0, 1.0)
    return worn
