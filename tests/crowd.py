"""Readers at a running archive: each signs in and goes from page to page as a person does."""

import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import requests

from harness import Archive

WORDS = ("参保", "登记表", "医疗保险", "基本医疗")
PLACES = ("/", "/search/", "/holdings/", "/tasks/", "/notices/", "/account/", "/policy/", "/check/", "/about/")


@dataclass
class Seen:
    """Seconds of each answer by kind of request, and what was no good answer."""

    seconds: list[float] = field(default_factory=list)
    wrong: Counter = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, took: float, wrong: str = "") -> None:
        with self.lock:
            self.seconds.append(took)
            if wrong:
                self.wrong[wrong] += 1

    def percentile(self, share: float) -> float:
        return sorted(self.seconds)[int(share * (len(self.seconds) - 1))]


def demo_logins(archive: Archive) -> dict[str, str]:
    """For an archive that asks nobody for a second factor."""
    made = "__import__('yidang.identity.demo', fromlist=['x']).create_demo_staff()"
    return dict(archive.ask(f"[(one.username, one.password) for one in {made}]"))


class Reader:
    def __init__(self, address: str, chance: random.Random, seen: Seen) -> None:
        self._address, self._chance, self._seen = address, chance, seen
        self._session = requests.Session()
        self._items: list[str] = []

    def sign_in(self, username: str, password: str) -> None:
        self._session.get(self._address + "/sign-in/", timeout=60)
        given = {"username": username, "password": password, "csrfmiddlewaretoken": self._token()}
        answer = self._session.post(self._address + "/sign-in/", given, allow_redirects=False, timeout=60)
        assert answer.status_code == 302, answer.status_code

    def step(self) -> None:
        kind = self._chance.random()
        if kind < 0.4 and self._items:
            self._ask("GET", f"/items/{self._chance.choice(self._items)}/")
        elif kind < 0.6:
            answer = self._ask("POST", "/search/", {"q": self._chance.choice(WORDS)})
            self._items = (re.findall(r"/items/([0-9a-f-]{36})/", answer) or self._items)[:50]
        elif kind < 0.7 and self._items:
            self._ask("GET", f"/items/{self._chance.choice(self._items)}/pages/1.jpg?w=800")
        else:
            self._ask("GET", self._chance.choice(PLACES))

    def _ask(self, method: str, path: str, given: dict[str, str] | None = None) -> str:
        more = {"data": {**given, "csrfmiddlewaretoken": self._token()}} if given else {}
        began, wrong, text = time.monotonic(), "", ""
        try:
            answer = self._session.request(method, self._address + path, timeout=60, **more)
            text = answer.text if "text" in answer.headers.get("Content-Type", "") else ""
            kind = re.sub(r"[0-9a-f-]{36}", "…", path)
            wrong = "" if answer.status_code == 200 else f"{answer.status_code} {method} {kind}"
        except requests.RequestException as problem:
            wrong = type(problem).__name__
        self._seen.note(time.monotonic() - began, wrong)
        return text

    def _token(self) -> str:
        return self._session.cookies.get("csrftoken") or ""

    def close(self) -> None:
        self._session.close()


def read_together(readers: list[Reader], seconds: float, pause: float = 0.0) -> None:
    """Each in a thread of its own, until the time is over."""
    deadline = time.monotonic() + seconds

    def work(reader: Reader) -> None:
        while time.monotonic() < deadline:
            reader.step()
            time.sleep(pause)

    threads = [threading.Thread(target=work, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
