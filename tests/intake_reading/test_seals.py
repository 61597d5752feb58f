"""Seals found by colour and roundness, and taken away so that text stays."""

import cv2
import numpy as np
import pytest

from yidang.intake.reading.blankness import looks_empty
from yidang.intake.reading.bleaching import bleached, deeply, lightly, unmixed
from yidang.intake.reading.seals import find_seals

RED = (40, 30, 210)  # blue, green, red


def page():
    return np.full((1400, 1000, 3), 250, np.uint8)


def ring(picture, centre=(500, 700), radius=95, colour=RED):
    cv2.circle(picture, centre, radius, colour, 6)
    cv2.putText(picture, "*", (centre[0] - 40, centre[1] + 40), cv2.FONT_HERSHEY_SIMPLEX, 3, colour, 12)
    return picture


def test_a_ring_is_a_seal_with_its_place():
    (seal,) = find_seals(ring(page()))
    x0, y0, x1, y1 = seal.box
    assert (x0 + x1) / 2 == pytest.approx(0.5, abs=0.01)
    assert (y0 + y1) / 2 == pytest.approx(0.5, abs=0.01)
    assert seal.roundness > 0.95


def test_red_stamps_lines_and_dots_are_no_seals():
    picture = page()
    cv2.rectangle(picture, (100, 100), (300, 290), RED, 6)
    cv2.line(picture, (50, 500), (950, 500), RED, 5)
    cv2.circle(picture, (700, 900), 12, RED, -1)
    cv2.putText(picture, "URGENT", (500, 200), cv2.FONT_HERSHEY_SIMPLEX, 3, RED, 10)
    assert find_seals(picture) == []


def test_black_rings_are_no_seals():
    assert find_seals(ring(page(), colour=(20, 20, 20))) == []


@pytest.mark.parametrize("way", [lightly, deeply, unmixed])
def test_bleaching_takes_the_ink_and_leaves_black_text(way):
    picture = ring(page())
    cv2.line(picture, (420, 700), (580, 700), (20, 20, 20), 6)
    clear = bleached(picture, find_seals(picture), way)
    assert clear[700, 450].max() < 100, "text stays"
    assert clear[606:610, 500].min() > 200, "the ring is gone"
    assert (clear[:500] == picture[:500]).all(), "the rest is untouched"


def test_dust_and_a_shaded_edge_are_still_a_blank_page():
    picture = page()
    picture[:, :30] = 60
    picture[np.random.default_rng(1).random(picture.shape[:2]) < 0.0005] = 90
    assert looks_empty(picture)
    cv2.putText(picture, "some words", (200, 700), cv2.FONT_HERSHEY_SIMPLEX, 3, (0, 0, 0), 6)
    assert not looks_empty(picture)
