"""The same archive on S3, where nothing can be renamed: cut off at any request, the old state or the new."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from tests.contract.s3_server import s3_endpoint, s3_store  # noqa: F401 - a fixture is known by its name
from tests.preservation.builders import ITEM, first, second, version

from yidang.kernel.errors import Conflict, NotFound, Unavailable
from yidang.preservation import fixity, repository
from yidang.preservation.adapters import s3_batch
from yidang.preservation.adapters.s3 import S3Store
from yidang.preservation.ocfl_validator import validate
from yidang.preservation.store import object_store


@pytest.fixture(autouse=True)
def bucket(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch, home: object) -> S3Store:  # noqa: F811
    made = s3_store(s3_endpoint, monkeypatch)
    url = f"s3://{made._bucket}/archive"
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, store=url, s3_endpoint=s3_endpoint))
    store = object_store()
    assert isinstance(store, S3Store)
    return store


def codes() -> set[str]:
    return {difference.code for difference in fixity.verify_all(processes=1)}


def test_items_are_filed_revised_read_and_purged(tmp_path):
    new, other = first(), first()
    repository.write_objects([new, other])
    repository.write_objects([second(new.object_id)])
    assert repository.read_content(new.object_id, "description") == b"changed"
    assert repository.read_content(new.object_id, "description", 1) == ITEM["description"]
    with repository.open_content(new.object_id, "original/1") as reader:
        reader.seek(50_000)
        assert reader.read(10) == ITEM["original/1"][50_000:50_010]
    assert set(repository.object_ids()) == {new.object_id, other.object_id}
    assert repository.write_objects([new])[0].is_adopted
    assert codes() == set()
    repository.purge(other.object_id)
    assert set(repository.object_ids()) == {new.object_id}
    with pytest.raises(Conflict, match="version_differs"):
        repository.write_objects([version(new.object_id, 2, {"text": b"x"})])


def test_what_stands_in_the_bucket_is_ocfl(tmp_path, bucket: S3Store):
    new = first()
    repository.write_objects([new, first()])
    repository.write_objects([second(new.object_id)])
    for key in bucket.walk():
        path = tmp_path / "copy" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        with bucket.open(key) as source:
            path.write_bytes(source.read())
    assert validate(tmp_path / "copy").codes() == set()


def test_damage_in_the_bucket_is_found(bucket: S3Store):
    repository.write_objects([first(content={"text": b"x"})])
    for key in list(bucket.walk()):
        with bucket.open(key) as source:
            before = source.read()
        bucket.put(key, before[:-1] + bytes([before[-1] ^ 1]))
        assert codes(), key
        bucket.put(key, before)


class _CutOffError(BaseException):
    """Like a kill: nothing of ours runs afterwards."""


def cut_off_at(monkeypatch: pytest.MonkeyPatch, number: int, work: Callable[[], object]) -> bool:
    count = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == number:
                raise _CutOffError
            return real(*arguments, **options)

        return call

    with monkeypatch.context() as patch:
        for name in ("_put_bytes", "delete_keys"):
            patch.setattr(S3Store, name, counted(getattr(S3Store, name)))
        patch.setattr(s3_batch.S3Draft, "discard", lambda _: None)
        try:
            work()
        except _CutOffError:
            return True
    return False


def test_a_filing_cut_off_at_any_request(monkeypatch: pytest.MonkeyPatch):
    for number in range(1, 50):
        new = first()
        is_cut = cut_off_at(monkeypatch, number, lambda new=new: repository.write_objects([new]))
        if repository.exists(new.object_id):
            assert repository.read_content(new.object_id, "text") == ITEM["text"]
        else:
            with pytest.raises(NotFound, match="object_missing"):
                repository.read_content(new.object_id, "text")
        repository.write_objects([new])
        assert fixity.verify_object(new.object_id) == []
        if not is_cut:
            assert number > 8
            return
    raise AssertionError


def test_a_revision_cut_off_at_any_request(monkeypatch: pytest.MonkeyPatch):
    for number in range(1, 50):
        new = first()
        repository.write_objects([new])
        revision = second(new.object_id)
        is_cut = cut_off_at(monkeypatch, number, lambda revision=revision: repository.write_objects([revision]))
        head = repository.versions(new.object_id)[-1]
        expected = ITEM["description"] if head == 1 else b"changed"
        assert repository.read_content(new.object_id, "description") == expected
        assert repository.write_objects([revision])[0].number == 2
        assert fixity.verify_object(new.object_id) == []
        if not is_cut:
            assert number > 4
            return
    raise AssertionError


def test_a_bucket_that_is_not_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, store="s3://no-such-bucket/x"))
    with pytest.raises(Unavailable, match="store_unreachable"):
        repository.exists(first().object_id)


def test_the_cold_store_may_be_a_cheaper_class_of_a_bucket(bucket: S3Store, monkeypatch: pytest.MonkeyPatch):
    cold = f"s3://{bucket._bucket}/cold?class=STANDARD_IA"
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, cold_store=cold))
    new = first()
    repository.write_objects([new])
    assert repository.move(new.object_id, repository.COLD)
    assert repository.read_content(new.object_id, "text") == ITEM["text"]
    listed = bucket._client.list_objects_v2(Bucket=bucket._bucket, Prefix="cold/")["Contents"]
    assert {one["StorageClass"] for one in listed} == {"STANDARD_IA"}
    assert codes() == set()
