"""One import from a path to the history. It is all in or not at all: the database's commit decides."""

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from yidang.claims.history import writing
from yidang.claims.importing import accepting, amending, checking, quarantine, shape, storing
from yidang.claims.importing.codes import check_codes
from yidang.claims.importing.enrolling import enrol
from yidang.claims.importing.files import Given, collect
from yidang.claims.importing.reading import read
from yidang.claims.models import Import
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, DomainError
from yidang.ledger.operations import append

Tell = Callable[[int], None]
BUREAU = "bureau"
_LOCK = 0x59444C43  # one import at a time; the number is the house's own
_SHOWN = 10_000


@dataclass(frozen=True)
class Outcome:
    """Rows of all tables together; `quarantined` the first of those that stayed out, with their reasons."""

    batch: Import
    received: int
    accepted: int
    rejected: int
    seconds: float
    lines: int
    quarantined: list[dict[str, Any]] = field(default_factory=list)


def import_claims(
    *,
    grant: Grant,
    path: Path,
    source: str = BUREAU,
    mapping: Path | None = None,
    batch: Import | None = None,
    tell: Tell = lambda _done: None,
) -> Outcome:
    """`batch` is one that waits already.

    Raises NotAllowed, Conflict `claims_import_running`, Invalid of the files (`importing.files`, the readers).
    """
    grant.require(Permission.IMPORT_CLAIMS)
    began = time.monotonic()
    with _alone():
        clear_interrupted()
        batch = _begin(grant, source, batch)
        work = work_folder(batch)
        try:
            course = _Course(grant, batch, collect(path), work, _Progress(batch, tell))
            outcome = _run(course, mapping)
        except BaseException as problem:
            _fail(batch, problem)
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
        writing.publish(batch)
    tell(100)
    return Outcome(**{**outcome, "batch": batch, "seconds": round(time.monotonic() - began, 2)})


def _begin(grant: Grant, source: str, waiting: Import | None) -> Import:
    batch = waiting or Import(source=source, by_id=grant.staff_id)
    batch.state, batch.began_at = Import.State.RUNNING, now()
    batch.save()
    return batch


@dataclass(frozen=True)
class _Course:
    grant: Grant
    batch: Import
    given: list[Given]
    work: Path
    tell: "_Progress"


def _run(course: _Course, mapping: Path | None) -> dict[str, Any]:
    db = open_work(course.work)
    try:
        tables = read(db, course.given, mapping)
        course.tell(10)
        for table in sorted(tables):
            shape.shape(db, table)
            checking.check_rows(db, table)
        accepting.complete(db, tables)
        checking.check_settlements(db, tables)
        course.batch.warned = check_codes(db, tables)
        course.tell(25)
        return _store(course, db, tables)
    finally:
        db.close()


@transaction.atomic
def _store(course: _Course, db: Any, tables: set[str]) -> dict[str, Any]:
    batch = course.batch
    with ThreadPoolExecutor(1) as beside:
        digesting = beside.submit(accepting.digest_parts, db.cursor())
        people = enrol(db, batch.source)
        digesting.result()
    accepting.choose_settlements(db, people)
    accepting.choose_parts(db)
    course.tell(35)
    amending.take_away_changed(db, batch)
    amending.note_added(db, batch)
    storing.store_lines(db, course.work)
    course.tell(60)
    with ThreadPoolExecutor(1) as beside:
        laying = beside.submit(writing.lay_ready, db.cursor(), batch)
        storing.store_settlements(db, batch.pk, course.work)
        amending.reverse_originals(db, batch)
        course.tell(80)
        rejected = quarantine.keep(db, batch, course.given)
        laying.result()
    course.tell(90)
    received = _received(db, tables, course.given)
    batch.state, batch.ended_at = Import.State.ACCEPTED, now()
    batch.received, batch.rejected, batch.accepted = received, rejected, received - rejected
    batch.save(update_fields=["state", "ended_at", "received", "rejected", "accepted", "warned"])
    facts = {"number": batch.name, "received": received, "accepted": batch.accepted, "rejected": rejected}
    append(action="claims.imported", actor=course.grant.actor, subject=batch.id, facts=facts)
    (lines,) = db.execute("SELECT count(*) FROM typed_lines").fetchone()
    counts = {"received": received, "accepted": batch.accepted, "rejected": rejected, "lines": lines}
    return counts | {"quarantined": _shown(db, course.given)}


