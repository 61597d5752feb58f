"""Keys replaced while everything goes on.

1. The register gets a new version of a family: from that instant every process seals under it and still opens the old.
2. Passes go over what the old version sealed, in small steps, each durable and each repeatable: a kill costs a step.
3. When nothing is left under the old version, and so long after step 1 that no process can still be sealing under it,
   the register forgets it.
"""

import fcntl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.conf import settings

from yidang.crypto.durable import make_private_folder
from yidang.crypto.keyring import RINGS, family_of, keyring
from yidang.crypto.keys import roots_of
from yidang.crypto.register import EVERY, FAMILIES, Register
from yidang.kernel import clock
from yidang.kernel.errors import DomainError, Invalid

GRACE = timedelta(seconds=60)
STEP = 2000


class Pass(Protocol):
    """What goes over one kind of sealed thing. Made anew for each run through."""

    @property
    def family(self) -> str: ...

    @property
    def name(self) -> str: ...

    def left(self) -> int:
        """How many are still under an old version."""
        ...

    def steps(self) -> Iterator[int]:
        """Does the work, a step at a time, and says how many each step did. Leaves out what vanished meanwhile."""
        ...


@dataclass(frozen=True, slots=True)
class RingPass:
    ring: str

    @property
    def family(self) -> str:
        return family_of(self.ring)

    @property
    def name(self) -> str:
        return f"keyring/{self.ring}"

    def left(self) -> int:
        current = roots_of(settings.YIDANG.home).register().current(self.family)
        return sum(count for version, count in keyring(self.ring).versions().items() if version != current)

    def steps(self) -> Iterator[int]:
        ring = keyring(self.ring)
        yield from ring.rewrap(STEP)
        ring.empty_log()  # it still held former wrappings


_passes: list[Callable[[], Sequence[Pass]]] = [lambda: [RingPass(ring) for ring in RINGS]]


def register_passes(make: Callable[[], Sequence[Pass]]) -> None:
    """A room, or the composition root for it, says what else is sealed under rotated keys."""
    _passes.append(make)


def passes() -> list[Pass]:
    return [one for make in _passes for one in make()]


@dataclass(frozen=True, slots=True)
class FamilyState:
    family: str
    current: int
    old: list[int]
    left: dict[str, int]  # pass → how many are still under an old version


def begin(families: Sequence[str] = FAMILIES) -> Register:
    """From the return on, everything new is sealed under the next versions.

    Raises:
        Invalid: `key_family_unknown`.
    """
    if unknown := set(families) - set(EVERY):
        raise Invalid("key_family_unknown", given=", ".join(sorted(unknown)), known=", ".join(EVERY))
    home = settings.YIDANG.home
    with changing(home):
        register = roots_of(home).register()
        for family in families:
            register = register.with_version(family, made_at=clock.now().isoformat())
        roots_of(home).write(register)
    return register


def advance(seconds: float = 0.2) -> int:
    """Works for about so long on what is under way; says how many things it sealed anew."""
    register = roots_of(settings.YIDANG.home).register()
    turning = {family for family in EVERY if len(register.versions(family)) > 1}
    if not turning:
        return 0
    deadline = time.monotonic() + seconds
    done, unfinished, failed = 0, set[str](), list[DomainError]()
    for one in passes():
        if one.family in turning:
            try:
                done += _work(one, deadline, unfinished)
            except DomainError as problem:  # what does not open stays, and keeps nobody else waiting
                unfinished.add(one.family)
                failed.append(problem)
    if not done:
        _retire(turning - unfinished)
    if failed:
        raise failed[0]
    return done


def _work(one: Pass, deadline: float, unfinished: set[str]) -> int:
    done = 0
    for count in one.steps():
        done += count
        if time.monotonic() > deadline:
            unfinished.add(one.family)
            break
    return done


def _retire(families: set[str]) -> None:
    """Old versions of families under which nothing is left; then root keys that no version needs."""
    home = settings.YIDANG.home
    with changing(home):
        before = roots_of(home).register()
        register = before
        for family in sorted(families):
            if _is_settled(register, family) and not any(one.left() for one in passes() if one.family == family):
                register = register.without_old(family)
        if register is not before:
            roots_of(home).write(register.without_unneeded_roots())
        roots_of(home).tidy()


def _is_settled(register: Register, family: str) -> bool:
    made = register.versions(family)[-1].made_at
    return not made or clock.now() - datetime.fromisoformat(made) > GRACE


def state() -> list[FamilyState]:
    register = roots_of(settings.YIDANG.home).register()
    lefts: dict[str, dict[str, int]] = {family: {} for family in EVERY}
    for one in passes():
        lefts[one.family][one.name] = one.left()
    return [
        FamilyState(family, versions[-1].number, [one.number for one in versions[:-1]], lefts[family])
        for family in EVERY
        if (versions := register.versions(family))
    ]


@contextmanager
def changing(home: Path) -> Iterator[None]:
    """One change of the register at a time, over all processes."""
    make_private_folder(home / "keys")
    with (home / "keys" / "changing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
