"""The one object store of this process, chosen by `settings.YIDANG.store_url`."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

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
    """Whatever stands there, a storage root or not."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc:
        from yidang.preservation.adapters.local import LocalStore

        return LocalStore(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        from yidang.preservation.adapters.s3 import S3Store

        return S3Store(bucket=parts.netloc, prefix=parts.path.strip("/"), endpoint=s3_endpoint)
    raise Invalid("store_url_unknown", url=url)
