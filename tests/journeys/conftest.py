"""The real program, a real browser, and a folder of drawn scans: what a person at a desk would see.

All of it ends with the last journey: Playwright keeps an event loop running in the thread, in which Django would refuse
every later test its database. A fixture of a package ends only with the session where tests run on workers.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from harness import Archive

from .journey import Desks, confirm_all, hand_over, items, save

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


LAST = ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Iterator[None]:
    yield
    if nextitem is None or Path(__file__).parent not in nextitem.path.parents:
        LAST.close()


def pytest_sessionfinish() -> None:
    LAST.close()


def chromium() -> str | None:
    known = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, known)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("NO CHROMIUM FOUND: the browser journeys were not run (apt install chromium)")
    started = LAST.enter_context(sync_playwright()).chromium.launch(executable_path=path, args=FLAGS)
    LAST.callback(started.close)
    yield started
    LAST.close()  # where a journey is a worker's last test of all, before Django's own end of its database


@pytest.fixture(scope="session")
def archive() -> Archive:
    """Nothing is certain enough to be filed without a person, so that the desk has work."""
    made = Archive()
    LAST.callback(made.remove)
    made.settings |= {"filing_confidence": 1.0, "language": "zh-hans"}
    made.settings |= {"second_factor_roles": "none", "sessions_per_person": 0, "session_idle_minutes": 480}
    made.serve()
    made.logins = made.ask(  # type: ignore[attr-defined]
        "{login.role: [login.username, login.password]"
        " for login in __import__('yidang.identity.demo', fromlist=['x']).create_demo_staff()}"
    )
    return made


@pytest.fixture
def desks(browser: Browser, archive: Archive) -> Iterator[Desks]:
    """Every script error and every breach of the content security policy fails the test."""
    made = Desks(browser, archive)
    yield made
    made.close()
    assert made.complaints == []


@pytest.fixture(scope="session")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two settlements, a certificate, the same scan twice, and a file that holds nothing."""
    folder = tmp_path_factory.mktemp("scans") / "二〇二六年住院"
    save(folder, "结算一", "settlement_list", 1)
    save(folder, "结算二", "settlement_list", 2, pages=2)
    save(folder, "诊断", "diagnosis_certificate", 3)
    shutil.copy(folder / "诊断.jpg", folder / "重复.jpg")
    (folder / "空.jpg").write_bytes(b"")
    return folder


@pytest.fixture(scope="session")
def batch(browser: Browser, archive: Archive, scans: Path) -> dict[str, str]:
    """The folder handed over through the browser, read to the end. The address of its accession and its figures."""
    desks = Desks(browser, archive)
    desk = desks.at("archivist")
    figures = hand_over(desk, scans, "DYJS")
    desks.close()
    assert desks.complaints == []
    return figures


@pytest.fixture(scope="session")
def filed(browser: Browser, archive: Archive, batch: dict[str, str]) -> list[dict[str, Any]]:
    """The whole batch confirmed by keyboard, as id, code, series and pages."""
    desks = Desks(browser, archive)
    desk = desks.at("archivist")
    confirm_all(desk)
    desks.close()
    assert desks.complaints == []
    return items(archive)
