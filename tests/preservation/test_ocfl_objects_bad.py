"""The cases of the official bad-objects fixtures, and of the clauses they leave out, rebuilt. Name = codes expected."""

import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.preservation.ocfl_objects import Document, OcflObject

from yidang.preservation.ocfl_validator import validate

Damage = Callable[[OcflObject], object]
CASES: dict[str, tuple[Damage, frozenset[str]]] = {}
A, B, C = b"first\n", b"second\n", b"third\n"


def case(name: str, *specs: str) -> Callable[[Damage], Damage]:
    """Made for these specifications; both when none is named."""

    def keep(damage: Damage) -> Damage:
        CASES[name] = damage, frozenset(specs or ("1.0", "1.1"))
        return damage

    return keep


def put(*keys: str, value: object) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        place: Any = document
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value

    return change


def drop(*keys: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        place: Any = document
        for key in keys[:-1]:
            place = place[key]
        del place[keys[-1]]

    return change


# --- 3.1, 3.2: what lies in the root -------------------------------------------------------------------------------


@case("E001_extra_dir_in_root")
def _(made: OcflObject):
    made.write("extra_dir/extra_file", "x")


@case("E001_extra_file_in_root")
def _(made: OcflObject):
    made.write("extra_file", "x")


@case("E001_v2_file_in_root")
def _(made: OcflObject):
    made.write("v3", "x")


@case("E001_invalid_version_format")
def _(made: OcflObject):
    for name in ("v1", "v2"):
        (made.folder / name).rename(made.folder / name[1])
    text = re.sub(r'"v(\d)', r'"\1', (made.folder / "inventory.json").read_text())
    made.save_text("", text.encode())
    made.save_text("2", text.encode())


@case("E003_no_decl")
def _(made: OcflObject):
    made.remove(f"0=ocfl_object_{made.spec}")


@case("E003_two_declarations", "1.1")
def _(made: OcflObject):
    made.write("0=ocfl_object_1.0", "ocfl_object_1.0\n")


@case("E003_E063_empty")
def _(made: OcflObject):
    for path in list(made.folder.iterdir()):
        made.remove(path.name)


@case("E002_E003_declaration_is_a_folder")
def _(made: OcflObject):
    made.remove(f"0=ocfl_object_{made.spec}")
    made.write(f"0=ocfl_object_{made.spec}/x", "x")


@case("E003_E004_unknown_specification")
def _(made: OcflObject):
    made.remove(f"0=ocfl_object_{made.spec}")
    made.write("0=ocfl_object_7.3", "ocfl_object_7.3\n")


@case("E003_E005_wrong_tag")
def _(made: OcflObject):
    made.remove(f"0=ocfl_object_{made.spec}")
    made.write(f"1=ocfl_object_{made.spec}", f"ocfl_object_{made.spec}\n")


@case("E003_E006_wrong_value")
def _(made: OcflObject):
    made.remove(f"0=ocfl_object_{made.spec}")
    made.write("0=special_object_yeah", "special_object_yeah\n")


@case("E007_bad_declaration_contents")
def _(made: OcflObject):
    made.write(f"0=ocfl_object_{made.spec}", "This is not the right content!\n")


@case("E007_no_newline_in_declaration")
def _(made: OcflObject):
    made.write(f"0=ocfl_object_{made.spec}", f"ocfl_object_{made.spec}")


# --- 3.3: version directories --------------------------------------------------------------------------------------


@case("E008_E036_no_versions_no_head")
def _(made: OcflObject):
    for name in ("v1", "v2"):
        made.remove(name)
    made.edit(lambda document: (document.pop("head"), document.update(versions={}, manifest={})), only="")


@case("E009_version_two_only")
def _(made: OcflObject):
    made.remove("v1")
    made.edit(_only_second)


def _only_second(document: Document) -> None:
    del document["versions"]["v1"]
    document["manifest"] = {
        digest: paths for digest, paths in document["manifest"].items() if paths[0].startswith("v2/")
    }
    document["versions"]["v2"]["state"] = {digest: [f"f{n}"] for n, digest in enumerate(document["manifest"])}


@case("E010_missing_versions")
def _(made: OcflObject):
    made.add_version({"a.txt": A})
    made.remove("v3")


@case("E010_skipped_versions")
def _(made: OcflObject):
    (made.folder / "v2").rename(made.folder / "v4")
    text = (made.folder / "inventory.json").read_text().replace('"v2', '"v4')
    made.save_text("", text.encode())
    made.save_text("v4", text.encode())


@case("E011_E013_invalid_padded_head_version")
def _(made: OcflObject):
    remade = _remade(made, width=2)
    for _ in range(10):
        remade.add_version({"a.txt": A})


@case("E012_E013_inconsistent_version_format")
def _(made: OcflObject):
    (made.folder / "v2").rename(made.folder / "v02")
    text = (made.folder / "inventory.json").read_text().replace('"v2', '"v02')
    made.save_text("", text.encode())
    made.save_text("v02", text.encode())


@case("E014_E042_other_padding_in_manifest")
def _(made: OcflObject):
    made.edit(put("manifest", made.digest, value=["v01/content/a.txt"]))


@case("E015_content_not_in_content_dir")
def _(made: OcflObject):
    made.write("v1/a_file.txt", A)
    made.remove("v1/content/a.txt")
    made.edit(put("manifest", made.digest, value=["v1/a_file.txt"]))


@case("E016_E023_E092_no_content_dir")
def _(made: OcflObject):
    made.remove("v2/content")


@case("E104_version_without_prefix", "1.1")
def _(made: OcflObject):
    made.edit(lambda document: document["versions"].update({"3": document["versions"]["v2"]}))


@case("E105_version_not_positive", "1.1")
def _(made: OcflObject):
    made.edit(lambda document: document["versions"].update({"v0": document["versions"]["v2"]}))


@case("E105_version_not_decimal", "1.1")
def _(made: OcflObject):
    made.edit(lambda document: document["versions"].update({"v²": document["versions"]["v2"]}))


@case("E046_misnamed_version", "1.0")
def _(made: OcflObject):
    made.edit(lambda document: document["versions"].update({"3": document["versions"]["v2"]}))


@case("E046_missing_version_dir")
def _(made: OcflObject):
    made.remove("v1")


@case("E046_root_not_most_recent")
def _(made: OcflObject):
    made.add_version({"c.txt": C})
    made.save_text("", (made.folder / "v2/inventory.json").read_bytes())


# --- 3.3.1: content directory --------------------------------------------------------------------------------------


@case("E017_invalid_content_dir")
def _(made: OcflObject):
    made.edit(put("contentDirectory", value="content/dir"))


@case("E017_content_dir_no_string")
def _(made: OcflObject):
    made.edit(put("contentDirectory", value=["content"]))


@case("E018_content_dir_is_parent")
def _(made: OcflObject):
    made.edit(put("contentDirectory", value=".."))


@case("E108_empty_content_dir", "1.1")
def _(made: OcflObject):
    made.edit(put("contentDirectory", value=""))


@case("E019_inconsistent_content_dir")
def _(made: OcflObject):
    made.edit(put("contentDirectory", value="content-dir"), only="v1")


@case("E019_content_dir_set_in_v2_not_v1")
def _(made: OcflObject):
    made.edit(put("contentDirectory", value="content"))


@case("E020_content_dir_changed")
def _(made: OcflObject):
    remade = _remade(made, content_directory="stuff")
    remade.add_version({"a.txt": A}).add_version({"a.txt": B})
    remade.edit(put("contentDirectory", value="other"), only="v1")


@case("E023_extra_file")
def _(made: OcflObject):
    made.write("v1/content/file2.txt", C)


@case("E023_E092_missing_file")
def _(made: OcflObject):
    made.remove("v1/content/a.txt")


@case("E023_old_manifest_missing_entries")
def _(made: OcflObject):
    made.add_version({"c.txt": C})
    made.edit(drop("manifest", made.digest), only="v2")


@case("E024_empty_dir_in_content")
def _(made: OcflObject):
    (made.folder / "v1/content/empty").mkdir()


# --- 3.4, 3.5: inventory -------------------------------------------------------------------------------------------


@case("E025_wrong_digest_algorithm")
def _(made: OcflObject):
    remade = _remade(made, algorithm="md5")
    remade.add_version({"a.txt": A})


@case("E025_E026_unknown_digest_algorithm")
def _(made: OcflObject):
    made.edit(put("digestAlgorithm", value="my_digest"))


@case("E030_digest_not_hex_sha256")
def _(made: OcflObject):
    remade = _remade(made, algorithm="sha256").add_version({"a.txt": A})
    text = (remade.folder / "inventory.json").read_text().replace(remade.digest, "z" * 64)
    for place in ("", "v1"):
        remade.save_text(place, text.encode())


@case("E031_digest_not_hex_sha512")
def _(made: OcflObject):
    _replace(made, made.digest, "not hex")


@case("E039_digests_of_another_algorithm")
def _(made: OcflObject):
    _replace(made, made.digest, hashlib.sha256(A).hexdigest())


@case("E033_inventory_bad_json")
def _(made: OcflObject):
    made.save_text("", b'{"not": "json"')


@case("E033_inventory_no_object")
def _(made: OcflObject):
    made.save_text("", b"[]")


@case("E033_inventory_not_utf8")
def _(made: OcflObject):
    made.save_text("", '{"id": "ä"}'.encode("latin-1"))


@case("E033_repeated_key")
def _(made: OcflObject):
    _replace(made, '"head":', '"head": "v1", "head":')


@case("E033_nested_without_end")
def _(made: OcflObject):
    made.save_text("", b"[" * 100_000)


@case("E034_E063_misnamed_inventory")
def _(made: OcflObject):
    (made.folder / "inventory.json").rename(made.folder / "inventory.jsonld")


@case("E035_backslash_in_content_path")
def _(made: OcflObject):
    made.edit(put("manifest", made.digest, value=["v1\\content\\a.txt"]))


@case("E036_no_id")
def _(made: OcflObject):
    made.edit(drop("id"))


@case("E036_no_head")
def _(made: OcflObject):
    made.edit(drop("head"))


@case("E036_no_type")
def _(made: OcflObject):
    made.edit(drop("type"))


@case("E036_no_digest_algorithm")
def _(made: OcflObject):
    made.edit(drop("digestAlgorithm"))


@case("E037_empty_id")
def _(made: OcflObject):
    made.edit(put("id", value=""))


@case("E037_inconsistent_id", "1.0")
@case("E037_E110_inconsistent_id", "1.1")
def _(made: OcflObject):
    made.edit(put("id", value="urn:example-two"), only="v1")


@case("E038_type_not_str")
def _(made: OcflObject):
    made.edit(put("type", value=1))


@case("E038_wrong_type")
def _(made: OcflObject):
    made.edit(put("type", value="http://example.org/"))


@case("E038_type_of_another_version")
def _(made: OcflObject):
    other = {"1.0": "1.1", "1.1": "1.0"}[made.spec]
    for place in ("v1", "v2", ""):
        made.edit(put("type", value=f"https://ocfl.io/{other}/spec/#inventory"), only=place)


@case("E040_head_not_most_recent")
def _(made: OcflObject):
    made.edit(put("head", value="v1"))


@case("E040_wrong_head_doesnt_exist")
def _(made: OcflObject):
    made.edit(put("head", value="v3"))


@case("E040_wrong_head_format")
def _(made: OcflObject):
    made.edit(put("head", value=1))


@case("E040_wrong_version_in_version_dir")
def _(made: OcflObject):
    made.add_version({"c.txt": C})
    made.save_text("v2", (made.folder / "inventory.json").read_bytes())


@case("E041_no_manifest")
def _(made: OcflObject):
    made.edit(drop("manifest"))


@case("E041_manifest_not_object", "1.0")
@case("E106_manifest_not_object", "1.1")
def _(made: OcflObject):
    made.edit(put("manifest", value=[]))


@case("E041_E043_no_versions_block")
def _(made: OcflObject):
    made.edit(drop("versions"))


@case("E042_bad_manifest_content_path")
def _(made: OcflObject):
    made.edit(lambda document: document["manifest"][made.digest].append("v1/bad_content_path"))


@case("E042_content_path_of_no_version")
def _(made: OcflObject):
    made.edit(lambda document: document["manifest"][made.digest].append("v7/content/a.txt"))


@case("E044_E045_versions_no_object")
def _(made: OcflObject):
    made.edit(put("versions", value=["v1", "v2"]))


@case("E047_version_no_object")
def _(made: OcflObject):
    made.edit(put("versions", "v1", value="v1"))


@case("E048_no_created_no_state")
def _(made: OcflObject):
    made.edit(lambda document: (drop("versions", "v2", "created")(document), drop("versions", "v2", "state")(document)))


@case("E049_E050_E054_E094_bad_version_block_values")
def _(made: OcflObject):
    made.edit(put("versions", "v2", value={"created": 1, "state": [], "user": "me", "message": []}))


@case("E049_created_no_timezone")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "created", value="2019-01-01T02:03:04"))


