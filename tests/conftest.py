"""One data folder and one PostgreSQL for each run of pytest, so that several runs never meet.

`TEST_DATABASE_URL` names another server (Debian's, say); the run makes a database of its own there.
With `-n 2` every worker is such a run: a file of tests stays together, and so do all browser journeys, which share one
archive.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
import hypothesis
import pytest
from xdist.scheduler import LoadScopeScheduling

HOME = Path(tempfile.mkdtemp(prefix="yidang-test-"))
JOURNEYS = Path(__file__).parent / "journeys"
SERVER = os.environ.get("TEST_DATABASE_URL", "")


def _settle_environment() -> None:
    for name in [name for name in os.environ if name.startswith("YIDANG_")]:
        del os.environ[name]
    os.environ["YIDANG_HOME"] = str(HOME)
    os.environ["DJANGO_SETTINGS_MODULE"] = "yidang.site.settings"
    # Pages are mostly asked for by people who signed in by password alone; what the default asks has its own tests.
    os.environ["YIDANG_SECOND_FACTOR_ROLES"] = "manager,system_admin,security_admin,audit_admin"
    if SERVER:
        own = urlsplit(SERVER)._replace(path=f"/yidang_{os.getpid()}")
        os.environ["YIDANG_DATABASE_URL"] = own.geturl()


# A slow machine is no failure, and a gate must give the same answer twice; on a desk every run looks elsewhere.
hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")

_settle_environment()
django.setup()  # reads the settings, so only now


def pytest_configure(config: pytest.Config) -> None:
    """Workers inherit the environment, and pytest-django would read the settings there before this file is."""
    if config.getoption("numprocesses", None):
        del os.environ["DJANGO_SETTINGS_MODULE"]


class Together(LoadScopeScheduling):
    """A file of tests stays with one worker, and so do all browser journeys."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "journeys" if "journeys/" in file else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another server what never asks it proves nothing new. For several workers: what takes longest begins."""
    if SERVER:
        silent = [item for item in items if not asks_the_server(item)]
        items[:] = [item for item in items if asks_the_server(item)]
        config.hook.pytest_deselected(items=silent)
    if os.environ.get("PYTEST_XDIST_WORKER"):
        long = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: (JOURNEYS not in item.path.parents, item.path not in long))


def asks_the_server(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint({"db", "transactional_db"})


@pytest.fixture(autouse=True)
def closed_with_its_test() -> Iterator[None]:
    """The registers of keys and places in a test's own folder.

    Left open, a worker came to hold two thousand files; what waits by `select`, as the MQTT client does, can watch no
    more than the first 1,024.
    """
    yield
    for module, opened in (("yidang.crypto.keyring", "keyring_of"), ("yidang.preservation.placement", "placement_of")):
        if module in sys.modules:
            getattr(sys.modules[module], opened).cache_clear()


@pytest.fixture(scope="session")
def postgres() -> Iterator[None]:
    """A server that answers at the settings' address."""
    if SERVER:
        yield
        return
    from yidang.site.runtime.postgres import Cluster

    cluster = Cluster(HOME, durable=False)
    cluster.start()
    yield
    cluster.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres: None) -> Iterator[None]:
    """pytest-django's hook before it makes the test database: the server is up, and the tables wait in a template."""
    import psycopg
    from django.db import connection

    from yidang.site.runtime import schema

    name, known = f"template_{os.getpid()}", connection.settings_dict
    given = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "password": known["PASSWORD"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        with psycopg.connect(dbname=name, **given) as template:
            template.execute(schema.FILE.read_bytes())
        known["TEST"]["TEMPLATE"] = name
        yield
        server.execute(f'DROP DATABASE "{name}"')


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tests work as the role of the real thing, behind the row policies, and for nobody in particular see all."""
    from django.test import TransactionTestCase

    from emptying import empty_tables
    from yidang.identity import reach
    from yidang.site.runtime import wall

    with django_db_blocker.unblock():
        reach.act_as_system()
        wall.raise_wall()
        reach.work_as_app()
    TransactionTestCase._fixture_teardown = empty_tables
    yield
    reach.work_as_owner()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)
