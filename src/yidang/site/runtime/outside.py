"""Beside the keeper: handing checkpoints to those outside. A thread of its own, for they may take long to answer."""

import threading
import time
from collections.abc import Callable

from yidang.site.runtime.duties import attempt

_BEAT = 1.0


def hand_out_while(wanted: Callable[[], bool]) -> None:
    threading.Thread(target=_hand_out, args=(wanted,), daemon=True, name="outside").start()


def _hand_out(wanted: Callable[[], bool]) -> None:
    while wanted():
        attempt(hand_out)
        time.sleep(_BEAT)


def hand_out() -> None:
    from yidang.site.wiring import anchor_ledger

    anchor_ledger()