@case("E049_created_not_to_seconds")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "created", value="2019-01-01T01:02Z"))


@case("E049_no_such_day")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "created", value="2019-02-30T01:02:03Z"))


@case("E050_file_in_manifest_not_used", "1.0")
@case("E107_file_in_manifest_not_used", "1.1")
def _(made: OcflObject):
    made.write("v2/content/unused.txt", C)
    made.edit(put("manifest", hashlib.sha512(C).hexdigest(), value=["v2/content/unused.txt"]))


@case("E050_manifest_digest_wrong_case")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "state", value={made.digest.upper(): ["a.txt"]}))


@case("E050_state_digest_not_in_manifest")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "state", hashlib.sha512(b"none").hexdigest(), value=["n.txt"]))


@case("E050_state_repeated_digest")
def _(made: OcflObject):
    text = (made.folder / "inventory.json").read_text()
    document = json.loads(text)
    state = json.dumps(document["versions"]["v2"]["state"])[1:-1]
    document["versions"]["v2"]["state"] = "HERE"
    text = json.dumps(document).replace('"HERE"', f"{{{state}, {state}}}")
    for place in ("", "v2"):
        made.save_text(place, text.encode())


@case("E050_state_value_no_array")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "state", made.digest, value="a.txt"))


@case("E051_logical_path_no_string")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "state", made.digest, value=[7]))


