"""A contract on an EVM chain, reached by Ethereum's JSON-RPC; FISCO BCOS 3.9 and later answers the same calls.

Evidence: {"chain", "contract", "transaction", "block", "time"} of the transaction whose event names log, size and root.
Only calls that both kinds of chain answer are used; no state proof (eth_getProof), so the chain itself must be asked.
Needs the extra `evm` to sign. The contract's source stands beside this file, its bytecode in `contract.json`.
"""

import base64
import hashlib
import json
import time
from functools import cache
from importlib.resources import files
from typing import Any

from yidang.crypto.sm import DIGEST
from yidang.kernel.errors import Conflict, Invalid, Unavailable
from yidang.ledger.adapters.chain_account import ChainAccount
from yidang.ledger.adapters.http import call
from yidang.ledger.anchoring.addresses import Address
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.notes import Checkpoint
from yidang.ledger.ports import Evidence

PATIENCE = 30.0  # seconds for the chain to take a transaction in; after that the next round looks for it
_PAUSE = 0.25


@cache
def contract() -> dict[str, Any]:
    text = (files("yidang.ledger.adapters") / "contract.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


class ChainAnchor:
    def __init__(self, address: Address, account: ChainAccount) -> None:
        self._url = address.url
        self._contract = address.contract.lower()
        self._account = account

    def keep(self, log: LedgerFolder) -> tuple[Checkpoint, Evidence]:
        self.compare(log)
        head = log.checkpoint()
        if self._newest(log.origin) < head.size:
            data = _called("anchor(bytes32,uint64,bytes32)", log_id(log.origin), _word(head.size), head.root)
            receipt_of(self._url, self._account.send(self._url, to=self._contract, data=data))
        return head, self._event(log.origin, head)

    def holds(self, text: str, evidence: Evidence, /) -> bool | None:
        """Asks the chain for the very transaction; None when it does not answer."""
        checkpoint = _head(text)
        try:
            receipt = call(self._url, "eth_getTransactionReceipt", str(evidence["transaction"]))
        except Unavailable:
            return None
        return isinstance(receipt, dict) and any(self._tells(one, checkpoint) for one in receipt.get("logs", []))

    def compare(self, log: LedgerFolder) -> None:
        theirs, ours = self._newest(log.origin), log.checkpoint().size
        if theirs > ours:
            raise Conflict("ledger_anchor_ahead", theirs=theirs, ours=ours)
        root = self._ask("roots(bytes32,uint64)", log_id(log.origin), _word(theirs))
        if theirs and root != log.root_at(theirs, within=ours):
            raise Conflict("ledger_anchor_contradicts", size=theirs)

    def _newest(self, origin: str) -> int:
        return int.from_bytes(self._ask("newest(bytes32)", log_id(origin)), "big")

    def _ask(self, method: str, *words: bytes) -> bytes:
        said = call(self._url, "eth_call", {"to": self._contract, "data": _called(method, *words)}, "latest")
        found = _bytes(said)
        if len(found) != DIGEST:  # no such contract on that chain
            raise Invalid("ledger_anchor_refuses", status="eth_call")
        return found

    def _event(self, origin: str, head: Checkpoint) -> Evidence:
        topics = [f"0x{contract()['events']['Anchored(bytes32,uint64,bytes32)']}", "0x" + log_id(origin).hex()]
        asked = {"address": self._contract, "fromBlock": "0x0", "toBlock": "latest", "topics": topics}
        for event in reversed(call(self._url, "eth_getLogs", asked) or []):
            if self._tells(event, head):
                block = call(self._url, "eth_getBlockByNumber", event["blockNumber"], False)
                return {
                    "chain": call(self._url, "eth_chainId"),
                    "contract": self._contract,
                    "transaction": event["transactionHash"],
                    "block": event["blockNumber"],
                    "time": _seconds(block),
                }
        raise Unavailable("ledger_anchor_answer")

    def _tells(self, event: Any, checkpoint: Checkpoint) -> bool:
        """Is this our contract's event for that checkpoint?"""
        topics = [contract()["events"]["Anchored(bytes32,uint64,bytes32)"], log_id(checkpoint.origin).hex()]
        said = [str(topic).lower().removeprefix("0x") for topic in event.get("topics", [])]
        is_ours = str(event.get("address", "")).lower() == self._contract and said == topics
        return is_ours and _bytes(event.get("data")) == _word(checkpoint.size) + checkpoint.root


def _head(text: str) -> Checkpoint:
    origin, size, root = text.splitlines()
    return Checkpoint(origin, int(size), base64.b64decode(root), (), text)


def deploy(url: str, account: ChainAccount) -> str:
    """Makes the contract; returns its address. The account pays."""
    receipt = receipt_of(url, account.send(url, to=None, data="0x" + contract()["bytecode"]))
    return str(receipt["contractAddress"])


def receipt_of(url: str, transaction: str) -> dict[str, Any]:
    """Raises Unavailable `ledger_anchor_slow` or Conflict `ledger_anchor_reverted`."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = call(url, "eth_getTransactionReceipt", transaction)
        if isinstance(found, dict):
            if _bytes(found.get("status"))[-1:] != b"\x01":
                raise Conflict("ledger_anchor_reverted", transaction=transaction)
            return found
        time.sleep(_PAUSE)
    raise Unavailable("ledger_anchor_slow", transaction=transaction)


def log_id(origin: str) -> bytes:
    return hashlib.sha256(origin.encode()).digest()


def _called(method: str, *words: bytes) -> str:
    return f"0x{contract()['methods'][method]}{b''.join(words).hex()}"


def _word(number: int) -> bytes:
    return number.to_bytes(DIGEST, "big")


def _bytes(said: Any) -> bytes:
    """Hex of JSON-RPC, of an odd number of digits too. Raises Unavailable `ledger_anchor_answer`."""
    try:
        digits = str(said).removeprefix("0x")
        return bytes.fromhex(digits.rjust(len(digits) + len(digits) % 2, "0"))
    except ValueError:
        raise Unavailable("ledger_anchor_answer") from None


def _seconds(block: Any) -> int:
    """FISCO BCOS gives milliseconds where Ethereum gives seconds."""
    stamp = int.from_bytes(_bytes(block.get("timestamp") if isinstance(block, dict) else ""), "big")
    return stamp // 1000 if stamp > 1 << 36 else stamp