def _received(db: Any, tables: set[str], given: list[Given]) -> int:
    """Rows as they came: a message of the interface, or a wide row, counts once."""
    one = "count(*)" if given[0].kind == "parquet" else "count(DISTINCT (_file, _row))"
    parts = " UNION ALL ".join(f"SELECT {one} AS many FROM raw_{table}" for table in sorted(tables))
    refused = "SELECT count(DISTINCT (file, row)) FROM bad WHERE tab = ''"
    (count,) = db.execute(f"SELECT sum(many) FROM ({parts} UNION ALL {refused})").fetchone()
    return int(count)


def _shown(db: Any, given: list[Given]) -> list[dict[str, Any]]:
    names = {one.number: one.name for one in given}
    rows = db.execute(
        "SELECT DISTINCT file, row, code, field FROM bad ORDER BY file, row, code, field LIMIT ?", [_SHOWN]
    ).fetchall()
    return [{"file": names.get(file, ""), "row": row, "code": code, "field": field} for file, row, code, field in rows]


def open_work(work: Path) -> Any:
    """A DuckDB of this import's own: what does not fit into memory spills into `work`, and is gone with it."""
    import duckdb

    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    db = duckdb.connect()
    db.execute(f"SET memory_limit = '1500MB'; SET temp_directory = '{work / 'spill'}'")
    db.execute("SET preserve_insertion_order = false; SET TimeZone = 'Asia/Shanghai'")
    checking.prepare(db)
    return db


def work_folder(batch: Import) -> Path:
    return Path(settings.YIDANG.home) / "run" / "claims" / str(batch.id)


@contextmanager
def _alone() -> Iterator[None]:
    """Raises Conflict `claims_import_running`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise Conflict("claims_import_running")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def tend() -> None:
    """For the keeper: nothing while an import runs."""
    unfinished = Import.objects.filter(state__in=[Import.State.RUNNING, Import.State.ACCEPTED]).exists()
    if not unfinished and not writing.has_news():
        return
    try:
        with _alone():
            clear_interrupted()
            writing.follow()
    except Conflict:
        return


def clear_interrupted() -> None:
    """Imports of killed processes: what was not committed never was; what was goes on to the history."""
    for one in Import.objects.filter(state=Import.State.RUNNING):
        shutil.rmtree(work_folder(one), ignore_errors=True)
        writing.forget_ready(one)
        _end(one, "claims_import_interrupted")
    for one in Import.objects.filter(state=Import.State.ACCEPTED).order_by("number"):
        writing.publish(one)


def _fail(batch: Import, problem: BaseException) -> None:
    writing.forget_ready(batch)
    code = problem.code if isinstance(problem, DomainError) else "claims_import_interrupted"
    try:
        _end(batch, code)
    except DatabaseError:  # the server died under us: the next import ends this one
        return


def _end(batch: Import, code: str) -> None:
    Import.objects.filter(pk=batch.pk).update(state=Import.State.FAILED, problem=code[:40], ended_at=now())


class _Progress:
    """Percent, told to whoever called and to whoever looks at the page, who sits behind another connection."""

    def __init__(self, batch: Import, tell: Tell) -> None:
        self.batch, self.tell = batch, tell

    def __call__(self, done: int) -> None:
        self.tell(done)
        if not connection.in_atomic_block:
            Import.objects.filter(pk=self.batch.pk).update(done=done)