@case("E053_E052_invalid_logical_paths")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "state", made.digest, value=["/file-1.txt", "../../file-2.txt", "//file-3.txt"]))


@case("E054_user_without_name")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "user", value={"address": "mailto:a@example.org"}))


@case("E056_null_fixity", "1.0")
@case("E111_null_fixity", "1.1")
def _(made: OcflObject):
    made.edit(put("fixity", value=None))


@case("E056_unknown_fixity_algorithm")
def _(made: OcflObject):
    made.edit(put("fixity", value={"crc99": {}}))


@case("E057_fixity_block_no_object")
def _(made: OcflObject):
    made.edit(put("fixity", value={"md5": []}))


@case("E057_fixity_paths_no_array")
def _(made: OcflObject):
    made.edit(put("fixity", value={"md5": {"0" * 32: "v1/content/a.txt"}}))


@case("E057_fixity_digest_malformed")
def _(made: OcflObject):
    made.edit(put("fixity", value={"md5": {"xyz": ["v1/content/a.txt"]}}))


@pytest.mark.parametrize(
    ("algorithm", "code"),
    [("sha1", "E029"), ("sha256", "E030"), ("sha512", "E031"), ("blake2b-512", "E032")],
)
def test_fixity_digests_must_be_hex(tmp_path: Path, algorithm: str, code: str):
    made = sound(tmp_path / "object", "1.1")
    made.edit(put("fixity", value={algorithm: {"base64==": ["v1/content/a.txt"]}}))
    assert errors(made) == {code}


