"""What this archive writes is OCFL for others too: our validator and ocfl-py find neither error nor warning."""

import logging
import warnings
from pathlib import Path
from uuid import UUID

import pytest
from tests.preservation.builders import first, second, version

from yidang.preservation import repository
from yidang.preservation.layout import object_prefix
from yidang.preservation.ocfl_validator import validate

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the packages it stands on
    import ocfl
    from ocfl.validator import Validator


@pytest.fixture
def object_id(store: Path) -> UUID:
    new = first()
    repository.write_objects([new, *(first() for _ in range(20))])
    repository.write_objects([second(new.object_id)])
    carried = ["original/1", "text", "provenance", "description"]
    repository.write_objects([version(new.object_id, 3, {}, carried)])
    return new.object_id


def test_our_own_validator_finds_nothing(store: Path, object_id: UUID):
    report = validate(store)
    assert report.kind == "storage_root"
    assert report.objects == 21
    assert report.codes() == set()
    assert validate(store / object_prefix(object_id)).codes() == set()


@pytest.mark.filterwarnings("ignore")
def test_ocfl_py_finds_nothing_in_an_object(store: Path, object_id: UUID):
    validator = Validator(log_warnings=True)
    assert validator.validate_object(str(store / object_prefix(object_id)))
    assert validator.log.num_errors == 0
    assert validator.log.num_warnings == 0


@pytest.mark.filterwarnings("ignore")
def test_ocfl_py_finds_nothing_in_the_root(store: Path, object_id: UUID):
    root = ocfl.StorageRoot(root=str(store))
    assert root.validate(log_warnings=True)
    assert (root.num_objects, root.good_objects) == (21, 21)
    assert root.errors == []
    logging.captureWarnings(False)


def test_no_name_of_a_person_or_file_stands_in_an_inventory(store: Path, object_id: UUID):
    text = (store / object_prefix(object_id) / "inventory.json").read_text()
    for word in ("original/1", "item.filed", '"7"'):
        assert word in text  # the opaque words are all there is
