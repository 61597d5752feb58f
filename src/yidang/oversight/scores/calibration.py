"""From a score to a chance, by what persons said: isotonic where many verdicts are, Platt where few, else nothing."""

from typing import Any

import numpy as np

from yidang.oversight.scores.features import Matrix

ENOUGH, FEW = 200, 50
_LEAST_OF_EACH = 5
_STEPS = 50


def fitted(scores: Matrix, answers: Matrix, weights: Matrix) -> dict[str, Any] | None:
    """JSON of the calibration; none while there are too few verdicts, or nearly all say the same."""
    rarer = min(answers.sum(), len(answers) - answers.sum())
    if len(answers) < FEW or rarer < _LEAST_OF_EACH:
        return None
    return isotonic(scores, answers, weights) if len(answers) >= ENOUGH else platt(scores, answers, weights)


def chances(calibration: dict[str, Any] | None, scores: Matrix) -> Matrix | None:
    if calibration is None:
        return None
    if calibration["kind"] == "isotonic":
        return np.asarray(np.interp(scores, calibration["scores"], calibration["chances"]))
    return _sigmoid(calibration["slope"] * scores + calibration["shift"])


def isotonic(scores: Matrix, answers: Matrix, weights: Matrix) -> dict[str, Any]:
    """Pool adjacent violators. Each block stands at the mean of its scores."""
    order = np.argsort(scores, kind="stable")
    blocks: list[tuple[float, float, float]] = []  # weight, mean score, mean answer
    for at in order:
        block = (float(weights[at]), float(scores[at]), float(answers[at]))
        while blocks and (blocks[-1][2] >= block[2] or blocks[-1][1] >= block[1]):
            block = _pooled(blocks.pop(), block)
        blocks.append(block)
    return {"kind": "isotonic", "scores": [one[1] for one in blocks], "chances": [one[2] for one in blocks]}


def _pooled(one: tuple[float, float, float], other: tuple[float, float, float]) -> tuple[float, float, float]:
    weight = one[0] + other[0]
    return (
        weight,
        (one[0] * one[1] + other[0] * other[1]) / weight,
        (one[0] * one[2] + other[0] * other[2]) / weight,
    )


def platt(scores: Matrix, answers: Matrix, weights: Matrix) -> dict[str, Any]:
    """Slope never below 0: a higher score must not mean a lower chance."""
    scale = float(np.std(scores)) or 1.0
    middle = float(np.mean(scores))
    design = np.column_stack([(scores - middle) / scale, np.ones(len(scores))])
    told = np.zeros(2)
    for _ in range(_STEPS):
        chance = _sigmoid(design @ told)
        slope = design.T @ (weights * (answers - chance)) - told * [1.0, 0.0]
        bend = (design * (weights * chance * (1 - chance))[:, None]).T @ design + np.diag([1.0, 1e-6])
        told = told + np.linalg.solve(bend, slope)
    steep = max(float(told[0]), 0.0) / scale
    return {"kind": "platt", "slope": steep, "shift": float(told[1]) - steep * middle}


def _sigmoid(value: Any) -> Matrix:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(value, -50, 50))))