@case("E092_manifest_value_no_array")
def _(made: OcflObject):
    made.edit(put("manifest", made.digest, value="v1/content/a.txt"))


@case("E092_E093_E023_content_path_does_not_exist")
def _(made: OcflObject):
    digest = hashlib.sha512(b"bonus").hexdigest()
    made.edit(put("manifest", digest, value=["v1/content/bonus.txt"]))
    made.edit(put("versions", "v2", "state", digest, value=["bonus.txt"]))
    made.edit(put("fixity", value={"md5": {"0" * 32: ["v1/content/bonus.txt"]}}))


@case("E092_content_file_digest_mismatch")
def _(made: OcflObject):
    made.write("v1/content/a.txt", b"other\n")


@case("E092_algorithm_change_incorrect_digest")
def _(made: OcflObject):
    _with_sha256_v1(made, {"a.txt": C})


@case("E093_fixity_digest_mismatch")
def _(made: OcflObject):
    made.edit(put("fixity", value={"md5": {"9eacfb9289073dd9c9a8c4cdf820ac71": ["v1/content/a.txt"]}}))


@case("E093_fixity_digest_mismatch_in_v1")
def _(made: OcflObject):
    made.edit(put("fixity", value={"sha1": {"0" * 40: ["v1/content/a.txt"]}}), only="v1")


