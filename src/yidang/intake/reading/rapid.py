"""PP-OCRv6 (the small models in RapidOCR's wheel) on OpenVINO: one thread, no network, nothing phones home.

We drive the models ourselves: greedy decoding runs inside the graph, so that a page's 18,710-way probabilities
never leave it, which is where a bare pipeline spends its memory.
"""

import math
import os
import sys
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from yidang.intake.reading.detection import boxes_of, detector_size
from yidang.intake.reading.facts import Grid, Picture
from yidang.intake.reading.ocr import Quads, Recognised

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"
DIRECTION = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"

LINE_HEIGHT = 48  # what the recogniser was trained on
WIDTH_STEP = 64  # lines are padded to multiples of it: few shapes, few compiled kernels
MAX_LINE_WIDTH = 3200
DIRECTION_SIZE = (192, 48)
TALL = 1.5  # a line this many times as high as wide runs downwards
PADDING = 127  # zero once normalised

TWO_WIDTHS = frozenset("()（）:：;；!！?？[]〔〕【】,，、。 　")
NOTHING = Recognised("", 0.0, 0.0)

os.environ.setdefault("OPENVINO_LOG_LEVEL", "0")


class RapidEngine:
    """Loads nothing until asked; afterwards bound to this process and one thread."""

    def find(self, picture: Picture) -> Quads:
        height, width = picture.shape[:2]
        size = detector_size(width, height)
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if size[0] < width else cv2.INTER_LINEAR)
        heat = self._detector(small[np.newaxis])[0][0, 0]
        return boxes_of(heat, width / size[0], height / size[1], width, height)

    def cut(self, picture: Picture, quads: Quads) -> list[Picture]:
        return [_straighten(picture, quad) for quad in quads]

    def upside_down(self, lines: Sequence[Picture]) -> list[float]:
        if not lines:
            return []
        batch = np.stack([_fit(line, DIRECTION_SIZE[1], DIRECTION_SIZE[0]) for line in lines])
        return [float(p) for p in self._direction(batch)[0][:, 1]]

    def recognise(self, lines: Sequence[Picture]) -> list[Recognised]:
        """One by one: on a single thread a batch gains nothing, and every new batch shape costs memory for good."""
        return [
            self._spell(*self._recogniser(_fit(line, LINE_HEIGHT, _padded_width(line))[np.newaxis])) for line in lines
        ]

    def _spell(self, best: Grid, sure: Grid) -> Recognised:
        """Greedy CTC: runs collapse to one character, blanks fall out."""
        indices, chances = best[0], sure[0]
        kept = indices != 0
        kept[1:] &= indices[1:] != indices[:-1]
        if not kept.any():
            return NOTHING
        text = "".join(self._alphabet[index] for index in indices[kept])
        return Recognised(text.strip(), float(chances[kept].mean()), self._weakest(indices[kept], chances[kept]))

    def _weakest(self, indices: Grid, chances: Grid) -> float:
        """Marks that come in two widths share their chance between both, which is no doubt about the text."""
        telling = ~self._is_mark[indices]
        return float(chances[telling].min()) if telling.any() else float(chances.min())

    @cached_property
    def _is_mark(self) -> Grid:
        return np.array([character in TWO_WIDTHS for character in self._alphabet])

    @cached_property
    def _core(self) -> Any:
        # The runtime's Python package reports its import to its maker unless this module is absent.
        sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
        import openvino

        core = openvino.Core()
        cv2.setNumThreads(1)  # one process a core: threads would only take each other's turns
        settings = {
            "INFERENCE_NUM_THREADS": 1,
            "NUM_STREAMS": 1,
            "ENABLE_CPU_PINNING": False,  # else every process is pinned to the same core
            "PERFORMANCE_HINT": "LATENCY",
        }
        core.set_property("CPU", settings)
        return core

    @cached_property
    def _detector(self) -> Any:
        return self._compile(self._core.read_model(_model_path(DETECTOR)))

    @cached_property
    def _direction(self) -> Any:
        return self._compile(self._core.read_model(_model_path(DIRECTION)))

    @cached_property
    def _recogniser(self) -> Any:
        import openvino
        from openvino import opset13 as ops

        model = self._core.read_model(_model_path(RECOGNISER))
        scores = model.outputs[0].get_node().input_value(0)
        ranks = np.arange(model.outputs[0].get_partial_shape()[2].get_length(), dtype=np.int32)
        sure = ops.reduce_max(scores, np.int32(2), keep_dims=True)
        # Integers on purpose: where the processor computes in bfloat16, a float rank above 256 would be rounded.
        hits = ops.select(ops.equal(scores, sure), ops.constant(ranks.reshape(1, 1, -1)), ops.constant(np.int32(0)))
        best = ops.reduce_max(hits, np.int32(2))
        outputs = [best, ops.squeeze(sure, np.int32(2))]
        return self._compile(openvino.Model(outputs, model.get_parameters()))

    @cached_property
    def _alphabet(self) -> list[str]:
        model = self._core.read_model(_model_path(RECOGNISER))
        characters = model.get_rt_info()["framework"]["character"].value.splitlines()
        return ["", *characters, " "]

    def _compile(self, model: Any) -> Any:
        """Takes pictures as they are (n x height x width x 3 bytes); the graph normalises them to -1..1."""
        from openvino import Layout, Type
        from openvino.preprocess import PrePostProcessor

        steps = PrePostProcessor(model)
        steps.input().tensor().set_element_type(Type.u8).set_layout(Layout("NHWC"))
        steps.input().model().set_layout(Layout("NCHW"))
        steps.input().preprocess().convert_element_type(Type.f32).mean(127.5).scale(127.5)
        request = self._core.compile_model(steps.build(), "CPU").create_infer_request()

        def infer(batch: Picture) -> list[Grid]:
            outputs = request.infer([np.ascontiguousarray(batch)])
            return [outputs[port] for port in range(len(outputs))]

        return infer


def _model_path(name: str) -> Path:
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("rapidocr")
    return Path(spec.origin).parent / "models" / name


def _straighten(picture: Picture, quad: Grid) -> Picture:
    width = max(int(np.linalg.norm(quad[0] - quad[1])), int(np.linalg.norm(quad[2] - quad[3])), 1)
    height = max(int(np.linalg.norm(quad[0] - quad[3])), int(np.linalg.norm(quad[1] - quad[2])), 1)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(quad, corners)
    flags, border = cv2.INTER_CUBIC, cv2.BORDER_REPLICATE
    line = np.asarray(cv2.warpPerspective(picture, turn, (width, height), flags=flags, borderMode=border), np.uint8)
    return np.ascontiguousarray(np.rot90(line)) if height >= TALL * width else line


def _padded_width(line: Picture) -> int:
    height, width = int(line.shape[0]), int(line.shape[1])
    scaled = min(max(math.ceil(LINE_HEIGHT * width / height), 1), MAX_LINE_WIDTH)
    return WIDTH_STEP * math.ceil(scaled / WIDTH_STEP)


def _fit(line: Picture, height: int, width: int) -> Picture:
    """The line at `height`, its ratio kept unless it would be too wide, on a grey ground."""
    wide = min(max(int(np.ceil(height * line.shape[1] / line.shape[0])), 1), width)
    padded = np.full((height, width, 3), PADDING, dtype=np.uint8)
    padded[:, :wide] = cv2.resize(line, (wide, height))
    return padded
