"""Runs are kept for a time; what no kept run needs goes."""

from datetime import datetime, timedelta

from yidang.preservation.copies.checking import Checked, read_runs, references
from yidang.preservation.copies.deposit import Deposit
from yidang.preservation.copies.manifest import Run
from yidang.preservation.copies.store_copy import names_below

_EVERY_RUN = timedelta(days=7)
_ONE_A_WEEK = timedelta(days=35)
_ONE_A_MONTH = timedelta(days=400)


def strays(deposit: Deposit, runs: list[Run]) -> list[str]:
    """Packs and lists of runs that were cut short. Nothing when a run cannot be read: it may need any of them."""
    checked = Checked()
    needed = references(deposit, runs, checked)
    if checked.differences or len(runs) != len(deposit.runs()):
        return []
    kinds = ("packs", "lists", "streams")
    there = [f"{kind}/{name}" for kind in kinds for name in names_below(deposit.store, f"{kind}/")]
    return [name for name in there if name not in needed.names]


def outlived(runs: list[Run], now: datetime, ended: datetime | None = None) -> list[Run]:
    """Runs to let go: all of a week are kept, then one a week for five weeks, then one a month for a year.

    A run from before `ended`, the last destruction that is complete, still holds the descriptions of what is gone: it
    is let go whatever its age, as soon as a later one is there.
    """
    kept: set[str] = set()
    seen: set[tuple[str, int, int]] = set()
    for run in sorted(runs, key=lambda one: one.moment, reverse=True):
        age = now - run.moment
        year, week, _ = run.moment.isocalendar()
        mark = ("week", year, week) if age <= _ONE_A_WEEK else ("month", run.moment.year, run.moment.month)
        if ended and run.moment < ended:
            continue
        if age <= _EVERY_RUN or (age <= _ONE_A_MONTH and mark not in seen):
            kept.add(run.name)
        seen.add(mark)
    if runs:
        kept.add(max(runs, key=lambda one: one.moment).name)
    return [run for run in runs if run.name not in kept]


def prune(deposit: Deposit, now: datetime, ended: datetime | None = None) -> int:
    """Manifests first: a kill in between leaves strays, never a run without its bytes. The number of names removed."""
    checked = Checked()
    runs = list(read_runs(deposit, checked))
    if checked.differences:
        return 0
    gone = outlived(runs, now, ended)
    for run in gone:
        deposit.store.delete(run.name)
    needless = strays(deposit, [run for run in runs if run not in gone])
    for name in needless:
        deposit.store.delete(name)
    return len(gone) + len(needless)
