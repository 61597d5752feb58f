"""What the machine saw on a page besides its text."""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Grid: TypeAlias = NDArray[Any]
"""Numbers in a grid: masks, corners, heat maps."""

Picture: TypeAlias = NDArray[np.uint8]
"""Height x width x 3, blue-green-red, eight bits."""

Box = list[float]
"""x0, y0, x1, y1 as fractions of the upright page."""

TextOrigin = Literal["none", "born", "ocr"]


@dataclass(frozen=True)
class Seal:
    """A red seal found on the page."""

    box: Box
    roundness: float  # 1.0 is a perfect circle


@dataclass(frozen=True)
class Barcode:
    """A barcode or QR code; `kind` is the symbology's name as the decoder gives it."""

    kind: str
    value: str
    box: Box


@dataclass(frozen=True)
class PageFacts:
    """`rotation`: degrees clockwise that make the page upright; `skew`: degrees left after that, clockwise positive.

    Width and height are pixels of the upright page at its own resolution.
    """

    width: int
    height: int
    dpi: int
    rotation: int = 0
    skew: float = 0.0
    is_blank: bool = False
    seals: tuple[Seal, ...] = ()
    barcodes: tuple[Barcode, ...] = ()
    text_origin: TextOrigin = "none"
    confidence: float | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def has_seal(self) -> bool:
        return bool(self.seals)
