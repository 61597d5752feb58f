"""Keys are replaced while readers and writers go on, and a kill costs a step and nothing else."""

import multiprocessing
import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest

from yidang.crypto import rotation
from yidang.crypto.fields import open_field, reseal_field, seal_field
from yidang.crypto.keyring import SENSITIVE, Keyring, keyring
from yidang.crypto.keys import forget_keys, roots_of, vault
from yidang.crypto.register import Register
from yidang.crypto.roots import Roots
from yidang.crypto.vault import Vault
from yidang.kernel import clock
from yidang.kernel.errors import Invalid, Unavailable

IDS = [f"{number:05d}/v1" for number in range(300)]
PLACE = {"table": "item", "row": "1", "field": "description"}


@pytest.fixture(autouse=True)
def keyrings_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other rooms have under these keys is tested with them."""
    monkeypatch.setattr(rotation, "_passes", rotation._passes[:1])


def finish(monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    while rotation.advance():
        pass


def test_every_key_opens_before_while_and_after(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = keyring().new_keys(IDS)
    apart = keyring(SENSITIVE).new_keys(["s/v1"])
    monkeypatch.setattr(rotation, "STEP", 50)
    rotation.begin(["wrap", "wrap-sensitive"])
    assert keyring().keys(IDS) == before
    fresh = keyring().new_keys(["new/v1"])
    assert keyring().versions() == {1: 300, 2: 1}
    for count in next(iter(rotation.passes())).steps():
        assert count == 50
        assert keyring().keys(IDS) == before
        break
    assert keyring().versions() == {1: 250, 2: 51}
    finish(monkeypatch)
    assert keyring().versions() == {2: 301}
    assert keyring().keys([*IDS, "new/v1"]) == before | fresh
    assert keyring(SENSITIVE).keys(["s/v1"]) == apart


def test_an_old_version_is_forgotten_only_when_nobody_can_still_write_under_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring().new_keys(IDS)
    rotation.begin(["wrap"])
    while rotation.advance():
        pass
    assert [one.old for one in rotation.state() if one.family == "wrap"] == [[1]]
    finish(monkeypatch)
    assert [one.old for one in rotation.state() if one.family == "wrap"] == [[]]
    with pytest.raises(Invalid, match="key_version_unknown"):
        Vault(roots_of(home).service, roots_of(home).register).cipher_key("wrap", 1)


def test_nothing_under_way_costs_nothing(home: Path) -> None:
    keyring().new_keys(IDS)
    assert rotation.advance() == 0
    assert not (home / "keys/register.json").exists()


def test_another_process_seals_under_the_new_version_at_once(home: Path) -> None:
    other = Vault(Roots(home, may_create=False).service, (apart := Roots(home, may_create=False)).register)
    vault()
    assert other.current("field/item") == 1
    rotation.begin(["field"])
    assert other.current("field/item") == 2
    assert apart.register() == roots_of(home).register()


def test_a_field_of_an_old_version_opens_and_is_sealed_anew(home: Path) -> None:
    old = seal_field(b"one", **PLACE)
    rotation.begin(["field"])
    assert open_field(old, **PLACE) == b"one"
    new = reseal_field(old, **PLACE)
    assert (old[:3], new[:3]) == (b"\x01\x00\x01", b"\x01\x00\x02")
    assert open_field(new, **PLACE) == b"one"


def test_a_key_deleted_meanwhile_stays_deleted(home: Path) -> None:
    keyring().new_keys(IDS)
    rotation.begin(["wrap"])
    rows = keyring()._outdated("", 10)
    keyring().delete([IDS[0]])
    keyring()._rewrap(rows)
    assert keyring().keys([IDS[0]]) == {}


def test_a_swapped_key_is_not_wrapped_anew(home: Path) -> None:
    keyring().new_keys(["a/v1", "b/v1"])
    with keyring()._writing() as database:
        database.execute("UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE id = 'b/v1')")
    rotation.begin(["wrap"])
    with pytest.raises(Invalid, match="key_damaged"):
        rotation.advance()
    assert keyring().versions() == {1: 2}
    assert keyring().key("b/v1")


def test_a_damaged_key_keeps_no_other_family_waiting(home: Path) -> None:
    keyring().new_keys(["a/v1"])
    keyring(SENSITIVE).new_keys(["s/v1"])
    with keyring()._writing() as database:
        database.execute("UPDATE data_key SET wrapped = x'00'")
    rotation.begin(["wrap", "wrap-sensitive"])
    with pytest.raises(Invalid, match="key_damaged"):
        rotation.advance()
    assert keyring(SENSITIVE).versions() == {2: 1}
    assert [one.old for one in rotation.state() if one.family == "wrap"] == [[1]]


def test_the_former_wrapping_is_gone_from_the_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring().new_keys(["a/v1"])
    old = [
        row[2] for row in keyring()._select("SELECT id, wrap_version, wrapped FROM data_key WHERE id IN ({})", ["a/v1"])
    ]
    rotation.begin(["wrap"])
    finish(monkeypatch)
    left = b"".join(path.read_bytes() for path in (home / "keyring").iterdir())
    assert old[0] not in left


@pytest.mark.parametrize("edit", [b'"serial":0', b"", b"{}"])
def test_a_register_turned_back_by_hand_is_refused(home: Path, edit: bytes) -> None:
    keyring().new_keys(IDS)
    rotation.begin(["wrap"])
    path = home / "keys/register.json"
    path.write_bytes(path.read_bytes().replace(b'"serial":1', edit) if edit != b"{}" else b"{}\n")
    forget_keys()
    with pytest.raises(Invalid, match="key_register_damaged"):
        vault()


def test_a_lost_register_is_named_by_what_it_cannot_open(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring().new_keys(IDS)
    rotation.begin(["wrap"])
    finish(monkeypatch)
    (home / "keys/register.json").unlink()
    forget_keys()
    ring = Keyring(home / "keyring/keyring.sqlite3", vault())
    with pytest.raises(Invalid, match=r"key_damaged|key_version_unknown"):
        ring.key(IDS[0])


def _rotate_for_ever(home: Path) -> None:
    rotation.STEP = 7
    while True:
        rotation.begin(["wrap"])
        while rotation.advance(0.01):
            pass


def test_kills_cost_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = keyring().new_keys(IDS)
    context = multiprocessing.get_context("fork")
    for attempt in range(8):
        child = context.Process(target=_rotate_for_ever, args=[home])
        child.start()
        time.sleep(0.05 + 0.04 * attempt)
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        assert keyring().keys(IDS) == before
    finish(monkeypatch)
    assert set(keyring().versions()) == {roots_of(home).register().current("wrap")}
    assert keyring().keys(IDS) == before


def test_families_are_named(home: Path) -> None:
    with pytest.raises(Invalid, match="key_family_unknown"):
        rotation.begin(["wrapp"])


def test_a_register_knows_only_its_versions() -> None:
    with pytest.raises(Invalid, match="key_version_unknown"):
        Register().root_of("wrap", 2)


def test_an_unknown_root_is_missing(home: Path) -> None:
    with pytest.raises(Unavailable, match="root_key_missing"):
        roots_of(home).service(9)
