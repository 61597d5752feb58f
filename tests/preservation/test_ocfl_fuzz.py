"""Whatever stands in an inventory, the validator judges it and does not fail."""

import json
import random
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.preservation.ocfl_objects import OcflObject, storage_root

from yidang.preservation.ocfl_validator import validate

WORDS = st.sampled_from(
    [
        *("id", "type", "head", "manifest", "versions", "fixity", "contentDirectory", "digestAlgorithm"),
        *("v1", "v2", "v01", "v0", "v", "1", "created", "state", "user", "name", "address", "message"),
        *("sha512", "sha256", "md5", "size", "a", "A" * 128, "a" * 128, "", ".", "..", "/", "a/b", "\ud800", "\0"),
        *("v1/content/a.txt", "v1/content", "v1", "content", "https://ocfl.io/1.0/spec/#inventory"),
    ]
)
JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=5), inner, max_size=4),
    max_leaves=25,
)
ROBUST = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def judge(folder: Path) -> None:
    report = validate(folder)
    for finding in (*report.errors, *report.warnings):
        finding.message.encode()
        finding.path.encode()


@ROBUST
@given(document=JSON, data=st.data())
def test_any_json(document: Any, data: st.DataObject):
    with tempfile.TemporaryDirectory() as place:
        made = OcflObject(Path(place) / "o").add_version({"a.txt": b"a"})
        where = data.draw(st.sampled_from(["", "v1"]))
        made.save_text(where, json.dumps(document).encode("utf-8", "surrogatepass"))
        judge(made.folder)


@ROBUST
@given(value=JSON, data=st.data())
def test_any_value_in_any_place(value: Any, data: st.DataObject):
    with tempfile.TemporaryDirectory() as place:
        made = OcflObject(Path(place) / "o").add_version({"a.txt": b"a"}).add_version({"b.txt": b"b"})
        for where in data.draw(st.sampled_from([("",), ("v1",), ("v2", "")])):
            document = made.load(where)
            _change_somewhere(document, value, data)
            made.save_text(where, json.dumps(document).encode("utf-8", "surrogatepass"))
        judge(made.folder)


def _change_somewhere(document: Any, value: Any, data: st.DataObject) -> None:
    place = document
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], (dict, list)) or data.draw(st.booleans()):
            place[key] = value
            return
        place = place[key]


@ROBUST
@given(noise=st.binary(max_size=200), seed=st.integers())
def test_any_bytes_in_any_file(noise: bytes, seed: int):
    with tempfile.TemporaryDirectory() as place:
        root = storage_root(Path(place) / "root")
        made = OcflObject(root / "o").add_version({"a.txt": b"a"})
        (root / "ocfl_layout.json").write_text('{"extension": "0003-x", "description": ""}')
        files = sorted(path for path in root.rglob("*") if path.is_file())
        chance = random.Random(seed)
        chance.choice(files).write_bytes(noise)
        judge(root)
        judge(made.folder)


@ROBUST
@given(name=st.binary(min_size=1, max_size=20).filter(lambda name: not set(name) & {0, 47}), seed=st.integers())
def test_any_file_name(name: bytes, seed: int):
    if name in {b".", b".."}:
        return
    with tempfile.TemporaryDirectory() as place:
        root = storage_root(Path(place) / "root")
        OcflObject(root / "o").add_version({"a.txt": b"a"})
        folders = sorted(path for path in root.rglob("*") if path.is_dir())
        import os

        target = os.fsencode(random.Random(seed).choice([root, *folders])) + b"/" + name
        if not os.path.lexists(target):
            Path(os.fsdecode(target)).write_bytes(b"x")
        judge(root)
