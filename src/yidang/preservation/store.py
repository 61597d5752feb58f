"""The one object store of this process, chosen by `settings.YIDANG.store_url`."""

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings

from yidang.kernel.errors import Invalid
from yidang.preservation.layout import prepare_root
from yidang.preservation.ports import ObjectStore


def object_store() -> ObjectStore:
    """Raises Invalid `store_url_unknown` or `store_not_a_root`, Unavailable when the engine is out of reach."""
    return store_at(settings.YIDANG.store_url, settings.YIDANG.s3_endpoint)


@cache
def store_at(url: str, s3_endpoint: str = "") -> ObjectStore:
    store = engine_at(url, s3_endpoint)
    prepare_root(store)
    return store


def engine_at(url: str, s3_endpoint: str = "") -> ObjectStore:
    """Whatever stands there, a storage root or not. Several addresses, blanks between, are one store of copies."""
    words = url.split()
    if len(words) > 1:
        return _replicated(words, s3_endpoint)
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc:
        from yidang.preservation.adapters.local import LocalStore

        return LocalStore(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        from yidang.preservation.adapters.s3 import S3Store

        kind = dict(parse_qsl(parts.query)).get("class", "")  # of storage: only such as can be read at once
        return S3Store(bucket=parts.netloc, prefix=parts.path.strip("/"), endpoint=s3_endpoint, storage_class=kind)
    raise Invalid("store_url_unknown", url=url)


def _replicated(words: list[str], s3_endpoint: str) -> ObjectStore:
    """`quorum=2 file:///a file:///b s3://c`; without the first word more than half of them."""
    from yidang.preservation.adapters.replicated import ReplicatedStore

    given = [int(word.removeprefix("quorum=")) for word in words if word.startswith("quorum=")]
    urls = [word for word in words if not word.startswith("quorum=")]
    quorum = given[0] if given and given[0] else len(urls) // 2 + 1
    if not 1 <= quorum <= len(urls):
        raise Invalid("write_quorum_impossible", quorum=quorum, stores=len(urls))
    mark = hashlib.sha256(" ".join(urls).encode()).hexdigest()[:12]
    notes = settings.YIDANG.home / "replicas" / mark
    return ReplicatedStore([engine_at(one, s3_endpoint) for one in urls], quorum=quorum, notes=notes)
