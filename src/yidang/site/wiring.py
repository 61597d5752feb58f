"""Which engine stands behind which port, and what the keeper calls in each room."""

from yidang.crypto import selftest
from yidang.kernel.errors import Unavailable

_TEST_LINE = "20260101"


def check_engines() -> None:
    """Known-answer tests of the cryptographic engines, before anything is sealed by them; then the root key.

    Here the passphrase of a sealed one is asked for, at the terminal and before any child is forked.
    """
    from yidang.crypto.keys import vault

    selftest.run()
    vault()


def sequence_ledger() -> int:
    from yidang.ledger.operations import sequence

    return sequence()


def anchor_ledger() -> int:
    """Whoever outside is due gets the newest checkpoint; slow neighbours make this slow."""
    from yidang.ledger.anchoring.work import anchor_due

    return anchor_due()


def feed_index() -> int:
    from yidang.access.feeding import feed

    return feed()


def catch_up_index() -> int:
    from yidang.access.feeding import catch_up

    return catch_up()


def check_reading() -> None:
    """The page reader reads a line drawn here.

    Raises:
        Unavailable: `reading_misread`, or whatever a missing engine or model raises.
    """
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    from yidang.intake.reading.ocr import engine

    sheet = Image.new("RGB", (640, 160), "white")
    ImageDraw.Draw(sheet).text((40, 50), _TEST_LINE, fill="black", font=ImageFont.load_default(size=48))
    picture = np.asarray(sheet)
    read = engine().recognise(engine().cut(picture, engine().find(picture)))
    if [line.text.replace(" ", "") for line in read] != [_TEST_LINE]:
        raise Unavailable("reading_misread", retryable=False, wanted=_TEST_LINE)


def finish_interrupted() -> None:
    """At start, before anybody writes: half-written objects are cleared away, laid-down versions are completed."""
    from yidang.holdings import operations, places
    from yidang.preservation import repository

    repository.sweep()
    places.move_misplaced()
    operations.finish_interrupted()


def sweep_leftovers() -> None:
    """Half-done work of killed processes, unfinished uploads, dates that came, unusual use, who outside lags."""
    from yidang.access.watch.looking import look_when_due
    from yidang.holdings.operations import finish_interrupted
    from yidang.identity import sweeping
    from yidang.intake.operations import resume_unfinished
    from yidang.intake.operations.sweeping import sweep_when_due
    from yidang.site.ledger_watch import watch_anchors
    from yidang.workflow.operations import keep_dates

    finish_interrupted()
    resume_unfinished()
    sweep_when_due()
    keep_dates()
    sweeping.sweep()
    look_when_due()
    _end_loans()
    _end_records()
    _screen_left_behind()
    _mind_tiers()
    _collect()
    _look_at_quality()
    _inspect()
    _count_figures()
    watch_anchors()
    _watch_storeroom()
    _follow_claims()


def _follow_claims() -> None:
    """Imports cut off after their commit, what the history has to follow, what counters have to know."""
    from yidang.claims.importing.operations import tend
    from yidang.claims.tasks import set_going

    tend()
    set_going()


def _watch_storeroom() -> None:
    from yidang.storeroom.operations import watch_climate

    watch_climate()


def _collect() -> None:
    """What is owed comes due, what came is counted, who is late hears of it."""
    from yidang.collection import keeping

    keeping.tend()


def _end_loans() -> None:
    """Whose reading time is over, and what nobody fetched."""
    from yidang.access.lending.opening import end_due

    end_due()


def _mind_tiers() -> None:
    """What was asked back from the cold store, then the policy."""
    from yidang.holdings.tiering.operations import advance, run_when_due
    from yidang.identity.policy import system_grant

    advance(system_grant("tiers"))
    run_when_due(system_grant("tiers"))


def _screen_left_behind() -> None:
    """Accessions whose checks were cut off."""
    from yidang.intake.checking import resume

    resume()


def _end_records() -> None:
    """Lists under destruction go on, what was filed under a standing hold is held."""
    from yidang.disposition import executing, holding
    from yidang.disposition.instrument import keeping
    from yidang.disposition.transfers import handing, packing

    keeping.take_effect()
    holding.spread()
    executing.advance()
    packing.advance()
    handing.advance()


def _count_figures() -> None:
    from yidang.insight.counting import keep_fresh

    keep_fresh()


def _inspect() -> None:
    """Rules over the history, once a night: as a job."""
    from yidang.oversight.tasks import set_going

    set_going()


def _look_at_quality() -> None:
    """What was filed is looked at, what was owed is counted: as jobs, for the keeper waits for neither."""
    from yidang.quality.tasks import set_going

    set_going()


def turn_keys() -> int:
    """A short while of sealing anew what stands under former keys; nothing when none do."""
    from yidang.crypto.rotation import advance

    return advance()


def deliver_notices() -> int:
    """Mails and webhooks; may wait for the other side, so it runs beside the keeper's beat."""
    from yidang.workflow.operations import deliver

    return deliver()
