"""The shipped batch and the generator that drew it."""

from random import Random

import pytest

from yidang.intake.reading.reference import diagnoses, institutions
from yidang.intake.samples.drawing import documents
from yidang.intake.samples.people import make_person, make_unit
from yidang.intake.samples.shipped import folder, shipped, truth
from yidang.kernel import credit_code, resident_id
from yidang.kernel.errors import Unavailable

LARGEST = 12_000_000
KINDS = 11


def test_the_batch_is_large_enough_small_enough_and_all_there():
    assert truth()["pages"] >= 120
    files = [place for place in folder().rglob("*") if place.is_file() and place.name != "truth.json"]
    assert {place for _, place in shipped()} == set(files)
    assert sum(place.stat().st_size for place in files) + (folder() / "truth.json").stat().st_size < LARGEST


def test_the_batch_holds_every_kind_wear_and_defect():
    entries = [entry for entry, _ in shipped()]
    assert len({entry["type"] for entry in entries}) == KINDS
    defects = {defect for entry in entries for defect in entry.get("defects", [])}
    assert defects >= {
        "blank_page",
        "page_missing",
        "seal_missing",
        "scanned_twice",
        "same_bytes",
        "truncated",
        "stack",
    }
    wear = {step for entry in entries for page in entry.get("pages", []) for step in page["wear"]}
    assert wear >= {"skew", "blur", "noise", "dpi150", "jpeg30", "grey", "bilevel", "turned", "faded", "shade", "blank"}
    suffixes = {place.suffix for _, place in shipped()}
    assert suffixes >= {".jpg", ".png", ".tif", ".jp2", ".webp", ".pdf", ".ofd", ".docx", ".zip", ".csv"}


def test_nobody_in_the_samples_can_exist():
    rng = Random(5)
    for _ in range(50):
        person, unit = make_person(rng), make_unit(rng)
        assert resident_id.is_valid(person.id_number)
        assert person.id_number.startswith("66"), "no province has this number"
        assert (person.sex == "男") == person.is_male
        assert credit_code.is_valid(unit.credit_code)


def test_reference_lists_have_no_doubles():
    assert len({one.code for one in institutions()}) == len(institutions())
    assert len({one.code for one in diagnoses()}) == len(diagnoses())
    assert len({one.name for one in diagnoses()}) == len(diagnoses())


def test_the_same_seed_draws_the_same_and_another_draws_other_people():
    try:
        first, again, other = (list(documents(seed, 3)) for seed in (11, 11, 12))
    except Unavailable:
        pytest.skip("NO CHINESE FONT ON THIS MACHINE: the sample generator was not tested")
    assert [one.truth() for one in first] == [one.truth() for one in again]
    assert all((a.scans[0].pixels == b.scans[0].pixels).all() for a, b in zip(first, again, strict=True))
    assert {str(one.drawn.fields) for one in first}.isdisjoint(str(one.drawn.fields) for one in other)
