"""A page for each share: the text to type, the same as a QR code, and what it is for, in both languages."""

import os
from collections.abc import Sequence
from pathlib import Path

import segno

from yidang.crypto.shares import Share
from yidang.kernel.errors import Conflict

_GROUPS = 7  # on one line of the page
_PAGE = """<!doctype html>
<html lang="zh-Hans"><meta charset="utf-8"><title>医档 Yidang {number}/{count}</title>
<style>body{{font:16px/1.6 sans-serif;max-width:44em;margin:3em auto}}code{{font-size:20px}}
svg{{width:9cm;height:9cm}}</style>
<h1>根密钥分片 {number}/{count}　Root key share {number} of {count}</h1>
<p>任意 {needed} 份合在一起可恢复根密钥 {root}；少于 {needed} 份什么也得不到。请密封保存在与其他份不同的地方。</p>
<p>Any {needed} of these together give root key {root} back; fewer say nothing of it. Keep it sealed, apart from the
others.</p>
{code}
<p><code>{lines}</code></p>
<p>恢复　To recover: <code>yidang keys recover …</code>　批次　Set: {set}</p>
</html>
"""


def check_empty(folder: Path) -> None:
    """Raises Conflict `folder_not_empty`."""
    if folder.exists() and any(folder.iterdir()):
        raise Conflict("folder_not_empty", folder=str(folder))


def write_sheets(folder: Path, shares: Sequence[Share]) -> None:
    """`share-<n>.html` to print and `share-<n>.txt` to hand to the program, of mode 600."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for share in shares:
        _write(folder / f"share-{share.number}.html", _page(share, len(shares)))
        _write(folder / f"share-{share.number}.txt", share.text() + "\n")


def _page(share: Share, count: int) -> str:
    code = segno.make(share.text(), error="m").svg_inline(scale=4, omitsize=True)
    return _PAGE.format(
        number=share.number,
        count=count,
        needed=share.needed,
        root=share.root,
        set=share.set.hex(),
        code=code,
        lines=_lines(share.text()),
    )


def _lines(text: str) -> str:
    """Seven groups a line: who types it off never meets a group in two pieces."""
    groups = text.split("-")
    return "-<br>".join("-".join(groups[start : start + _GROUPS]) for start in range(0, len(groups), _GROUPS))


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as sink:
        sink.write(text)
