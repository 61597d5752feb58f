"""The store in an S3 bucket. There is no rename: content first, then the claim, the object's own inventory last."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from yidang.kernel.errors import Unavailable
from yidang.preservation.adapters.engine import missing, taken
from yidang.preservation.adapters.s3_batch import S3Batch
from yidang.preservation.adapters.s3_errors import S3Errors
from yidang.preservation.adapters.s3_reader import S3Reader
from yidang.preservation.ports import Children, Stat

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_PER_DELETE = 1000


class S3Store:
    def __init__(self, *, bucket: str, prefix: str, endpoint: str, storage_class: str = "") -> None:
        self._extra: dict[str, str] = {"StorageClass": storage_class} if storage_class else {}
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""
        self._client = _client(endpoint)
        self._errors = S3Errors()

    def put(self, key: str, data: bytes | BinaryIO, *, if_absent: bool = False) -> None:
        if isinstance(data, bytes):
            self._put_bytes(key, data, if_absent=if_absent)
        elif if_absent:
            self._put_bytes(key, data.read(), if_absent=True)
        else:
            with self._errors.told():
                self._client.upload_fileobj(data, self._bucket, self._prefix + key, ExtraArgs=self._extra or None)

    def _put_bytes(self, key: str, data: bytes, *, if_absent: bool) -> None:
        condition: dict[str, Any] = self._extra | ({"IfNoneMatch": "*"} if if_absent else {})
        with self._errors.told(on_precondition=taken(key)):
            self._client.put_object(Bucket=self._bucket, Key=self._prefix + key, Body=data, **condition)

    def open(self, key: str) -> BinaryIO:
        size = self.stat(key).size
        return io.BufferedReader(S3Reader(self._get, key, size), 128 * 1024)

    def _get(self, key: str, start: int, end: int) -> bytes:
        span = f"bytes={start}-{end - 1}"
        with self._errors.told(on_missing=missing(key)):
            return self._client.get_object(Bucket=self._bucket, Key=self._prefix + key, Range=span)["Body"].read()

    def exists(self, key: str) -> bool:
        return any(found == key for found in self._page(key, limit=1))

    def stat(self, key: str) -> Stat:
        with self._errors.told(on_missing=missing(key)):
            head = self._client.head_object(Bucket=self._bucket, Key=self._prefix + key)
        return Stat(size=head["ContentLength"])

    def walk(self, prefix: str = "") -> Iterator[str]:
        with self._errors.told():
            for page in self._pages(prefix):
                for entry in page.get("Contents", []):
                    yield entry["Key"].removeprefix(self._prefix)

    def children(self, prefix: str = "") -> Children:
        folders: list[str] = []
        files: list[str] = []
        start = len(self._prefix + prefix)
        with self._errors.told():
            for page in self._pages(prefix, Delimiter="/"):
                folders += [entry["Prefix"][start:].rstrip("/") for entry in page.get("CommonPrefixes", [])]
                files += [entry["Key"][start:] for entry in page.get("Contents", [])]
        return Children(tuple(folders), tuple(files))

    def delete(self, key: str) -> None:
        with self._errors.told():
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + key)

    def delete_prefix(self, prefix: str) -> None:
        self.delete_keys(list(self.walk(prefix)))

    def delete_keys(self, keys: list[str]) -> None:
        with self._errors.told():
            for start in range(0, len(keys), _PER_DELETE):
                some = [{"Key": self._prefix + key} for key in keys[start : start + _PER_DELETE]]
                self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": some})  # type: ignore[typeddict-item]

    @contextmanager
    def batch(self) -> Iterator[S3Batch]:
        batch = S3Batch(self)
        try:
            yield batch
        finally:
            batch.discard()

    def sweep(self) -> int:
        """Strays of killed writers lie below the version they were meant for; its next writer removes them."""
        return 0

    def _page(self, prefix: str, *, limit: int) -> list[str]:
        with self._errors.told():
            found = self._client.list_objects_v2(Bucket=self._bucket, Prefix=self._prefix + prefix, MaxKeys=limit)
        return [entry["Key"].removeprefix(self._prefix) for entry in found.get("Contents", [])]

    def _pages(self, prefix: str, **options: Any) -> Iterator[Any]:
        pages = self._client.get_paginator("list_objects_v2")
        return iter(pages.paginate(Bucket=self._bucket, Prefix=self._prefix + prefix, **options))


def _client(endpoint: str) -> "S3Client":
    try:
        import boto3
        from botocore.config import Config
    except ModuleNotFoundError:
        raise Unavailable("store_engine_missing", retryable=False) from None
    patience = Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 5, "mode": "standard"})
    return boto3.client("s3", endpoint_url=endpoint or None, config=patience)
