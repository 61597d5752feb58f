"""The watched folder: a business system lays a case down as a folder of its own, and it is gone when it was taken.

    <folder>/<anything>/manifest.json   {"system": code, "sm3": {file: hex}, …} and the words of `rules.parse`
    <folder>/<anything>/<file> …

A folder is complete when every file its manifest names is there with the SM3 it names. It is then moved aside in one
step, filed and deleted; what is refused goes to `failed/` with a message that says what to do.
"""

import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from yidang.collection.capture import cases, systems
from yidang.collection.capture.rules import Filed, parse
from yidang.crypto.sm import new_sm3
from yidang.intake.limits import LIMITS
from yidang.intake.operations import Part, spool
from yidang.kernel.errors import DomainError, Invalid, Unavailable
from yidang.kernel.texts import say
from yidang.preservation import staging

MANIFEST, MESSAGE = "manifest.json", "为什么没有收下-WHY.txt"
TAKEN, FAILED = ".taken", "failed"
_MOST_WORDS, _PIECE, _AT_ONCE = 256 * 1024, 1024 * 1024, 50


def pick_up() -> int:
    """How many folders were taken or refused; nothing where no folder is watched."""
    place = settings.YIDANG.capture_folder
    if not place or not Path(place).is_dir():
        return 0
    root = Path(place)
    left = _folders(root / TAKEN)  # by a process that died on the way
    return sum(_take(root, one) for one in left) + sum(_pick(root, one) for one in _folders(root)[:_AT_ONCE])


def _folders(root: Path) -> list[Path]:
    """Real folders in it, the oldest first; links lead out of the house."""
    if not root.is_dir():
        return []
    found = [Path(one.path) for one in os.scandir(root) if one.is_dir(follow_symlinks=False)]
    named = [one for one in found if not one.name.startswith(".") and one.name != FAILED]
    return sorted(named, key=lambda one: one.stat().st_mtime)


def _pick(root: Path, folder: Path) -> bool:
    try:
        if not _is_complete(folder):
            return False
    except Invalid as problem:
        _refuse(root, folder, problem)
        return True
    aside = root / TAKEN / uuid4().hex
    aside.parent.mkdir(exist_ok=True)
    folder.rename(aside)  # from now on nobody adds to it
    return _take(root, aside, name=folder.name)


def _is_complete(folder: Path) -> bool:
    """Raises Invalid where the manifest itself is wrong: waiting would not mend it."""
    if not (folder / MANIFEST).is_file():
        return False
    digests = _digests(_words(folder))
    return all((folder / name).is_file() and _sm3(folder / name) == digest for name, digest in digests.items())


def _words(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if path.is_symlink() or path.stat().st_size > _MOST_WORDS:
        raise Invalid("manifest_wrong")
    try:
        words = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError, OSError):
        raise Invalid("manifest_wrong") from None
    if not isinstance(words, dict):
        raise Invalid("manifest_wrong")
    return words


def _digests(words: dict[str, Any]) -> dict[str, str]:
    found = words.get("sm3")
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise Invalid("manifest_wrong")
    if any("/" in name or "\\" in name or name in {"", ".", "..", MANIFEST} for name in found):
        raise Invalid("manifest_wrong")
    return {name: digest.lower() for name, digest in found.items()}


def _sm3(path: Path) -> str:
    digest = new_sm3()
    with _open(path) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.digest().hex()


def _open(path: Path) -> Any:
    """Never through a link, never a device."""
    try:
        file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    except OSError:
        raise Invalid("manifest_wrong") from None
    about = os.fstat(file.fileno())
    if not stat.S_ISREG(about.st_mode) or about.st_size > LIMITS.file_bytes:
        file.close()
        raise Invalid("manifest_wrong")
    return file


def _take(root: Path, folder: Path, *, name: str = "") -> bool:
    parts: list[Part] = []
    try:
        _file(folder, parts)
    except Unavailable:
        _forget(parts)
        return False  # the store is full, say: it lies aside and is tried again
    except DomainError as problem:
        _forget(parts)
        _refuse(root, folder, problem, name=name)
        return True
    shutil.rmtree(folder)
    return True


def _file(folder: Path, parts: list[Part]) -> None:
    words = _words(folder)
    system = systems.of_folder(str(words.pop("system", "")))
    digests = _digests(words)
    words.pop("sm3")
    filed = parse(words)
    parts += [_part(folder / one, one, digests[one]) for one in _named(filed, digests)]
    receipt = cases.file_case(system, filed, parts, channel="folder")
    if not receipt.is_new:
        _forget(parts)


def _named(filed: Filed, digests: dict[str, str]) -> list[str]:
    if sorted(filed.files) != sorted(digests):
        raise Invalid("case_files_differ", named=len(filed.files), came=len(digests))
    return filed.files


def _part(path: Path, name: str, digest: str) -> Part:
    taken = spool.take_stream(lambda: _open(path))
    if taken.sm3.hex() != digest:
        staging.delete(taken.staged)
        raise Invalid("file_changed_meanwhile")
    return Part(name, taken)


def _forget(parts: list[Part]) -> None:
    staging.delete_many([part.taken.staged for part in parts])


def _refuse(root: Path, folder: Path, problem: DomainError, *, name: str = "") -> None:
    """The words name what is wrong, never what stands in the case."""
    (root / FAILED).mkdir(exist_ok=True)
    target = _free(root / FAILED / (name or folder.name))
    folder.rename(target)
    lines = [say(problem.code, "zh", **problem.facts), say(problem.code, "en", **problem.facts), problem.code]
    (target / MESSAGE).write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def _free(target: Path) -> Path:
    return target if not target.exists() else target.with_name(f"{target.name}-{uuid4().hex[:8]}")
