import os
from pathlib import Path

from yidang.preservation import cache


def test_it_keeps_and_forgets_nothing_else(home: Path):
    assert cache.get("thumb/1") is None
    cache.put("thumb/1", b"picture")
    assert cache.get("thumb/1") == b"picture"
    assert cache.get("thumb/2") is None
    cache.put("thumb/1", b"another")
    assert cache.get("thumb/1") == b"another"


def test_neither_content_nor_key_stands_in_clear(home: Path):
    cache.put("item/Zhang San", b"Zhang San" * 10)
    for path in (home / "cache").rglob("*"):
        assert "Zhang" not in path.name
        assert not path.is_file() or b"Zhang" not in path.read_bytes()


def test_a_damaged_entry_is_no_entry(home: Path):
    cache.put("a", b"picture")
    (path,) = (home / "cache").glob("*/*")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert cache.get("a") is None
    cache.put("a", b"picture")
    assert cache.get("a") == b"picture"


def test_an_entry_moved_to_another_name_is_no_entry(home: Path):
    cache.put("a", b"picture of a")
    (path,) = (home / "cache").glob("*/*")
    cache.put("b", b"picture of b")
    other = next(found for found in (home / "cache").glob("*/*") if found != path)
    other.write_bytes(path.read_bytes())
    assert cache.get("b") is None


def test_what_was_used_longest_ago_goes_first(home: Path):
    for number in range(10):
        cache.put(str(number), b"x" * 10_000)
        os.utime(cache._path(str(number)), (number, number))
    assert cache.get("0") is not None  # and so used last
    cache.clear_to(60_000)
    kept = [number for number in range(10) if cache.get(str(number)) is not None]
    assert 0 in kept
    assert 3 <= len(kept) <= 5
    assert kept[1:] == list(range(10 - len(kept) + 1, 10))


def test_no_room_is_no_error(home: Path, monkeypatch):
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "write_new", full)
    cache.put("a", b"picture")
    assert cache.get("a") is None
    assert list((home / "cache").glob("*/*")) == []
