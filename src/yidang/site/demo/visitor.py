"""A browser without a screen: cookies, forms, redirects; for the demonstration's own check."""

import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

_SECONDS = 60
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    status: int
    address: str
    content_type: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")

    def json(self) -> dict[str, Any]:
        """An empty object when the answer is none."""
        try:
            return dict(json.loads(self.body))
        except ValueError:
            return {}

    @property
    def path(self) -> str:
        return urllib.parse.urlsplit(self.address).path


class Visitor:
    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)

    def get(self, path: str) -> Answer:
        return self._send(self._request(path))

    def submit(self, path: str, form_at: str | None = None, **fields: str) -> Answer:
        """Fills in the form shown at `form_at` (the same page when left out)."""
        form = fields | {"csrfmiddlewaretoken": self.token(form_at or path)}
        return self._send(self._request(path, urllib.parse.urlencode(form).encode()))

    def send(self, path: str, body: bytes, token: str) -> Answer:
        headers = {"X-CSRFToken": token, "Content-Type": "application/octet-stream", "Accept": "application/json"}
        return self._send(self._request(path, body, headers))

    def token(self, path: str) -> str:
        found = _TOKEN.search(self.get(path).text)
        return found[1] if found else ""

    def upload(self, files_path: str, name: str, content: bytes, token: str) -> Answer:
        """One file in one parcel: length of the heading, heading as JSON, bytes."""
        heading = json.dumps({"path": name, "offset": 0, "size": len(content)}).encode()
        return self.send(files_path, len(heading).to_bytes(4, "big") + heading + content, token)

    def _request(
        self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> urllib.request.Request:
        return urllib.request.Request(self.address + path, body, headers or {})  # noqa: S310 - our own address

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=_SECONDS) as answer:
                return Answer(answer.status, answer.url, answer.headers.get_content_type(), answer.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, refusal.url, refusal.headers.get_content_type(), refusal.read())
