"""The contract on a real local node: one checkpoint after the other, and never a changed one."""

import importlib.util
import json
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ledger.outside import served
from yidang.kernel.errors import Conflict, Unavailable
from yidang.ledger import verifier
from yidang.ledger.adapters import evm
from yidang.ledger.adapters.chain_account import ChainAccount
from yidang.ledger.adapters.evm import ChainAnchor, contract, deploy, log_id
from yidang.ledger.adapters.http import call
from yidang.ledger.anchoring.addresses import parse_anchors
from yidang.ledger.anchoring.audit import verify_outside
from yidang.ledger.anchoring.records import Records
from yidang.ledger.anchoring.work import anchor_due, anchors
from yidang.ledger.export import export
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.operations import sequence

ROOT = Path(__file__).resolve().parents[2]
Append = Callable[[int], list[UUID]]


def _node() -> Path | None:
    spec = importlib.util.spec_from_file_location("chain", ROOT / "tools" / "chain.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.program()


@pytest.fixture(scope="module")
def node() -> Iterator[str]:
    program = _node()
    if program is None:
        pytest.skip("NO EVM NODE: tools/chain.py installs one where npm is")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = subprocess.Popen([program, "--port", str(port), "--silent"])
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url)
        yield url
    finally:
        running.terminate()
        running.wait(10)


def _wait(url: str) -> None:
    for _ in range(100):
        try:
            call(url, "eth_chainId")
        except Unavailable:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the node does not answer")


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


def test_the_bytecode_is_that_of_the_source() -> None:
    """The compiler is not in the tests; the interface and the event's name bind the two."""
    source = (Path(evm.__file__).parent / "YidangAnchors.sol").read_text()
    for method in contract()["methods"]:
        assert method.split("(")[0] in source
        assert contract()["methods"][method] in contract()["bytecode"]
    assert contract()["events"]["Anchored(bytes32,uint64,bytes32)"] in contract()["bytecode"]
    assert contract()["compiler"].startswith("solc 0.8.")


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
    pytest.importorskip("eth_account")
    first = ChainAccount(home).address
    assert ChainAccount(home).address == first
    assert first[2:].lower().encode() not in (home / "ledger-keys" / "evm.key").read_bytes()
    assert (home / "ledger-keys" / "evm.key").stat().st_mode & 0o077 == 0
    assert json.dumps(parse_anchors(f"evm+http://a.example#{first}")[0].contract)
