"""Many folders written to a local directory together: one wait for the disk before they appear, one after.

The wait is syncfs: for a batch of a hundred it took 0.5 ms an object where fsync file by file took 50.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from yidang.preservation.adapters.files import (
    FILE_MODE,
    FOLDER_MODE,
    link_tree,
    sync_path,
    write_new,
)
from yidang.preservation.adapters.kernel_calls import exchange, sync_filesystem
from yidang.preservation.adapters.workbench import Workbench

_TAKEN = {errno.EEXIST, errno.ENOTEMPTY}


class LocalDraft:
    def __init__(self, folder: str, *, home: Path, claim: str) -> None:
        self._folder = folder
        self._made: set[str] = set()
        self.home = home
        self.claim = claim
        self.is_withdrawn = False
        os.mkdir(folder, FOLDER_MODE)  # noqa: PTH102 - twenty thousand of these a minute: plain calls cost half

    @property
    def folder(self) -> Path:
        return Path(self._folder)

    def content(self, name: str, data: bytes) -> None:
        write_new(self._place(name), data)

    control = content  # nothing of a draft is seen before its rename

    def withdraw(self) -> None:
        self.is_withdrawn = True

    @contextmanager
    def sink(self, name: str) -> Iterator[BinaryIO]:
        handle = os.open(self._place(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(handle, "wb") as sink:
            yield sink

    def _place(self, name: str) -> str:
        self._make(name.rpartition("/")[0])
        return f"{self._folder}/{name}"

    def _make(self, folder: str) -> None:
        if folder and folder not in self._made:
            self._make(folder.rpartition("/")[0])
            os.mkdir(f"{self._folder}/{folder}", FOLDER_MODE)  # noqa: PTH102 - as above
            self._made.add(folder)


class LocalBatch:
    def __init__(self, root: Path, bench: Path, workbench: Workbench) -> None:
        self._root = root
        self._bench = bench
        self._workbench = workbench
        self._drafts: list[LocalDraft] = []

    def draft(self, prefix: str, *, claim: str) -> LocalDraft:
        folder = f"{self._bench}/{len(self._drafts)}"
        draft = LocalDraft(folder, home=self._root / prefix, claim=claim)
        self._drafts.append(draft)
        return draft

    def publish(self) -> list[bool]:
        wanted = [draft for draft in self._drafts if not draft.is_withdrawn]
        revisions = [draft for draft in wanted if draft.home.exists()]
        with self._workbench.revising() if revisions else nullcontext():
            lost = [draft for draft in revisions if (draft.home / draft.claim).exists()]
            for draft in revisions:
                if draft not in lost:
                    link_tree(draft.home, draft.folder)
            sync_filesystem(self._bench)
            lost += [draft for draft in self._drafts if draft.is_withdrawn]
            outcomes = [draft not in lost and self._show(draft, draft in revisions) for draft in self._drafts]
        sync_filesystem(self._root)
        self._drafts = []
        return outcomes

    def _show(self, draft: LocalDraft, is_revision: bool) -> bool:  # noqa: FBT001 - private
        if is_revision:
            self._take_the_place(draft)
            return True
        try:
            self._appear(draft)
        except OSError as problem:
            if problem.errno not in _TAKEN:
                raise
            return False
        return True

    def _appear(self, draft: LocalDraft) -> None:
        try:
            draft.folder.rename(draft.home)
        except FileNotFoundError:
            self._appear_with_parent(draft)

    def _appear_with_parent(self, draft: LocalDraft) -> None:
        """The fan-out folder comes into sight with its first object in it: OCFL forbids empty folders (E073)."""
        parent = self._bench / f"{draft.folder.name}.parent"
        parent.mkdir(mode=FOLDER_MODE)
        inside = parent / draft.home.name
        draft.folder.rename(inside)
        draft.home.parent.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        try:
            parent.rename(draft.home.parent)
        except OSError as problem:
            if problem.errno not in _TAKEN:
                raise
            inside.rename(draft.home)

    def _take_the_place(self, draft: LocalDraft) -> None:
        """The whole new folder, unchanged files linked into it, replaces the old one in one instant."""
        if not exchange(draft.folder, draft.home):
            self._exchange_in_two_steps(draft)

    def _exchange_in_two_steps(self, draft: LocalDraft) -> None:
        former = draft.folder.with_suffix(".former")
        note = draft.folder.with_suffix(".rescue")
        write_new(str(note), str(draft.home).encode())
        sync_path(note)
        sync_path(self._bench)
        draft.home.rename(former)
        draft.folder.rename(draft.home)
