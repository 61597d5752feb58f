"""A trend as a small drawing: shares over quarters, told beside it as a table too."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 640, 160, 24


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Chart:
    """Of shares between `low` and `high`; quarters without a share leave a gap in `lines`."""

    dots: Sequence[Dot]
    lines: Sequence[str]
    threshold: float


def chart(shares: Sequence[tuple[str, float | None]], *, threshold: float, low: float, high: float) -> Chart:
    step = (WIDTH - 2 * MARGIN) / max(1, len(shares) - 1)
    runs: list[list[Dot]] = [[]]
    for place, (label, share) in enumerate(shares):
        if share is None:
            runs.append([])
        else:
            runs[-1].append(Dot(round(MARGIN + place * step, 1), height(share, low, high), label))
    lines = [" ".join(f"{dot.x},{dot.y}" for dot in run) for run in runs if len(run) > 1]
    return Chart([dot for run in runs for dot in run], lines, height(threshold, low, high))


def height(share: float, low: float, high: float) -> float:
    within = (min(max(share, low), high) - low) / (high - low)
    return round(HEIGHT - MARGIN - within * (HEIGHT - 2 * MARGIN), 1)
