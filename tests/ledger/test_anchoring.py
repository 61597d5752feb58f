"""Checkpoints go out by themselves, never hold up work, and what was missed is caught up."""

import itertools
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from ledger.outside import served, witness_of
from yidang.crypto.signatures import Algorithm, generate
from yidang.kernel.texts import catalogue
from yidang.ledger.adapters import http
from yidang.ledger.anchoring import rules, work
from yidang.ledger.anchoring.audit import verify_outside
from yidang.ledger.anchoring.records import Records
from yidang.ledger.anchoring.rules import Cover, exposures, pause_after, quorum_size
from yidang.ledger.anchoring.states import states
from yidang.ledger.anchoring.troubles import trouble_of
from yidang.ledger.anchoring.work import anchor_due
from yidang.ledger.cosigning import Cosigner
from yidang.ledger.operations import append as append_one
from yidang.ledger.operations import sequence
from yidang.ledger.queries import checkpoint

Append = Callable[[int], list[UUID]]


@pytest.fixture
def ledger(log: Path, append: Append) -> Path:
    """A log of five entries."""
    append(5)
    sequence()
    return log


@pytest.fixture
def witness(ledger: Path, tmp_path: Path, keep_with: Callable[..., None]) -> Iterator[Path]:
    folder = tmp_path / "witness"
    with witness_of(ledger, folder) as setting:
        keep_with(witnesses=setting, witness_seconds=1)
        yield folder


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    for module in (work, "yidang.ledger.anchoring.pressing", "yidang.ledger.anchoring.states"):
        at = datetime.now(UTC) + timedelta(seconds=seconds)
        monkeypatch.setattr(f"{module if isinstance(module, str) else module.__name__}.now", lambda at=at: at)
    clock = work.time.time() + seconds
    monkeypatch.setattr(work.time, "time", lambda: clock)


def found() -> list[str]:
    outside = verify_outside()
    assert {one.code for one in (*outside.differences, *outside.notes)} <= catalogue().keys()
    return [one.code for one in outside.differences]


def noted() -> list[str]:
    return [one.code for one in verify_outside().notes]


def test_nobody_outside(ledger: Path) -> None:
    assert anchor_due() == 0
    assert not states().is_open
    assert found() == noted() == []


def test_a_checkpoint_is_cosigned(witness: Path) -> None:
    assert anchor_due() == 1
    state = states()
    assert (state.witnesses.size, state.unwitnessed, state.is_late) == (5, 0, False)
    assert state.witnesses.window is not None
    assert state.witnesses.window < timedelta(seconds=60)
    assert found() == noted() == []


def test_nothing_new_is_not_sent(witness: Path) -> None:
    assert [anchor_due(), anchor_due()] == [1, 0]


def test_a_round_comes_after_the_window_and_not_before(witness: Path, append: Append, monkeypatch: Any) -> None:
    anchor_due()
    append(3)
    sequence()
    assert anchor_due() == 0
    later(monkeypatch, 2)
    assert anchor_due() == 1
    assert states().witnesses.size == 8


def test_what_an_outage_missed_is_caught_up(
    ledger: Path, tmp_path: Path, keep_with: Any, append: Append, monkeypatch: Any
) -> None:
    with witness_of(ledger, tmp_path / "w") as setting:
        keep_with(witnesses=setting, witness_seconds=1)
        anchor_due()
        port = int(setting.split(" ")[0].rsplit(":", 1)[1])
    append(300)
    sequence()
    later(monkeypatch, 100)
    assert anchor_due() == 0
    (place,) = states().witnesses.places
    assert place.trouble is not None
    assert (place.trouble.code, place.behind) == ("ledger_anchor_unreachable", 300)
    assert states().is_late
    assert (found(), noted()) == ([], ["ledger_outside_unreachable"])
    with witness_of(ledger, tmp_path / "w", port=port):
        assert anchor_due() == 0  # the pause is not over
        later(monkeypatch, 200)
        assert anchor_due() == 1
    assert states().witnesses.size == 305
    assert states().witnesses.places[0].trouble is None


