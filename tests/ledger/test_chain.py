"""The contract on a real local node: one checkpoint after the other, and never a changed one."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ledger.chain import chain_tools, running
from ledger.outside import served
from yidang.kernel.errors import Conflict, Unavailable
from yidang.ledger import verifier
from yidang.ledger.adapters import evm
from yidang.ledger.adapters.chain_account import ChainAccount
from yidang.ledger.adapters.evm import ChainAnchor, deploy, log_id
from yidang.ledger.adapters.http import call
from yidang.ledger.anchoring.addresses import parse_anchors
from yidang.ledger.anchoring.audit import verify_outside
from yidang.ledger.anchoring.records import Records
from yidang.ledger.anchoring.work import anchor_due, anchors
from yidang.ledger.export import export
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.operations import sequence

Append = Callable[[int], list[UUID]]


@pytest.fixture(scope="module")
def node() -> Iterator[str]:
    program = chain_tools().program()
    if program is None:
        pytest.skip("NO EVM NODE: tools/chain.py installs one where npm is")
    with running(program) as url:
        yield url


@pytest.fixture
def anchored(node: str, log: Path, home: Path, append: Append, keep_with: Callable[..., None]) -> str:
    """A log of five entries, its account with money, its contract deployed and named in the settings."""
    append(5)
    sequence()
    account = ChainAccount(home)
    call(node, "anvil_setBalance", account.address, hex(10**18))
    setting = f"evm+{node}#{deploy(node, account)}"
    keep_with(anchors=setting)
    return setting


def codes(found: Any) -> list[str]:
    return [one.code for one in found]


def test_an_account_without_money_is_told_so(node: str, home: Path) -> None:
    with pytest.raises(Unavailable) as refusal:
        deploy(node, ChainAccount(home))
    assert refusal.value.code == "ledger_chain_refuses"
    assert "funds" in refusal.value.facts["said"].lower()


def test_checkpoints_go_on_the_chain(anchored: str, node: str, log: Path, append: Append, tmp_path: Path) -> None:
    assert anchor_due() == 1
    append(300)
    sequence()
    assert anchor_due(at_once=True) == 1
    records = list(Records(log, anchors()[0].slug))
    assert [record.size for record in records] == [5, 305]
    assert abs(records[1].evidence["time"] - time.time()) < 60
    assert codes(verify_outside().differences) == codes(verify_outside().notes) == []
    export(tmp_path / "export")
    for chain, notes in ((node, 0), (None, 1)):
        outside = verifier.outside_of([], 1, [], None, chain)
        result = verifier.verify_folder(tmp_path / "export", outside=outside)
        assert result["findings"] == []
        assert sum("Not checked" in note for note in result["notes"]) == notes


def test_a_checkpoint_on_the_chain_is_not_sent_twice(anchored: str, node: str, home: Path) -> None:
    anchor_due()
    sent = call(node, "eth_getTransactionCount", ChainAccount(home).address, "latest")
    (address,) = anchors()
    head, evidence = ChainAnchor(address, ChainAccount(home)).keep(LedgerFolder(home / "ledger"))
    assert head.size == 5
    assert evidence["transaction"].startswith("0x")
    assert call(node, "eth_getTransactionCount", ChainAccount(home).address, "latest") == sent


def test_the_contract_takes_nothing_older_and_nothing_from_others(anchored: str, node: str, home: Path) -> None:
    anchor_due()
    (address,) = anchors()
    origin = LedgerFolder(home / "ledger").origin
    older = evm._called("anchor(bytes32,uint64,bytes32)", log_id(origin), evm._word(4), bytes(32))
    same = evm._called("anchor(bytes32,uint64,bytes32)", log_id(origin), evm._word(5), bytes(32))
    newer = evm._called("anchor(bytes32,uint64,bytes32)", log_id(origin), evm._word(6), bytes(32))
    stranger = call(node, "eth_accounts")[0]
    for sender, data in ((ChainAccount(home).address, older), (ChainAccount(home).address, same), (stranger, newer)):
        with pytest.raises(Unavailable):  # the node already refuses to estimate it
            call(node, "eth_estimateGas", {"from": sender, "to": address.contract, "data": data})


def test_a_reverted_transaction_is_no_anchor(anchored: str, node: str, home: Path) -> None:
    (address,) = anchors()
    stranger = call(node, "eth_accounts")[0]
    data = evm._called("anchor(bytes32,uint64,bytes32)", bytes(32), evm._word(6), bytes(32))
    asked = {"from": stranger, "to": address.contract, "data": data, "gas": hex(200_000)}
    with pytest.raises(Conflict, match="ledger_anchor_reverted"):
        evm.receipt_of(node, call(node, "eth_sendTransaction", asked))


def test_another_history_than_the_chain_knows(anchored: str, log: Path, home: Path) -> None:
    anchor_due()
    (address,) = anchors()
    tile = log / "tile" / "0" / "000.p" / "5"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    with pytest.raises(Conflict, match="ledger_anchor_contradicts"):
        ChainAnchor(address, ChainAccount(home)).compare(LedgerFolder(log))


def test_no_contract_at_that_address(node: str, log: Path, append: Append, keep_with: Callable[..., None]) -> None:
    append(1)
    sequence()
    keep_with(anchors=f"evm+{node}#0x{'12' * 20}")
    assert anchor_due() == 0
    assert codes(verify_outside().notes) == ["ledger_outside_refuses"]


@pytest.mark.parametrize("said", [b"", b"[]", b'{"result": null}', b'{"result": "0xzz"}', b'{"error": {}}', b"<html>"])
def test_a_node_that_talks_nonsense(log: Path, append: Append, keep_with: Callable[..., None], said: bytes) -> None:
    append(1)
    sequence()

    def answer(environ: Any, start: Any) -> list[bytes]:
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start("200 OK", [("Content-Type", "application/json")])
        return [said]

    with served(answer) as url:
        keep_with(anchors=f"evm+{url}#0x{'12' * 20}")
        assert anchor_due() == 0
        assert codes(verify_outside().differences) == []


def test_milliseconds_of_other_chains_are_read_as_such() -> None:
    assert evm._seconds({"timestamp": hex(1_790_000_000)}) == evm._seconds({"timestamp": hex(1_790_000_000_123)})


def test_the_account_stays_the_same_and_sealed(log: Path, home: Path) -> None:
    limit = sys.getrecursionlimit()
    first = ChainAccount(home).address
    assert sys.getrecursionlimit() == limit
    assert ChainAccount(home).address == first
    assert first[2:].lower().encode() not in (home / "ledger-keys" / "evm.key").read_bytes()
    assert (home / "ledger-keys" / "evm.key").stat().st_mode & 0o077 == 0
    assert json.dumps(parse_anchors(f"evm+http://a.example#{first}")[0].contract)
