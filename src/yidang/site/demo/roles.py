"""What each role must be able to do, and what it must be refused, over HTTP."""

from collections.abc import Callable, Iterator
from typing import Any

from yidang.identity.models import Staff
from yidang.site.demo.samples import Target, Targets, finding, finds
from yidang.site.demo.visitor import Visitor

Findings = list[dict[str, Any]]
_OK, _FORBIDDEN, _MISSING = 200, 403, 404


def sign_in_all(people: dict[str, Visitor], logins: dict[str, str]) -> None:
    for username, password in logins.items():
        role = Staff.objects.get(username=username).role
        if role in people:
            people[role].submit("/sign-in/", username=username, password=password)


def anonymous(visitor: Visitor, targets: Targets) -> Findings:
    paths = ["/", "/search/", "/accessions/", "/confirm/", targets.own.path, f"{targets.own.path}pages/1.jpg"]
    return [finding(f"{_shape(path)} asks to sign in", visitor.get(path).path == "/sign-in/") for path in paths]


def archivist(visitor: Visitor, targets: Targets) -> Findings:
    own = targets.own
    return [
        *_opens(visitor, "/", "/accessions/", "/accessions/new/", "/confirm/", "/quarantine/", "/holdings/", "/about/"),
        finding("words on a page find the record", finds(visitor, own.words, own)),
        finding("they find the other section's record too", finds(visitor, targets.foreign.words, targets.foreign)),
        finding("the words in another order do not find it", not finds(visitor, _permuted(own.words), own)),
        *_reads(visitor, own),
        *_opens(visitor, f"{own.path}history/", f"{own.path}proof/"),
        finding("the searchable PDF comes", visitor.get(f"{own.path}download.pdf").body.startswith(b"%PDF")),
        *_hands_over(visitor),
        _refused(visitor, "/settings/staff/", "system pages are closed"),
    ]


def reader(visitor: Visitor, targets: Targets) -> Findings:
    own, foreign = targets.own, targets.foreign
    return [
        *_opens(visitor, "/", "/search/"),
        finding("finds the own section's record", finds(visitor, own.words, own)),
        finding("does not find another section's", not finds(visitor, foreign.words, foreign)),
        finding("nor by its reference code", not _shows(visitor, foreign)),
        *_reads(visitor, own),
        _refused(visitor, foreign.path, "another section's record is closed"),
        _refused(visitor, f"{foreign.path}pages/1.jpg", "so is its picture"),
        _refused(visitor, "/accessions/new/", "cannot hand records over"),
        _refused(visitor, "/confirm/", "cannot confirm"),
        _refused(visitor, f"{own.path}download.pdf", "cannot download"),
    ]


def system_admin(visitor: Visitor, targets: Targets) -> Findings:
    closed = ["/search/", "/accessions/", "/confirm/", targets.own.path, f"{targets.own.path}pages/1.jpg"]
    return [
        *_opens(visitor, "/", "/settings/"),
        *(_refused(visitor, path, f"{_shape(path)} is closed") for path in closed),
    ]


CHECKS: dict[str, Callable[[Visitor, Targets], Findings]] = {
    "anonymous": anonymous,
    "archivist": archivist,
    "reader": reader,
    "system_admin": system_admin,
}


def _opens(visitor: Visitor, *paths: str) -> Iterator[dict[str, Any]]:
    for path in paths:
        answer = visitor.get(path)
        holds = answer.status == _OK and answer.path.startswith(path)  # the confirm desk opens at the next record
        yield finding(f"{_shape(path)} opens", holds, f"{answer.status} {_shape(answer.path)}")


def _reads(visitor: Visitor, target: Target) -> Iterator[dict[str, Any]]:
    yield from _opens(visitor, target.path)
    picture = visitor.get(f"{target.path}pages/1.jpg?w=800")
    yield finding("the page's picture comes", picture.body.startswith(b"\xff\xd8"), picture.content_type)
    words = visitor.get(f"{target.path}pages/1.json")
    yield finding("its words come with their places", target.words in _decoded(words.text), words.content_type)


def _decoded(text: str) -> str:
    return text.encode().decode("unicode_escape") if "\\u" in text else text


def _hands_over(visitor: Visitor) -> Iterator[dict[str, Any]]:
    """An empty file through the browser's own protocol: received, and named in quarantine."""
    token = visitor.token("/accessions/new/")
    opened = visitor.submit("/accessions/open/", "/accessions/new/", series="CBGR", year="2024")
    yield finding("an accession opens", opened.status == 201, str(opened.status))  # noqa: PLR2004 - Created
    addresses = opened.json()
    uploaded = visitor.upload(addresses["files_url"], "empty.pdf", b"", token)
    yield finding("a file is received", uploaded.status == _OK, str(uploaded.status))
    closed = visitor.send(addresses["close_url"], b"", token)
    yield finding("the accession closes", closed.status == _OK, str(closed.status))
    yield finding("its receipt shows", visitor.get(addresses["url"]).status == _OK)


def _shows(visitor: Visitor, target: Target) -> bool:
    return target.path in visitor.submit("/search/", q=target.reference_code).text


def _refused(visitor: Visitor, path: str, name: str) -> dict[str, Any]:
    answer = visitor.get(path)
    return finding(name, answer.status in {_FORBIDDEN, _MISSING}, str(answer.status))


def _permuted(words: str) -> str:
    return words[::-1]


def _shape(path: str) -> str:
    """The path without the record's id."""
    parts = path.split("/")
    return "/".join("…" if len(part) == 36 else part for part in parts)  # noqa: PLR2004 - a UUID's length