@case("E094_message_not_a_string")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "message", value={}))


@case("E095_conflicting_logical_paths")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "state", made.digest, value=["sub-path", "sub-path/a_file.txt"]))


@case("E095_non_unique_logical_paths")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "state", made.digest, value=["a.txt", "a.txt"]))


@case("E096_manifest_repeated_digest")
def _(made: OcflObject):
    text = (made.folder / "inventory.json").read_text()
    entry = f'"{made.digest}": ["v1/content/a.txt"],'
    text = text.replace('"manifest": {', f'"manifest": {{ {entry}', 1)
    for place in ("", "v2"):
        made.save_text(place, text.encode())


@case("E096_E101_manifest_duplicate_digests")
def _(made: OcflObject):
    made.edit(put("manifest", made.digest.upper(), value=["v1/content/a.txt"]))


@case("E097_fixity_duplicate_digests")
def _(made: OcflObject):
    digest = hashlib.md5(A).hexdigest()
    made.edit(put("fixity", value={"md5": {d: ["v1/content/a.txt"] for d in (digest, digest.upper())}}))


@case("E098_content_path_no_string")
def _(made: OcflObject):
    made.edit(lambda document: document["manifest"][made.digest].append({}))


@case("E100_E099_manifest_invalid_content_paths")
def _(made: OcflObject):
    bad = ["/v1/content/file-3.txt", "v1/content/../content/file-1.txt", "v1/content//file-2.txt"]
    made.edit(lambda document: document["manifest"][made.digest].extend(bad))


@case("E100_E099_fixity_invalid_content_paths")
def _(made: OcflObject):
    bad = ["/v1/content/a.txt", "v1/content/../content/a.txt", "v1/content//a.txt"]
    made.edit(put("fixity", value={"md5": {hashlib.md5(A).hexdigest(): bad}}))


@case("E101_non_unique_content_paths")
def _(made: OcflObject):
    made.edit(put("manifest", made.digest, value=["v1/content/a.txt", "v1/content/a.txt"]))


@case("E101_conflicting_content_paths")
def _(made: OcflObject):
    made.edit(lambda document: document["manifest"][made.digest].append("v1/content/a.txt/more"))


@case("E102_unknown_key")
def _(made: OcflObject):
    made.edit(put("note", value="x"))


@case("E102_unknown_key_in_version")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "type", value="x"))


@case("E103_older_spec_v2", "1.1")
def _(made: OcflObject):
    made.add_version({"c.txt": C})
    made.edit(put("type", value="https://ocfl.io/1.0/spec/#inventory"), only="v2")


# --- 3.6, 3.7: sidecars and former inventories ---------------------------------------------------------------------


