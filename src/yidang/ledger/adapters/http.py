"""One request to a witness or an anchor: short, bounded, never redirected."""

import json
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from yidang.kernel.errors import Unavailable

TIMEOUT = 10.0
LARGEST = 1 << 18
_PIECE = 1 << 14
_WORDS = 120


def _without_redirects() -> urllib.request.OpenerDirector:
    """Where we send is a setting; nobody outside may send us elsewhere."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


_opener = _without_redirects()


def post(url: str, body: bytes, *, kind: str = "text/plain", timeout: float = TIMEOUT) -> tuple[int, bytes]:
    """Status and body. Raises Unavailable `ledger_anchor_unreachable`."""
    request = urllib.request.Request(url, data=body, headers={"Content-Type": kind}, method="POST")  # noqa: S310 - http(s) by the setting's check
    try:
        with _opener.open(request, timeout=timeout) as answer:
            return answer.status, _read(answer, timeout)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, _read(refusal, timeout)
    except (OSError, HTTPException) as problem:
        cause = getattr(problem, "reason", problem)  # urllib wraps what really happened
        raise Unavailable("ledger_anchor_unreachable", problem=type(cause).__name__) from None


def _read(answer: Any, timeout: float) -> bytes:
    """In time and of bounded size: a neighbour that drips may not hold us up."""
    found, until = b"", time.monotonic() + timeout
    while piece := answer.read1(_PIECE):
        found += piece
        if len(found) > LARGEST or time.monotonic() > until:
            raise Unavailable("ledger_anchor_answer")
    return found


def call(url: str, method: str, *params: Any) -> Any:
    """JSON-RPC 2.0.

    Raises Unavailable: `ledger_anchor_unreachable`, `ledger_anchor_answer`, `ledger_chain_refuses`.
    """
    asked = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    status, body = post(url, asked, kind="application/json")
    try:
        said = json.loads(body) if status == HTTPStatus.OK else None
    except ValueError:
        said = None
    if not isinstance(said, dict) or not {"result", "error"} & said.keys():
        raise Unavailable("ledger_anchor_answer")
    if "result" not in said:
        raise Unavailable("ledger_chain_refuses", said=_words_of(said["error"]))
    return said["result"]


def _words_of(error: Any) -> str:
    """What the node says is a stranger's text: of one line and short."""
    words = str(error.get("message", "") if isinstance(error, dict) else error)
    return "".join(filter(str.isprintable, words))[:_WORDS]
