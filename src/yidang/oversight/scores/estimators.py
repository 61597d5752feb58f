"""The kinds of model over robust z: made, written down as text, read again, asked for scores and for reasons."""

import json
from typing import Any, Protocol

import numpy as np

from yidang.crypto.sm import sm3
from yidang.oversight.scores.copula import Copula
from yidang.oversight.scores.errors import model_body_changed
from yidang.oversight.scores.features import Matrix
from yidang.oversight.scores.models import UNLEARNT, ModelKind

_TREES, _SAMPLE = 100, 256
_FEWEST = 10  # rows; among fewer nobody stands apart
_ROUNDS, _LEAVES, _LEAST_IN_LEAF, _RATE = 120, 7, 10, 0.05


class Estimator(Protocol):
    def scores(self, z: Matrix) -> Matrix: ...

    def contributions(self, z: Matrix) -> Matrix:
        """Rows by features: how much of the score each feature brings."""
        ...


class Forest:
    """Isolation forest, grown anew over each month from its seed: it has no body to keep."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._forest: Any = None
        self._is_grown = False

    def _grow(self, z: Matrix) -> None:
        """Among too few it stays without trees."""
        from sklearn.ensemble import IsolationForest

        self._is_grown = True
        if len(z) < _FEWEST:
            return
        self._forest = IsolationForest(
            n_estimators=_TREES, max_samples=min(_SAMPLE, len(z)), random_state=self._seed % 2**32
        ).fit(z)

    def scores(self, z: Matrix) -> Matrix:
        """The first rows asked about are those it grows over."""
        if not self._is_grown:
            self._grow(z)
        if self._forest is None:
            return np.zeros(len(z))
        return np.asarray(-self._forest.score_samples(z))

    def contributions(self, z: Matrix) -> Matrix:
        """How far the score falls when the feature alone stands at its peers' median."""
        rows, columns = z.shape
        whole = self.scores(z)
        levelled = np.repeat(z[None], columns, axis=0)
        levelled[np.arange(columns), :, np.arange(columns)] = 0.0
        without = self.scores(levelled.reshape(-1, columns)).reshape(columns, rows)
        return np.asarray(whole[:, None] - without.T)


class Logistic:
    def __init__(self, body: str) -> None:
        told = json.loads(body)
        self._coefficients = np.asarray(told["coefficients"], dtype=float)
        self._intercept = float(told["intercept"])

    def scores(self, z: Matrix) -> Matrix:
        return np.asarray(z @ self._coefficients + self._intercept)

    def contributions(self, z: Matrix) -> Matrix:
        return np.asarray(z * self._coefficients)


class Boosted:
    def __init__(self, body: str) -> None:
        from lightgbm import Booster

        self._booster = Booster(model_str=body)

    def scores(self, z: Matrix) -> Matrix:
        return np.asarray(self._booster.predict(z, raw_score=True, num_threads=1))

    def contributions(self, z: Matrix) -> Matrix:
        told = np.asarray(self._booster.predict(z, pred_contrib=True, num_threads=1))
        return told[:, :-1]


def learnt(kind: str, z: Matrix, answers: Matrix, weights: Matrix, seed: int) -> str:
    """The body of a new model."""
    make = _boosted if kind == ModelKind.LIGHTGBM else _logistic
    return make(z, answers, weights / weights.mean(), seed)


def read(kind: str, body: str, digest: str, seed: int) -> Estimator:
    """Raises Broken `model_body_changed` where the text is not the one that was made."""
    if kind in UNLEARNT:
        return unlearnt(kind, seed)
    if digest_of(body) != digest:
        raise model_body_changed()
    return Boosted(body) if kind == ModelKind.LIGHTGBM else Logistic(body)


def unlearnt(kind: str, seed: int) -> Estimator:
    return Forest(seed) if kind == ModelKind.FOREST else Copula()


def digest_of(text: str) -> str:
    return sm3(text.encode()).hex()


def data_digest(*arrays: Matrix) -> str:
    return sm3(b"".join(np.ascontiguousarray(one, dtype=np.float64).tobytes() for one in arrays)).hex()


def _boosted(z: Matrix, answers: Matrix, weights: Matrix, seed: int) -> str:
    import lightgbm

    told = {
        "objective": "binary", "num_leaves": _LEAVES, "min_data_in_leaf": _LEAST_IN_LEAF, "learning_rate": _RATE,
        "seed": seed, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbosity": -1,
    }  # fmt: skip
    data = lightgbm.Dataset(z, label=answers, weight=weights, free_raw_data=True)
    return str(lightgbm.train(told, data, num_boost_round=_ROUNDS).model_to_string())


def _logistic(z: Matrix, answers: Matrix, weights: Matrix, seed: int) -> str:
    from sklearn.linear_model import LogisticRegression

    made = LogisticRegression(C=0.1, max_iter=500, random_state=seed).fit(z, answers, sample_weight=weights)
    told = {"coefficients": made.coef_[0].tolist(), "intercept": float(made.intercept_[0])}
    return json.dumps(told)