@case("E058_no_sidecar")
def _(made: OcflObject):
    made.remove("inventory.json.sha512")


@case("E058_no_sidecar_in_version")
def _(made: OcflObject):
    made.remove("v1/inventory.json.sha512")


@case("E058_E059_sidecar_of_another_algorithm")
def _(made: OcflObject):
    (made.folder / "inventory.json.sha512").rename(made.folder / "inventory.json.sha256")


@case("E060_E064_root_inventory_digest_mismatch")
def _(made: OcflObject):
    text = (made.folder / "inventory.json").read_text()
    made.write("inventory.json", text.replace("a version", "a changed version", 1))


@case("E060_version_inventory_digest_mismatch")
def _(made: OcflObject):
    text = (made.folder / "v1/inventory.json").read_text()
    made.write("v1/inventory.json", text.replace("a version", "a changed version", 1))


@case("E061_invalid_sidecar")
def _(made: OcflObject):
    text = (made.folder / "inventory.json.sha512").read_text()
    made.write("inventory.json.sha512", text.split()[0])


@case("E063_no_inv")
def _(made: OcflObject):
    made.remove("inventory.json")
    made.remove("inventory.json.sha512")


@case("E064_different_root_and_latest_inventories")
def _(made: OcflObject):
    made.edit(put("versions", "v2", "message", value="another"), only="v2")


@case("E066_E092_old_manifest_digest_incorrect")
def _(made: OcflObject):
    text = (made.folder / "v1/inventory.json").read_text()
    made.save_text("v1", text.replace(made.digest, "1" + made.digest[1:]).encode())


@case("E066_algorithm_change_state_mismatch")
def _(made: OcflObject):
    _with_sha256_v1(made, {"a.txt": A}, logical="changed.txt")


@case("E066_changed_v1_logical_path")
def _(made: OcflObject):
    made.edit(put("versions", "v1", "state", made.digest, value=["moved.txt"]), only="v1")


@case("E066_inconsistent_version_state")
def _(made: OcflObject):
    made.edit(put("versions", "v1", "state", made.digest, value=["a.txt", "more.txt"]))


@case("E066_former_inventory_knows_more_versions")
def _(made: OcflObject):
    made.add_version({"c.txt": C})
    document = made.load()
    document["versions"]["v9"] = document["versions"]["v3"]
    made.save("v2", document)


# --- 3.9, 4.6: extensions and files --------------------------------------------------------------------------------


@case("E067_file_in_extensions_dir")
def _(made: OcflObject):
    made.write("extensions/extra_file", "x")


@case("E090_symbolic_link")
def _(made: OcflObject):
    made.remove("v1/content/a.txt")
    made.write("logs/a.txt", A)
    (made.folder / "v1/content/a.txt").symlink_to(made.folder / "logs/a.txt")


@case("E090_symbolic_link_to_folder")
def _(made: OcflObject):
    (made.folder / "v1/content/more").symlink_to(made.folder / "v2")


@case("E090_E023_hard_link")
def _(made: OcflObject):
    os.link(made.folder / "v1/content/a.txt", made.folder / "v1/content/b.txt")


@case("E089_named_pipe")
def _(made: OcflObject):
    os.mkfifo(made.folder / "v1/content/pipe")


# -------------------------------------------------------------------------------------------------------------------


def _remade(made: OcflObject, **options: Any) -> OcflObject:
    folder = made.folder
    made.remove(".")
    return OcflObject(folder, spec=made.spec, **options)


def _replace(made: OcflObject, old: str, new: str) -> None:
    """In every inventory, text for text."""
    for place in ("", "v1", "v2"):
        text = (made.folder / place / "inventory.json").read_text()
        made.save_text(place, text.replace(old, new).encode())


