"""Trains the document types' word model from drawn documents: `python -m yidang.intake.samples.training`.

The texts are those of the truth, roughened as a reader would: lines lost, characters confused, headings torn off.
"""

from collections import Counter
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from yidang.intake.reading.grams import count_grams
from yidang.intake.samples.drawing import draw
from yidang.intake.samples.forms import DRAWERS

SEED = 7001  # drawn from other dice than the shipped batch and the bench
PER_KIND = 90
VARIANTS = 3
MIXED = 160
MIN_DOCUMENTS = 6
MAX_GRAMS = 7000
ROUNDS = 400
RATE = 8.0
DECAY = 2e-4

Matrix = NDArray[np.float32]


def texts() -> list[tuple[str, str]]:
    """(kind, text) pairs, and mixtures of all kinds' lines that are `other`."""
    found: list[tuple[str, str]] = []
    every: list[str] = []
    for kind in DRAWERS:
        for number in range(PER_KIND):
            rng = Random(f"{SEED}/{kind}/{number}")  # noqa: S311 - drawings, not secrets
            lines = [fragment.text for page in draw(kind, rng).pages for fragment in page.fragments]
            every += lines
            found += [(kind, _roughened(lines, rng)) for _ in range(VARIANTS)]
    rng = Random(SEED)  # noqa: S311
    found += [("other", "\n".join(rng.sample(every, rng.randrange(8, 40)))) for _ in range(MIXED)]
    return found


def _roughened(lines: list[str], rng: Random) -> str:
    start = rng.choice((0, 0, 1, 2, 3))
    kept = [line for line in lines[start:] if rng.random() > 0.15]
    return "\n".join("".join(c for c in line if rng.random() > 0.01) for line in kept)


def train(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    kinds = list(DRAWERS)
    counted = [count_grams(text) for _, text in pairs]
    spread = Counter(gram for grams in counted for gram in grams)
    grams = sorted(gram for gram, count in spread.most_common(MAX_GRAMS) if count >= MIN_DOCUMENTS)
    rarity = np.array([1 + np.log(len(pairs) / spread[gram]) for gram in grams], dtype=np.float32)
    features = _features(counted, grams, rarity)
    targets = np.eye(len(kinds), dtype=np.float32)[[kinds.index(kind) for kind, _ in pairs]]
    weights, bias = _descend(features, targets)
    return {
        "kinds": "\n".join(kinds),
        "grams": "\n".join(grams),
        "rarity": rarity.astype(np.float16),
        "weights": weights,
        "bias": bias,
    }


def _features(counted: list[Counter[str]], grams: list[str], rarity: Matrix) -> Matrix:
    places = {gram: place for place, gram in enumerate(grams)}
    features = np.zeros((len(counted), len(grams)), dtype=np.float32)
    for row, found in enumerate(counted):
        for gram, count in found.items():
            if gram in places:
                features[row, places[gram]] = (1 + np.log(count)) * rarity[places[gram]]
    lengths = np.linalg.norm(features, axis=1, keepdims=True)
    return np.asarray(features / np.maximum(lengths, 1e-9), dtype=np.float32)


def _descend(features: Matrix, targets: Matrix) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
    """Softmax regression by plain gradient descent with momentum."""
    weights = np.zeros((features.shape[1], targets.shape[1]), dtype=np.float32)
    bias = np.zeros(targets.shape[1], dtype=np.float32)
    pace_w, pace_b = np.zeros_like(weights), np.zeros_like(bias)
    for _ in range(ROUNDS):
        scores = features @ weights + bias
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        slip = (chances - targets) / len(targets)
        pace_w = 0.9 * pace_w - RATE * (features.T @ slip + DECAY * weights)
        pace_b = 0.9 * pace_b - RATE * slip.sum(axis=0)
        weights += pace_w
        bias += pace_b
    return weights.astype(np.float16), bias.astype(np.float16)


@click.command()
def main() -> None:
    target = Path(str(files("yidang.intake.reading") / "data" / "types.npz"))
    np.savez_compressed(target, **train(texts()))
    click.echo(f"{target.name}: {target.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
