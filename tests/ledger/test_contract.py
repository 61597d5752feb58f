"""The contract: what is deployed is what its source says, and chains that are not quite Ethereum keep it as well.

FISCO BCOS cannot be had here as a program. A bridge before a real node answers as its Web3 interface does where the two
differ: no state proofs and no methods beyond those it documents, block times in milliseconds, no fee market.
"""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ledger.chain import chain_tools, running
from ledger.outside import served
from yidang.kernel.errors import DomainError
from yidang.ledger import verifier
from yidang.ledger.adapters import evm
from yidang.ledger.adapters.chain_account import ChainAccount
from yidang.ledger.adapters.evm import contract, deploy
from yidang.ledger.adapters.http import call
from yidang.ledger.anchoring.audit import verify_outside
from yidang.ledger.anchoring.records import Records
from yidang.ledger.anchoring.work import anchor_due, anchors
from yidang.ledger.export import export
from yidang.ledger.operations import sequence

SOURCE = Path(evm.__file__).parent / "YidangAnchors.sol"
NOT_FOUND = {"code": -32601, "message": "Method not found"}
ANSWERED = {
    "eth_blockNumber",
    "eth_call",
    "eth_chainId",
    "eth_estimateGas",
    "eth_gasPrice",
    "eth_getBalance",
    "eth_getBlockByNumber",
    "eth_getCode",
    "eth_getLogs",
    "eth_getTransactionByHash",
    "eth_getTransactionCount",
    "eth_getTransactionReceipt",
    "eth_sendRawTransaction",
    "net_version",
    "web3_clientVersion",
}


def test_the_interface_is_that_of_the_source() -> None:
    source = SOURCE.read_text()
    for method in contract()["methods"]:
        assert method.split("(")[0] in source
        assert contract()["methods"][method] in contract()["bytecode"]
    assert contract()["events"]["Anchored(bytes32,uint64,bytes32)"] in contract()["bytecode"]


def test_the_bytecode_is_what_the_compiler_makes_of_the_source() -> None:
    compiler = chain_tools().compiler()
    if compiler is None:
        pytest.skip("NO SOLIDITY COMPILER, THE CONTRACT'S BYTECODE IS TAKEN ON TRUST: tools/chain.py installs one")
    asked = {
        "language": "Solidity",
        "sources": {SOURCE.name: {"content": SOURCE.read_text()}},
        "settings": contract()["settings"] | {"outputSelection": {"*": {"*": ["evm.bytecode.object", "abi"]}}},
    }
    done = subprocess.run(
        [compiler, "--standard-json"], input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=120
    )
    said = json.loads(done.stdout[done.stdout.index("{") :])
    assert not [one for one in said.get("errors", []) if one["severity"] == "error"]
    made = said["contracts"][SOURCE.name]["YidangAnchors"]
    assert made["evm"]["bytecode"]["object"] == contract()["bytecode"]
    assert made["abi"] == contract()["abi"]


class Bridge:
    """A WSGI application that passes on what the other kind of chain would answer, and writes down what it refused."""

    def __init__(self, node: str) -> None:
        self._node = node
        self.refused: list[str] = []

    def __call__(self, environ: Any, start: Any) -> list[bytes]:
        asked = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"jsonrpc": "2.0", "id": asked["id"]} | self._answer(asked)).encode()]

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["method"] not in ANSWERED:
            self.refused.append(asked["method"])
            return {"error": NOT_FOUND}
        try:
            return {"result": _otherwise(call(self._node, asked["method"], *asked["params"]))}
        except DomainError as problem:
            return {"error": {"code": -32000, "message": problem.code}}


def _otherwise(said: Any) -> Any:
    """Milliseconds, and neither base fee nor effective price."""
    if not isinstance(said, dict):
        return said
    if "timestamp" in said:
        said["timestamp"] = hex(int(said["timestamp"], 16) * 1000)
    return {name: value for name, value in said.items() if name not in {"baseFeePerGas", "effectiveGasPrice"}}


@pytest.fixture
def bridge() -> Iterator[tuple[str, Bridge, str]]:
    program = chain_tools().program()
    if program is None:
        pytest.skip("NO EVM NODE: tools/chain.py installs one where npm is")
    with running(program) as node:
        between = Bridge(node)
        with served(between) as url:
            yield url, between, node


def test_the_same_code_serves_a_chain_that_is_not_quite_ethereum(  # noqa: PLR0917 - fixtures
    bridge: tuple[str, Bridge, str],
    log: Path,
    home: Path,
    append: Callable[[int], list[UUID]],
    keep_with: Callable[..., None],
    tmp_path: Path,
) -> None:
    url, between, node = bridge
    append(5)
    sequence()
    account = ChainAccount(home)
    call(node, "anvil_setBalance", account.address, hex(10**18))
    keep_with(anchors=f"evm+{url}#{deploy(url, account)}")
    assert anchor_due() == 1
    append(20)
    sequence()
    assert anchor_due(at_once=True) == 1
    records = list(Records(log, anchors()[0].slug))
    assert [record.size for record in records] == [5, 25]
    assert abs(records[1].evidence["time"] - time.time()) < 60
    assert list(verify_outside().differences) == list(verify_outside().notes) == []
    export(tmp_path / "export")
    found = verifier.verify_folder(tmp_path / "export", outside=verifier.outside_of([], 1, [], None, url))
    assert found["findings"] == []
    assert not any("Not checked" in note for note in found["notes"])
    assert between.refused == []
    with pytest.raises(DomainError):
        call(url, "eth_getProof", account.address, [], "latest")
    assert between.refused == ["eth_getProof"]
