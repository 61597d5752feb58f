"""Which engine stands behind which port, and what the keeper calls in each room."""

from yidang.crypto import selftest


def check_engines() -> None:
    """Known-answer tests of the cryptographic engines, before anything is sealed by them."""
    selftest.run()


def sequence_ledger() -> int:
    from yidang.ledger.operations import sequence

    return sequence()


def feed_index() -> int:
    from yidang.access.feeding import feed

    return feed()


def catch_up_index() -> int:
    from yidang.access.feeding import catch_up

    return catch_up()


def check_reading() -> None:
    """Raises when the reading engine or its models are missing, or it misreads its test line."""
    from yidang.intake.reading import selftest as reading_selftest

    reading_selftest.run()


def finish_interrupted() -> None:
    """At start, before anybody writes: half-written objects are cleared away, laid-down versions are completed."""
    from yidang.holdings import operations
    from yidang.preservation import repository

    repository.sweep()
    operations.finish_interrupted()


def sweep_leftovers() -> None:
    """Work that a killed process left half done, and uploads nobody finished."""
    from yidang.holdings.operations import finish_interrupted
    from yidang.intake.operations import resume_unfinished

    finish_interrupted()
    resume_unfinished()
