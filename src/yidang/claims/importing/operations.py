"""One import from a path to the history. It is all in or not at all: the database's commit decides.

The history follows at once, and after a crash by the next import or the keeper.
"""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from yidang.claims.history import publishing, writing
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
_TURN = 0.0005  # seconds a thread computes before another has its turn
_TAKEN_IN = 80  # percent: rows and ledger hold it, the history follows


@dataclass(frozen=True)
class Outcome:
    """Rows of all tables together; `quarantined` the first of those that stayed out, with their reasons.

    `seconds` until everything taken in stood in the database, `history_seconds` until the history held it, too.
    """

    batch: Import
    received: int
    accepted: int
    rejected: int
    seconds: float
    history_seconds: float
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
        work, progress = work_folder(batch), _Progress(batch, tell)
        try:
            with _all_or_nothing(batch), _short_turns():
                db = open_work(work)
                counts = _run(_Course(grant, batch, path, work, progress), db, mapping)
            taken_in = time.monotonic()
            progress(_TAKEN_IN)
            writing.lay_rest(db, batch)
            db.close()
        finally:
            shutil.rmtree(work, ignore_errors=True)
        publishing.publish(batch)
    tell(100)
    held = time.monotonic()
    return Outcome(**counts, batch=batch, seconds=round(taken_in - began, 2), history_seconds=round(held - began, 2))


@contextmanager
def _short_turns() -> Iterator[None]:
    """Whoever feeds PostgreSQL works little and often, and would wait 5 ms for each turn while another thread seals."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


@contextmanager
def _all_or_nothing(batch: Import) -> Iterator[None]:
    try:
        yield
    except BaseException as problem:
        _fail(batch, problem)
        raise


def _begin(grant: Grant, source: str, waiting: Import | None) -> Import:
    batch = waiting or Import(source=source, by_id=grant.staff_id)
    batch.state, batch.began_at = Import.State.RUNNING, now()
    batch.save()
    return batch


@dataclass(frozen=True)
class _Course:
    grant: Grant
    batch: Import
    path: Path
    work: Path
    tell: "_Progress"


def _run(course: _Course, db: Any, mapping: Path | None) -> dict[str, Any]:
    given = collect(course.path)
    tables = read(db, given, mapping)
    course.tell(10)
    for table in sorted(tables):
        shape.shape(db, table)
        checking.check_rows(db, table)
    accepting.complete(db, tables)
    checking.check_settlements(db, tables)
    course.batch.warned = check_codes(db, tables)
    course.tell(25)
    return _store(course, db, given, tables)


@transaction.atomic
def _store(course: _Course, db: Any, given: list[Given], tables: set[str]) -> dict[str, Any]:
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
    with ThreadPoolExecutor(1) as beside:
        sealing = beside.submit(storing.seal_clinical, db.cursor())
        laying = beside.submit(writing.lay_boxes, db.cursor(), batch)
        storing.store_parts(db, course.work)
        course.tell(55)
        sealing.result()
        storing.store_settlements(db, batch.pk, course.work)
        amending.reverse_originals(db, batch)
        rejected = quarantine.keep(db, batch, given)
        laying.result()
    received = _received(db, tables, given)
    batch.state, batch.ended_at = Import.State.ACCEPTED, now()
    batch.received, batch.rejected, batch.accepted = received, rejected, received - rejected
    batch.save(update_fields=["state", "ended_at", "received", "rejected", "accepted", "warned"])
    facts = {"number": batch.name, "received": received, "accepted": batch.accepted, "rejected": rejected}
    append(action="claims.imported", actor=course.grant.actor, subject=batch.id, facts=facts)
    (lines,) = db.execute("SELECT count(*) FROM typed_lines").fetchone()
    counts = {"received": received, "accepted": batch.accepted, "rejected": rejected, "lines": lines}
    return counts | {"quarantined": _shown(db, given)}


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
        publishing.publish(one)


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