def _with_sha256_v1(made: OcflObject, content: dict[str, bytes], logical: str = "a.txt") -> None:
    """The first version's inventory under another algorithm, saying this of its content."""
    document = made.load("v1")
    ((name, data),) = content.items()
    digest = hashlib.sha256(data).hexdigest()
    document |= {"digestAlgorithm": "sha256", "manifest": {digest: [f"v1/content/{name}"]}}
    document["versions"]["v1"]["state"] = {digest: [logical]}
    made.remove("v1/inventory.json.sha512")
    made.algorithm = "sha256"
    made.save("v1", document)
    made.algorithm = "sha512"


def sound(folder: Path, spec: str) -> OcflObject:
    return OcflObject(folder, spec=spec).add_version({"a.txt": A}).add_version({"a.txt": A, "b.txt": B})


def errors(made: OcflObject) -> set[str]:
    return {finding.code for finding in validate(made.folder).errors}


@pytest.mark.parametrize("spec", ["1.0", "1.1"])
def test_it_is_sound_before_it_is_damaged(tmp_path: Path, spec: str):
    report = validate(sound(tmp_path / "object", spec).folder)
    assert report.valid
    assert report.warnings == ()


# Where one defect breaks further clauses as well
ALSO = {
    "E001_invalid_version_format": {"E008", "E040", "E042", "E046", "E104", "E064", "E023", "E092"},
    "E009_version_two_only": set(),
    "E010_missing_versions": {"E046", "E016", "E092", "E023"},
    "E010_skipped_versions": {"E066"},
    "E046_missing_version_dir": {"E010", "E092", "E023"},
    "E014_E042_other_padding_in_manifest": {"E023", "E066"},
    "E015_content_not_in_content_dir": {"E042", "E023", "E092", "E066"},
    "E012_E013_inconsistent_version_format": set(),
    "E019_inconsistent_content_dir": {"E020", "E042", "E066"},
    "E020_content_dir_changed": {"E019", "E042", "E066"},
    "E023_old_manifest_missing_entries": {"E050", "E066"},
    "E025_E026_unknown_digest_algorithm": {"E066", "E092"},
    "E030_digest_not_hex_sha256": {"E092"},
    "E031_digest_not_hex_sha512": {"E092"},
    "E039_digests_of_another_algorithm": {"E092"},
    "E033_inventory_bad_json": {"E064"},
    "E033_inventory_no_object": {"E064"},
    "E033_inventory_not_utf8": {"E064"},
    "E033_nested_without_end": {"E064"},
    "E035_backslash_in_content_path": {"E023", "E066"},
    "E038_type_of_another_version": {"E103"},
    "E042_bad_manifest_content_path": set(),
    "E049_E050_E054_E094_bad_version_block_values": set(),
    "E050_manifest_digest_wrong_case": {"E107"},
    "E050_file_in_manifest_not_used": {"E107"},
    "E050_state_value_no_array": set(),
    "E090_symbolic_link": {"E092", "E023"},
    "E092_manifest_value_no_array": {"E023", "E066"},
    "E092_algorithm_change_incorrect_digest": set(),
    "E066_E092_old_manifest_digest_incorrect": set(),
    "E104_version_without_prefix": set(),
    "E040_wrong_version_in_version_dir": {"E066"},
    "E066_inconsistent_version_state": set(),
    "E101_conflicting_content_paths": {"E092", "E023"},
    "E066_former_inventory_knows_more_versions": {"E010", "E040"},
    "E047_version_no_object": set(),
    "E008_E036_no_versions_no_head": {"E046"},
}


@pytest.mark.parametrize(
    ("name", "spec"), [(name, spec) for name, (_, specs) in CASES.items() for spec in sorted(specs)]
)
def test_bad_object(tmp_path: Path, name: str, spec: str):
    made = sound(tmp_path / "object", spec)
    CASES[name][0](made)
    expected = set(re.findall(r"[EW]\d{3}", name))
    found = errors(made)
    assert expected <= found
    assert found <= expected | ALSO.get(name, set())


def test_there_is_no_object_where_nothing_is(tmp_path: Path):
    assert {finding.code for finding in validate(tmp_path / "none").errors} == {"E003", "E063"}
    (tmp_path / "file").write_text("x")
    assert not validate(tmp_path / "file").valid
