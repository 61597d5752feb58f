"""The engines: cryptography, PostgreSQL, object store, index, page reading."""

from collections.abc import Iterator

from yidang.kernel.errors import DomainError
from yidang.site.cli.language import _
from yidang.site.cli.output import in_words
from yidang.site.config import Config
from yidang.site.doctor.finding import Finding, doubtful, good, wrong


def cryptography(_config: Config) -> Iterator[Finding]:
    from yidang.site.wiring import check_engines

    try:
        check_engines()
    except DomainError as error:
        yield _of_keys(error)
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with an engine is the finding
        remedy = _("Install Yidang again; if it stays, report the versions of Python and cryptography.")
        yield wrong("cryptography", str(problem), remedy)
    else:
        yield good("cryptography", _("SM2, SM3, SM4 and Ed25519 pass their known-answer tests."))


def _of_keys(error: DomainError) -> Finding:
    remedy = _(
        "Put the root key back from where it is kept apart, or bring it back with `yidang keys recover SHARE…`; "
        "a sealed one needs its passphrase (YIDANG_ROOT_PASSPHRASE_FILE). Until then nothing opens."
    )
    return wrong("root_key", in_words(error), remedy)


def database(config: Config) -> Iterator[Finding]:
    """Starts the embedded server when none runs, and stops it again."""
    from yidang.site.runtime.session import running

    if not config.home.exists() and not config.database_url:
        yield from _binaries()
        return
    try:
        with running(config):
            yield good("database", _database_version())
            yield from _inside(config)
    except DomainError as error:
        if not error.code.startswith("root_"):  # told already, with what to do
            yield wrong("database", in_words(error), _("See run/postgres.log in the data folder."))
    except Exception as problem:  # noqa: BLE001 - a driver's error is the finding
        remedy = _("Check YIDANG_DATABASE_URL, and that the server accepts this account.")
        yield wrong("database", str(problem).strip().splitlines()[0], remedy)


def _binaries() -> Iterator[Finding]:
    from yidang.site.runtime.postgres import packaged_binaries

    try:
        yield good("database", str(packaged_binaries()))
    except DomainError as error:
        yield wrong("database", in_words(error), _("Install Yidang again."))


def _database_version() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _inside(config: Config) -> Iterator[Finding]:
    """What can be looked at only while the database answers."""
    yield from _object_store(config)
    yield from _failed_jobs()
    yield from _copies(config)
    yield from _ledger_outside(config)
    yield from _scheme()


def _object_store(config: Config) -> Iterator[Finding]:
    from yidang.preservation.store import object_store

    try:
        object_store().exists("0=ocfl_1.1")
    except Exception as problem:  # noqa: BLE001 - an engine's error is the finding
        text = in_words(problem) if isinstance(problem, DomainError) else str(problem)
        yield wrong("store", text, _("Check YIDANG_STORE, the rights to it, and the network."))
    else:
        yield good("store", config.store_url)


def _copies(config: Config) -> Iterator[Finding]:
    from yidang.kernel.texts import say
    from yidang.site.cli.language import LANGUAGE
    from yidang.site.copies.status import status

    wanting = status(config)["differences"]
    for one in wanting:
        facts = {name: value for name, value in one.items() if name != "code"}
        yield doubtful("copies", say(one["code"], LANGUAGE, **facts), _("See `yidang backup status`."))
    if not wanting:
        yield good("copies", _("The copies are as they should be."))


def _ledger_outside(config: Config) -> Iterator[Finding]:
    from yidang.ledger.anchoring.states import states

    if not (config.witnesses or config.anchors):
        message = _("Nobody outside keeps the ledger's checkpoints: whoever has root here could rewrite all of it.")
        remedy = _(
            "Run `yidang witness` on a machine of somebody else and set YIDANG_WITNESSES, or set YIDANG_ANCHORS."
        )
        yield doubtful("ledger", message, remedy)
    elif states().is_late:
        message = _("Witnesses or anchors have not had the ledger in time.")
        yield doubtful("ledger", message, _("See `yidang ledger anchors`."))
    else:
        yield good("ledger", _("Somebody outside keeps the ledger's checkpoints."))


def _scheme() -> Iterator[Finding]:
    from yidang.holdings.scheme_watch import put_back
    from yidang.kernel.texts import say
    from yidang.site.cli.language import LANGUAGE

    for one in put_back():
        remedy = _("Find out who can write to the database; the ledger has the rows under “scheme.put_back”.")
        yield doubtful("scheme", say(one.code, LANGUAGE, **one.facts), remedy)


def _failed_jobs() -> Iterator[Finding]:
    from procrastinate.contrib.django.models import ProcrastinateJob

    failed = ProcrastinateJob.objects.filter(status="failed").count()
    if failed:
        message = _("{count} jobs have failed for good.").format(count=failed)
        yield wrong("jobs", message, _("Look into the log for “failed after”, and at the quarantine page."))
    else:
        yield good("jobs", _("No job has failed."))


def sensors(config: Config) -> Iterator[Finding]:
    """The broker at which the storeroom's sensors speak, where one is named. The server works without it."""
    from yidang.storeroom.adapters.mqtt import check_broker

    if not config.mqtt_url:
        return
    try:
        broker = check_broker(config.mqtt_url)
    except DomainError as error:
        yield doubtful("sensors", in_words(error), _("Check YIDANG_MQTT_URL, and that the broker runs."))
    else:
        yield good("sensors", f"{broker.host}:{broker.port}")


def reading(_config: Config) -> Iterator[Finding]:
    from yidang.site.wiring import check_reading

    try:
        check_reading()
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with an engine is the finding
        text = in_words(problem) if isinstance(problem, DomainError) else str(problem)
        yield wrong("reading", text, _("Install Yidang again: the reading engine or its models are missing."))
    else:
        yield good("reading", _("The page reader reads its test line."))
