"""Storage roots, sound and damaged."""

import json
from pathlib import Path

import pytest
from tests.preservation.ocfl_objects import OcflObject, storage_root

from yidang.preservation.ocfl_validator import Report, validate

LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"


@pytest.fixture(params=["1.0", "1.1"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made = storage_root(tmp_path / "root", request.param)
    for name in ("one", "two"):
        OcflObject(made / "a" / name, spec="1.0", identifier=f"urn:example:{name}").add_version({"f": b"x"})
    return made


def spec_of(root: Path) -> str:
    return next(path.name for path in root.glob("0=*")).removeprefix("0=ocfl_")


def codes(root: Path) -> set[str]:
    return validate(root).codes()


def errors(report: Report) -> set[str]:
    return {finding.code for finding in report.errors}


def test_a_sound_root(root: Path):
    (root / "README.md").write_text("anything")
    (root / "extensions/0001-digest-algorithms").mkdir(parents=True)
    report = validate(root)
    assert report.kind == "storage_root"
    assert report.objects == 2
    assert report.codes() == set()


def test_an_empty_root(tmp_path: Path):
    assert codes(storage_root(tmp_path / "root")) == set()


def test_top_level_objects(tmp_path: Path):
    root = storage_root(tmp_path / "root")
    for name in ("one", "two"):
        OcflObject(root / name, identifier=f"urn:{name}").add_version({"f": b"x"})
    assert codes(root) == set()


def test_a_fault_in_an_object_is_told_with_its_place(root: Path):
    (root / "a/one/v1/content/f").write_text("y")
    (finding,) = validate(root).errors
    assert (finding.code, finding.path) == ("E092", "a/one/v1/content/f")


def test_e069_no_declaration(root: Path):
    (root / f"0=ocfl_{spec_of(root)}").unlink()
    assert codes(root) == {"E069"}


def test_e076_two_declarations(root: Path):
    other = {"1.0": "1.1", "1.1": "1.0"}[spec_of(root)]
    (root / f"0=ocfl_{other}").write_text(f"ocfl_{other}\n")
    assert codes(root) == {"E076"}


@pytest.mark.parametrize(("name", "code"), [("0=ocfl_7.0", "E077"), ("1=ocfl_1.0", "E078"), ("0=something", "E079")])
def test_misnamed_declaration(root: Path, name: str, code: str):
    next(root.glob("0=*")).rename(root / name)
    assert codes(root) == {code, "E069"}


def test_e080_declaration_content(root: Path):
    next(root.glob("0=*")).write_text("ocfl\n")
    assert codes(root) == {"E080"}


def test_e075_declaration_is_a_folder(root: Path):
    declaration = next(root.glob("0=*"))
    declaration.unlink()
    (declaration / "x").mkdir(parents=True)
    assert {"E069", "E075"} <= codes(root)


def test_e081_object_of_a_later_specification(root: Path):
    OcflObject(root / "a/three", spec="1.1", identifier="urn:three").add_version({"f": b"x"})
    assert codes(root) == ({"E081"} if spec_of(root) == "1.0" else set())


def test_e072_file_in_the_hierarchy(root: Path):
    (root / "a/stray.txt").write_text("x")
    assert codes(root) == {"E072", "E084"}


def test_e072_folder_without_object(root: Path):
    (root / "b/c").mkdir(parents=True)
    (root / "b/c/stray.txt").write_text("x")
    assert codes(root) == {"E072", "E085", "E088"}


def test_e073_empty_folder(root: Path):
    (root / "a/empty").mkdir()
    assert codes(root) == {"E073"}


def test_e074_root_in_a_root(root: Path):
    storage_root(root / "b/inner")
    assert codes(root) == {"E074"}


def test_e082_object_in_an_object(root: Path):
    OcflObject(root / "a/one/inner", spec="1.0", identifier="urn:three").add_version({"f": b"x"})
    assert codes(root) == {"E001", "E082"}


def test_e083_one_identifier_in_two_places(root: Path):
    OcflObject(root / "a/three", spec="1.0", identifier="urn:example:one").add_version({"f": b"x"})
    assert codes(root) == {"E037", "E083"}


def test_e003_object_without_declaration(root: Path):
    (root / "a/one/0=ocfl_object_1.0").unlink()
    assert codes(root) == {"E003", "E072"}


def test_e090_link(root: Path):
    (root / "a/link").symlink_to(root / "a/one")
    assert codes(root) == {"E090"}


def test_extensions(root: Path):
    (root / "extensions/my-own").mkdir(parents=True)
    (root / "extensions/file").write_text("x")
    assert codes(root) == {"W016", "E086" if spec_of(root) == "1.0" else "E112"}


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"extension": "x"}', b'{"extension": 1, "description": "x"}', b"\xff"]
)
def test_e070_layout_file(root: Path, content: bytes):
    (root / "ocfl_layout.json").write_bytes(content)
    assert codes(root) == {"E070"}


def test_e071_unregistered_layout(root: Path):
    (root / "ocfl_layout.json").write_text('{"extension": "mine", "description": "x"}')
    assert codes(root) == {"E071"}
    (root / "mine.md").write_text("documented here")
    assert codes(root) == set()


def test_w014_not_where_the_layout_says(root: Path):
    (root / "ocfl_layout.json").write_text(json.dumps({"extension": LAYOUT, "description": "x"}))
    assert codes(root) == {"W014"}


def test_w014_not_when_it_is(tmp_path: Path):
    root = storage_root(tmp_path / "root")
    (root / "ocfl_layout.json").write_text(json.dumps({"extension": LAYOUT, "description": "x"}))
    # the example of the extension's own text
    OcflObject(root / "3c0/ff4/240/object-01", identifier="object-01").add_version({"f": b"x"})
    OcflObject(root / "487/326/d8c/%2e%2ehor%2frib%3ale-%24id", identifier="..hor/rib:le-$id").add_version({"f": b"x"})
    assert "W014" not in codes(root)


def test_w015_objects_at_the_top_and_below(root: Path):
    OcflObject(root / "top", spec="1.0", identifier="urn:top").add_version({"f": b"x"})
    assert codes(root) == {"W015"}


def test_a_very_deep_hierarchy(tmp_path: Path):
    root = storage_root(tmp_path / "root")
    deep = root.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    assert codes(root) == {"E073"}
