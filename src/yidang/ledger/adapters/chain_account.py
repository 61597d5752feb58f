"""Our account on a chain: its key sealed under the vault in `ledger-keys/evm.key`, its transactions signed here."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from yidang.kernel.errors import Unavailable
from yidang.ledger.adapters.http import call
from yidang.ledger.signing import CHAIN, private_of


class ChainAccount:
    def __init__(self, home: Path) -> None:
        self._home = home

    @property
    def address(self) -> str:
        """Made on first use. Raises Unavailable `ledger_anchor_engine`."""
        return str(self._account().address)

    def send(self, url: str, *, to: str | None, data: str) -> str:
        """Signs and sends; returns the transaction's hash."""
        account = self._account()
        call_data: dict[str, Any] = {"from": account.address, "data": data} | ({"to": to} if to else {})
        transaction = {
            "chainId": _number(call(url, "eth_chainId")),
            "nonce": _number(call(url, "eth_getTransactionCount", account.address, "pending")),
            "gasPrice": _number(call(url, "eth_gasPrice")),
            "gas": _number(call(url, "eth_estimateGas", call_data)) * 6 // 5,
            "value": 0,
            "data": data,
        }
        signed = account.sign_transaction(transaction | ({"to": _checksummed(to)} if to else {}))
        return str(call(url, "eth_sendRawTransaction", "0x" + bytes(signed.raw_transaction).hex()))

    def _account(self) -> Any:
        accounts = _engine()
        return accounts.from_key(private_of(self._home, CHAIN, make=lambda: bytes(accounts.create().key)))


def _engine() -> Any:
    """One of its libraries lifts Python's recursion limit a hundredfold: a nested file would then end the process."""
    limit = sys.getrecursionlimit()
    try:
        from eth_account import Account

        import_module("py_ecc")  # the one that does it, else imported whenever it likes
    except ImportError:
        raise Unavailable("ledger_anchor_engine", retryable=False, extra="evm") from None
    finally:
        sys.setrecursionlimit(limit)
    return Account


def _checksummed(address: str) -> str:
    from eth_utils.address import to_checksum_address

    return str(to_checksum_address(address))


def _number(said: Any) -> int:
    try:
        return int(str(said), 16)
    except ValueError:
        raise Unavailable("ledger_anchor_answer") from None
