"""Beside the keeper: what goes to those outside. A thread for each, for they may take long to answer."""

import threading
import time
from collections.abc import Callable

from yidang.site.runtime.duties import attempt

_BEAT = 1.0


def hand_out_while(wanted: Callable[[], bool]) -> None:
    for step in (hand_out, send_notices):
        threading.Thread(target=_repeat, args=(step, wanted), daemon=True, name=step.__name__).start()


def _repeat(step: Callable[[], None], wanted: Callable[[], bool]) -> None:
    while wanted():
        attempt(step)
        time.sleep(_BEAT)


def hand_out() -> None:
    from yidang.site.wiring import anchor_ledger

    anchor_ledger()


def send_notices() -> None:
    from yidang.site.wiring import deliver_notices

    deliver_notices()