def test_a_witness_that_says_nothing_holds_nobody_up(
    witness: Path, keep_with: Any, settings: Any, monkeypatch: Any
) -> None:
    """It takes the connection and never answers. Appending and sequencing go on; the other witness is served."""
    monkeypatch.setitem(http.post.__kwdefaults__, "timeout", 2.0)
    stranger = Cosigner("deaf.example", Algorithm.ED25519, generate(Algorithm.ED25519).public)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        keep_with(witnesses=f"{settings.YIDANG.witnesses}, {url} {stranger}")
        round_ = threading.Thread(target=work._hand_out, args=(work.ledger_folder(), list(work.witnesses())))
        round_.start()
        with transaction.atomic():
            append_one(action="page.viewed", actor="u1")
        assert sequence() == 1
        assert round_.is_alive()
        round_.join(20)
    by_name = {place.name: place for place in states().witnesses.places}
    assert by_name["witness.example/1"].size >= 5
    assert by_name["deaf.example"].trouble.code == "ledger_anchor_unreachable"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (("200 OK", b""), "ledger_anchor_answer"),
        (("200 OK", "— witness.example/1 AAAA\n".encode()), "ledger_anchor_answer"),
        (("200 OK", b"\xff\xfe"), "ledger_anchor_answer"),
        (("200 OK", b"x" * 300_000), "ledger_anchor_answer"),
        (("302 Found", b""), "ledger_anchor_answer"),
        (("403 Forbidden", b""), "ledger_anchor_refuses"),
        (("404 Not Found", b""), "ledger_anchor_refuses"),
        (("409 Conflict", b"many"), "ledger_anchor_answer"),
        (("409 Conflict", b"3\n"), "ledger_anchor_contradicts"),
        (("409 Conflict", b"9\n"), "ledger_anchor_ahead"),
        (("422 Unprocessable Entity", b""), "ledger_anchor_contradicts"),
        (("500 Oh", b""), "ledger_anchor_answer"),
    ],
)
def test_what_a_witness_may_answer(
    witness: Path, keep_with: Any, settings: Any, said: tuple[str, bytes], code: str
) -> None:
    """Whatever it says, the round ends and the trouble has a name."""
    keys = settings.YIDANG.witnesses.split(" ", 1)[1]
    status, body = said

    def answer(environ: Any, start: Any) -> list[bytes]:
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start(status, [("Content-Length", str(len(body))), ("Location", "http://127.0.0.1:1/")])
        return [body]

    with served(answer) as url:
        keep_with(witnesses=f"{url} {keys}")
        assert anchor_due() == 0
    (place,) = states().witnesses.places
    assert place.trouble is not None
    assert place.trouble.code == code


def test_k_of_n(ledger: Path, tmp_path: Path, keep_with: Any, append: Append, monkeypatch: Any) -> None:
    with witness_of(ledger, tmp_path / "a", "a.example") as a, witness_of(ledger, tmp_path / "b", "b.example") as b:
        gone = witness_of(ledger, tmp_path / "c", "c.example")
        with gone as c:
            keep_with(witnesses=f"{a}, {b}, {c}", witnesses_needed=2, witness_seconds=1)
            assert anchor_due() == 3
        append(4)
        sequence()
        later(monkeypatch, 5)
        assert anchor_due() == 2
        assert states().witnesses.size == 9
        keep_with(witnesses_needed=3)
        assert states().witnesses.size == 5


def test_a_file_elsewhere(ledger: Path, tmp_path: Path, keep_with: Any) -> None:
    (tmp_path / "safe").mkdir()
    keep_with(anchors=(tmp_path / "safe").as_uri())
    assert anchor_due() == 1
    (kept,) = (tmp_path / "safe").glob("*/5.checkpoint")
    assert kept.read_text() == checkpoint().note
    assert states().anchors.size == 5
    assert found() == []


