"""Bags with the defects that strangers' bags have."""

import hashlib
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.preservation.packages import validate
from yidang.preservation.packages.bagit import words

from .made import made

DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def sha(data: bytes, name: str = "sha512") -> str:
    return hashlib.new(name, data).hexdigest()


def bag(folder, payload=None, **tags):
    """A good bag of these files; tags replace or, where None, leave out."""
    payload = {"a.txt": b"a"} if payload is None else payload
    lines = "".join(f"{sha(data)}  data/{words.encoded(name)}\n" for name, data in payload.items())
    files = {"bagit.txt": DECLARED, "manifest-sha512.txt": lines.encode()}
    files |= {name.replace("__", "-") + ".txt": data for name, data in tags.items()}
    files |= {f"data/{name}": data for name, data in payload.items()}
    for name, data in files.items():
        if data is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return folder


def codes(folder) -> set[str]:
    verdict = validate(folder)
    assert verdict.form == "bagit"
    return {one.code for one in verdict.errors}


def warned(folder) -> set[str]:
    verdict = validate(folder)
    assert verdict.is_valid, verdict.errors
    return {one.code for one in verdict.warnings}


def test_ours_holds_for_the_reference_program(tmp_path):
    folder = made("bagit", tmp_path / "bag")
    said = subprocess.run([sys.executable, "-m", "bagit", "--validate", folder], check=False, capture_output=True)
    assert said.returncode == 0, said.stderr
    assert codes(folder) == set()


@pytest.mark.parametrize(
    "name", ["new\nline", "carriage\rreturn", "50%", "%0A", "%25", "leer zeichen", "病历 一.pdf", "a\u2028b", "é", "*a"]
)
def test_odd_names_are_written_and_read_as_the_standard_says(tmp_path, name):
    assert codes(bag(tmp_path / "bag", {name: b"x"})) == set()


