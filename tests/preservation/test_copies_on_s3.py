"""The copies in a bucket."""

import random
from pathlib import Path

import pytest
from tests.contract.s3_server import s3_endpoint, s3_store  # noqa: F401 - a fixture is known by its name
from tests.preservation.builders import first

from yidang.crypto.keys import vault
from yidang.preservation import repository
from yidang.preservation.adapters.local import LocalStore
from yidang.preservation.copies.checking import check
from yidang.preservation.copies.deposit import Deposit, open_deposit
from yidang.preservation.copies.manifest import Run, write_run
from yidang.preservation.copies.store_copy import StoreCopy
from yidang.preservation.copies.store_return import return_store
from yidang.preservation.layout import prepare_root
from yidang.preservation.store import object_store


@pytest.fixture
def deposit(
    home: Path,
    s3_endpoint: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Deposit:
    bucket = s3_store(s3_endpoint, monkeypatch)._bucket
    return open_deposit(f"s3://{bucket}/copies", vault(), s3_endpoint=s3_endpoint, may_create=True)


def test_a_round_through_a_bucket(store: Path, deposit: Deposit, tmp_path: Path):
    repository.write_objects([first() for _ in range(3)])
    copied = StoreCopy("main", object_store(), deposit, {}).run()
    moment = "2026-11-22T00:00:00+00:00"
    run = Run("runs/1", moment, moment, moment, copied.lists, {}, None, None, copied.objects, copied.versions)
    write_run(deposit, run)
    assert check(deposit).differences == []
    back = LocalStore(tmp_path / "back")
    prepare_root(back)
    assert return_store(deposit, run, "main", back).problems == []
    here, there = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (store, back.root)
    )
    assert here == there


def test_a_long_stream_goes_up_in_parts_and_is_judged(deposit: Deposit):
    data = random.Random(1).randbytes(20_000_000)
    deposit.put_stream("streams/00/x", (data[n : n + 999_999] for n in range(0, len(data), 999_999)))
    with deposit.open("streams/00/x") as source:
        assert source.read() == data
    with deposit.store.open("streams/00/x") as source:
        sealed = bytearray(source.read())
    sealed[12_345_678] ^= 1
    deposit.store.put("streams/00/x", bytes(sealed))
    database = {"kind": "base", "stream": "streams/00/x"}
    moment = "2026-11-22T00:00:00+00:00"
    write_run(deposit, Run("runs/1", moment, moment, moment, {}, {}, database, None, 0, 0))
    assert [one["path"] for one in check(deposit).differences] == ["streams/00/x"]