def test_a_folder_that_is_not_mounted_is_not_made(ledger: Path, tmp_path: Path, keep_with: Any) -> None:
    keep_with(anchors=(tmp_path / "absent").as_uri())
    assert anchor_due() == 0
    assert not (tmp_path / "absent").exists()
    assert noted() == ["ledger_outside_unreachable"]


def test_what_presses_does_not_wait_for_the_round(
    ledger: Path, tmp_path: Path, keep_with: Any, append: Append, monkeypatch: Any
) -> None:
    (tmp_path / "safe").mkdir()
    keep_with(anchors=(tmp_path / "safe").as_uri())
    anchor_due()
    append(1)
    sequence()
    later(monkeypatch, 200)
    assert anchor_due() == 0  # a page shown can wait for the hour
    with transaction.atomic():
        append_one(action="item.destroyed", actor="u1")
    sequence()
    later(monkeypatch, 140)
    assert anchor_due() == 0
    later(monkeypatch, 160)
    assert anchor_due() == 1


def test_a_pressing_entry_that_nobody_holds_in_time_is_late(
    ledger: Path, tmp_path: Path, keep_with: Any, monkeypatch: Any
) -> None:
    keep_with(anchors=(tmp_path / "absent").as_uri())
    with transaction.atomic():
        append_one(action="item.destroyed", actor="u1")
    sequence()
    assert not states().is_late
    later(monkeypatch, 301)
    assert [one.action for one in states().late] == ["item.destroyed"]


def test_a_line_cut_off_by_a_kill_is_written_anew(
    witness: Path, append: Append, ledger: Path, monkeypatch: Any
) -> None:
    anchor_due()
    (path,) = (ledger / "anchors").glob("*.jsonl")
    path.write_bytes(path.read_bytes() + b'{"size":8,"ro')
    append(3)
    sequence()
    later(monkeypatch, 5)
    anchor_due()
    assert [record.size for record in Records(ledger, path.stem)] == [5, 8]
    assert found() == []


def test_a_clock_set_back_does_not_silence_us(witness: Path, append: Append, monkeypatch: Any) -> None:
    anchor_due()
    append(1)
    sequence()
    later(monkeypatch, -86_400)
    assert anchor_due() == 1


def test_pauses_double_up_to_ten_minutes() -> None:
    assert [pause_after(n) for n in (1, 2, 3, 9, 10, 1000)] == [2, 4, 8, 512, 600, 600]


def test_the_window_is_measured_by_the_slowest_witness_that_counts() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    at = lambda seconds: start + timedelta(seconds=seconds)  # noqa: E731
    quick = [Cover(10, at(5), 0, at(0)), Cover(20, at(65), 10, at(20))]
    slow = [Cover(20, at(90), 0, at(0))]
    assert exposures([quick, slow], 1) == [timedelta(seconds=5), timedelta(seconds=45)]
    assert exposures([quick, slow], 2) == [timedelta(seconds=90), timedelta(seconds=70)]
    assert exposures([quick], 2) == []


@pytest.mark.parametrize(("needed", "reached"), [(1, 9), (2, 7), (3, 3), (4, 0)])
def test_quorum(needed: int, reached: int) -> None:
    for sizes in itertools.permutations((3, 7, 9)):
        assert quorum_size(sizes, needed) == reached


def test_every_action_that_must_be_anchored_has_its_time() -> None:
    for action in ("settlement.paid", "item.destroyed", "item.described", "certificate.issued", "key.rotated"):
        assert rules.allowed_delay(action), action
    assert rules.allowed_delay("page.viewed") is None


def test_trouble_is_forgotten_when_it_is_over(witness: Path, keep_with: Any, settings: Any) -> None:
    good = settings.YIDANG.witnesses
    keep_with(witnesses="http://127.0.0.1:1 " + good.split(" ", 1)[1])
    anchor_due()
    slug = work.witnesses()[0].slug
    assert trouble_of(slug) is not None
    keep_with(witnesses=good)
    assert anchor_due(at_once=True) == 1
    assert trouble_of(slug) is None
