"""The official good-objects and warn-objects fixtures, rebuilt: no error, and exactly these warnings."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.preservation.ocfl_objects import OcflObject

from yidang.preservation.ocfl_validator import validate

A, B = b"first\n", b"second\n"
pytestmark = pytest.mark.parametrize("spec", ["1.0", "1.1"])


def warnings(made: OcflObject) -> set[str]:
    report = validate(made.folder)
    assert report.errors == ()
    return {finding.code for finding in report.warnings}


@pytest.fixture
def new(tmp_path: Path, spec: str) -> Callable[..., OcflObject]:
    return lambda **options: OcflObject(tmp_path / "object", spec=spec, **options)


def test_minimal_one_version_one_file(new):
    assert warnings(new().add_version({"a_file.txt": A})) == set()


def test_minimal_no_content(new):
    assert warnings(new().add_version({})) == set()


def test_minimal_content_dir_called_stuff(new):
    assert warnings(new(content_directory="stuff").add_version({"a.txt": A})) == set()


def test_minimal_uppercase_digests(new):
    made = new().add_version({"a.txt": A})
    for place in ("", "v1"):
        text = (made.folder / place / "inventory.json").read_text().replace(made.digest, made.digest.upper())
        made.save_text(place, text.encode())
        sidecar = made.folder / place / "inventory.json.sha512"
        sidecar.write_text(
            sidecar.read_text().replace(sidecar.read_text().split()[0], sidecar.read_text().split()[0].upper())
        )
    assert warnings(made) == set()


def test_minimal_mixed_digests_match_exactly(new):
    made = new().add_version({"a.txt": A})
    mixed = made.digest[:60].upper() + made.digest[60:]
    for place in ("", "v1"):
        text = (made.folder / place / "inventory.json").read_text().replace(made.digest, mixed)
        made.save_text(place, text.encode())
    assert warnings(made) == set()


def test_ocfl_object_all_fixity_digests(new):
    made = new().add_version({"a.txt": A})
    names = {
        "md5": "md5",
        "sha1": "sha1",
        "sha256": "sha256",
        "sha512": "sha512",
        "blake2b-512": "blake2b",
        "sha512/256": "sha512_256",
    }
    fixity = {name: {hashlib.new(known, A).hexdigest(): ["v1/content/a.txt"]} for name, known in names.items()}
    for name, size in {"blake2b-160": 20, "blake2b-256": 32, "blake2b-384": 48}.items():
        fixity[name] = {hashlib.blake2b(A, digest_size=size).hexdigest().upper(): ["v1/content/a.txt"]}
    fixity["size"] = {str(len(A)): ["v1/content/a.txt"]}
    made.edit(lambda document: document.update(fixity=fixity))
    assert warnings(made) == set()


def test_empty_fixity(new):
    made = new().add_version({"a.txt": A})
    made.edit(lambda document: document.update(fixity={}))
    assert warnings(made) == set()


def test_spec_ex_full(new):
    made = new().add_version({"empty.txt": b"", "foo/bar.xml": A, "image.tiff": B})
    made.add_version({"empty.txt": b"", "empty2.txt": b"", "foo/bar.xml": b"changed"})
    made.add_version({"empty2.txt": b"", "foo/bar.xml": b"changed", "image.tiff": B})
    assert not (made.folder / "v3/content").exists()
    assert warnings(made) == set()


def test_odd_but_allowed_times(new):
    made = new()
    for created in (
        "2021-03-31T08:22:37.241208990-05:00",
        "2016-12-31T23:59:60Z",
        "2020-02-29t00:00:00z",
        "2019-01-01T02:03:04+08:00",
    ):
        made.add_version({"a.txt": A}, created=created)
    assert warnings(made) == set()


def test_logs_and_a_registered_extension(new):
    made = new().add_version({"a.txt": A})
    (made.folder / "logs").mkdir()
    made.write("logs/audit/today.txt", "x")
    made.write("extensions/0005-mutable-head/x", "x")
    assert warnings(made) == set()


def test_sidecar_with_tabs_and_without_newline(new):
    made = new().add_version({"a.txt": A})
    digest = (made.folder / "inventory.json.sha512").read_text().split()[0]
    made.write("inventory.json.sha512", f"{digest} \t inventory.json")
    assert warnings(made) == set()


def test_an_earlier_version_of_the_specification_in_former_versions(new, spec):
    made = new().add_version({"a.txt": A}).add_version({"a.txt": B})
    made.edit(lambda document: document.update(type="https://ocfl.io/1.0/spec/#inventory"), only="v1")
    assert warnings(made) == set()


def test_names_beyond_ascii_and_with_a_backslash(new):
    assert warnings(new().add_version({"住院清单/费用 ①.txt": A, "back\\slash": B})) == set()


def test_a_hard_link_out_of_the_object_is_not_its_business(new, tmp_path):
    made = new().add_version({"a.txt": A})
    (tmp_path / "elsewhere").hardlink_to(made.folder / "v1/content/a.txt")
    assert warnings(made) == set()


def test_w001_zero_padded_versions(new):
    made = new(width=3)
    for data in (A, B, A):
        made.add_version({"a.txt": data})
    assert warnings(made) == {"W001"}


def test_w001_w004_w005(new):
    made = new(width=4, algorithm="sha256", identifier="bb123cd4567").add_version({"a.txt": A})
    assert warnings(made) == {"W001", "W004", "W005"}


def test_w002_extra_dir_in_version_dir(new):
    made = new().add_version({"a.txt": A})
    made.write("v1/extra_dir/x", "x")
    assert warnings(made) == {"W002"}


def test_w003_empty_content_dir(new):
    made = new().add_version({})
    (made.folder / "v1/content").mkdir()
    assert warnings(made) == {"W003"}


def test_w004_versions_diff_digests(new):
    made = new(algorithm="sha256").add_version({"a.txt": A})
    newer = OcflObject(made.folder.parent / "newer", spec=made.spec).add_version({"a.txt": A})
    newer.add_version({"a.txt": B})
    for path in ("v1/inventory.json", "v1/inventory.json.sha256"):
        newer.write(path, (made.folder / path).read_bytes())
    newer.remove("v1/inventory.json.sha512")
    assert warnings(newer) == {"W004"}


def test_w005_id_not_uri(new):
    assert warnings(new(identifier="not_a_uri").add_version({"a.txt": A})) == {"W005"}


def test_w007_no_message_or_user(new):
    made = new().add_version({"a.txt": A})
    made.edit(lambda document: [document["versions"]["v1"].pop(key) for key in ("message", "user")] and None)
    assert warnings(made) == {"W007"}


def test_w008_user_no_address(new):
    assert warnings(new().add_version({"a.txt": A}, user={"name": "A"})) == {"W008"}


def test_w009_user_address_not_uri(new):
    made = new().add_version({"a.txt": A}, user={"name": "A", "address": "1 Wonky Way, Wibblesville, WW"})
    assert warnings(made) == {"W009"}


def test_w009_empty_name_and_address(new):
    made = new().add_version({"a.txt": A}, message="", user={"name": "", "address": ""})
    assert warnings(made) == {"W009"}


def test_w010_no_version_inventory(new):
    made = new().add_version({"a.txt": A})
    made.remove("v1/inventory.json")
    made.remove("v1/inventory.json.sha512")
    assert warnings(made) == {"W010"}


def test_w011_version_inv_diff_metadata(new):
    made = new().add_version({"a.txt": A}).add_version({"a.txt": B})
    made.edit(lambda document: document["versions"]["v1"].update(message="another"), only="v1")
    assert warnings(made) == {"W011"}


def test_w013_unregistered_extension(new):
    made = new().add_version({"a.txt": A})
    made.write("extensions/unregistered/x", "x")
    assert warnings(made) == {"W013"}