def test_a_percent_before_version_one_is_a_percent(tmp_path):
    folder = bag(tmp_path / "bag", {}, bagit=b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")
    (folder / "data").mkdir()
    (folder / "data" / "50%25").write_bytes(b"x")
    (folder / "manifest-sha512.txt").write_text(f"{sha(b'x')}  data/50%25\n")
    assert codes(folder) == set()


WRONG = {
    "bag_declaration_missing": {"bagit": None},
    "bag_manifest_line": {"manifest__sha512": b"nothing here\n"},
    "bag_file_missing": {"manifest__sha512": f"{sha(b'a')}  data/a.txt\n{sha(b'b')}  data/b.txt\n".encode()},
    "bag_file_unlisted": {"manifest__sha512": b""},
    "bag_digest_wrong": {"manifest__sha512": f"{sha(b'b')}  data/a.txt\n".encode()},
    "bag_path_unsafe": {"manifest__sha512": f"{sha(b'a')}  data/a.txt\n{sha(b'b')}  data/../../b\n".encode()},
    "bag_manifest_outside": {"manifest__sha512": f"{sha(b'a')}  data/a.txt\n{sha(DECLARED)}  bagit.txt\n".encode()},
    "bag_manifest_twice": {"manifest__sha512": f"{sha(b'a')}  data/a.txt\n{sha(b'a')}  data/a.txt\n".encode()},
    "bag_algorithm_unknown": {"manifest__crc99": b"00  data/a.txt\n"},
    "bag_oxum_wrong": {"bag__info": b"Payload-Oxum: 2.1\n"},
    "bag_oxum_malformed": {"bag__info": b"Payload-Oxum: many\n"},
    "bag_oxum_twice": {"bag__info": b"Payload-Oxum: 1.1\nPayload-Oxum: 1.1\n"},
    "bag_info_line": {"bag__info": b"no label at all\n"},
    "bag_fetch_line": {"fetch": b"http://x\n"},
    "bag_fetch_outside": {"fetch": b"http://x/y 1 y\n"},
    "bag_fetch_unlisted": {"fetch": b"http://x/y 1 data/y\n"},
    "bag_tagmanifest_incomplete": {"tagmanifest__sha512": f"{sha(DECLARED)}  bagit.txt\n".encode()},
    "bag_encoding_wrong": {"bag__info": b"Contact-Name: \xff\xfe\n"},
}


@pytest.mark.parametrize("code", WRONG)
def test_each_defect_has_its_code(tmp_path, code):
    assert code in codes(bag(tmp_path / "bag", **WRONG[code]))


@pytest.mark.parametrize(
    "said",
    [
        b"BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b" BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n\n\n",
        b"\xef\xbb\xbfBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0\n",
        b"Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
    ],
)
def test_the_declaration_is_two_lines_and_no_more(tmp_path, said):
    assert codes(bag(tmp_path / "bag", bagit=said)) == {"bag_declaration_malformed"}


def test_a_file_still_to_be_fetched_leaves_the_bag_incomplete(tmp_path):
    lines = f"{sha(b'a')}  data/a.txt\n{sha(b'b')}  data/b.txt\n".encode()
    folder = bag(tmp_path / "bag", manifest__sha512=lines, fetch=b"http://example.org/b 1 data/b.txt\n")
    assert codes(folder) == {"bag_fetch_needed"}
    (folder / "data" / "b.txt").write_bytes(b"b")
    assert codes(folder) == set()


def test_every_manifest_lists_every_file_from_version_one_on(tmp_path):
    some = {"a": b"a", "b": b"b"}
    folder = bag(tmp_path / "bag", some, manifest__sha256=f"{sha(b'a', 'sha256')}  data/a\n".encode())
    assert codes(folder) == {"bag_file_unlisted"}
    (folder / "bagit.txt").write_bytes(DECLARED.replace(b"1.0", b"0.97"))
    assert codes(folder) == set()


def test_old_bags_and_other_encodings(tmp_path):
    said = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-16\n"
    lines = f"{sha(b'a')}  data/a.txt\n".encode("utf-16")
    assert codes(bag(tmp_path / "wide", bagit=said, manifest__sha512=lines)) == set()
    said = b"BagIt-Version: 0.93\nTag-File-Character-Encoding: UTF-8\n"
    info = b"Payload-Oxum: 1.1\nContact-Name: a\nContact-Name: b\n  and more\n"
    folder = bag(
        tmp_path / "old", bagit=said, package__info=info, manifest__md5=f"{sha(b'a', 'md5')}  data/a.txt\n".encode()
    )
    assert codes(folder) == set()


@pytest.mark.parametrize("encoding", [b"base64", b"rot13", b"nonsense"])
def test_what_encodes_no_text_is_named(tmp_path, encoding):
    said = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: " + encoding + b"\n"
    assert codes(bag(tmp_path / "bag", bagit=said)) & {"bag_encoding_wrong", "bag_encoding_unknown"}


def test_what_is_only_untidy_is_a_warning(tmp_path):
    line = f"{sha(b'a')} *data/a.txt\n".encode()
    assert warned(bag(tmp_path / "star", manifest__sha512=line)) == {"bag_manifest_star"}
    line = f"{sha(b'a')}  ./data/a.txt\n".encode()
    assert warned(bag(tmp_path / "dot", manifest__sha512=line)) == {"bag_path_untidy"}
    name = unicodedata.normalize("NFD", "é.txt")
    line = f"{sha(b'a')}  data/{unicodedata.normalize('NFC', name)}\n".encode()
    assert warned(bag(tmp_path / "form", {name: b"a"}, manifest__sha512=line)) == {"bag_name_other_form"}


def test_links_are_never_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"s")
    folder = bag(tmp_path / "bag")
    (folder / "data" / "link").symlink_to(secret)
    assert "package_entry_link" in codes(folder)


@given(st.text(max_size=200))
def test_no_tag_file_upsets_the_reader(text):
    list(words.info(text))
    for line in words.lines(text):
        words.entry(line)
        words.fetch_line(line)
    words.declared(text)


@given(st.text(alphabet=st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=50))
def test_encoding_a_name_loses_nothing(name):
    assert words.decoded(words.encoded(name)) == name
    assert "\n" not in words.encoded(name)
