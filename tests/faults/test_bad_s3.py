"""S3 that is slow, answers 500, in halves, or not at all: what was acknowledged is whole, all else is told in words."""

import random
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from bad_s3 import BadLine, Line
from django.conf import settings
from tests.contract.s3_server import s3_endpoint, s3_store  # noqa: F401 - a fixture is known by its name
from tests.preservation.builders import ITEM, first

from scale import many, record
from yidang.kernel.errors import Unavailable
from yidang.preservation import fixity, repository
from yidang.preservation.adapters import s3

ONE_FAULT = [pytest.param((name,), marks=pytest.mark.faults, id=name) for name in ("slow", "500", "half", "lost")]
ALL = pytest.param(("slow", "500", "half", "lost", "lost"), id="all")
PARTS = {name: ITEM[name] for name in ("description", "text") if name in ITEM}


@pytest.fixture
def line(s3_endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    """The archive's store lies behind the line; so many tries as a test has patience for."""
    bucket = s3_store(s3_endpoint, monkeypatch)._bucket
    made = Line(s3_endpoint, random.Random(7))
    monkeypatch.setattr(s3, "_client", impatient)
    with BadLine(made) as url:
        house = replace(settings.YIDANG, home=tmp_path / "home", store=f"s3://{bucket}/archive", s3_endpoint=url)
        monkeypatch.setattr(settings, "YIDANG", house)
        yield made


def impatient(endpoint: str):
    import boto3
    from botocore.config import Config

    patience = Config(connect_timeout=2, read_timeout=5, retries={"max_attempts": 3, "mode": "standard"})
    return boto3.client("s3", endpoint_url=endpoint, config=patience)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("faults", [*ONE_FAULT, ALL])
def test_nothing_acknowledged_is_lost_on_a_bad_line(line, faults):
    repository.write_objects([first(content=PARTS)])  # the root is declared while all is well
    line.faults = faults
    kept, begun, refused = [], [], 0
    for _ in range(many(4, 150)):
        new = first(content=PARTS)
        try:
            repository.write_objects([new])
            kept.append(new.object_id)
            assert repository.read_content(new.object_id, "description") == PARTS["description"]
        except Unavailable:  # any other error fails the test
            refused += 1
            begun.append(new)
            with suppress(Unavailable):  # the same again, as a job does it
                repository.write_objects([new])
                kept.append(new.object_id)
    line.faults = ()
    assert set(kept) <= set(repository.object_ids())
    repository.write_objects(begun)  # a job goes on until it is through: what was half done is finished, not doubled
    assert {repository.read_content(one, "description") for one in kept} == {PARTS["description"]}
    wrong = {difference.code for difference in fixity.verify_all(processes=1)}
    assert wrong <= {"key_without_content"}  # keys come first
    record("bad S3: " + ", ".join(faults), written=len(kept), refused=refused, met=dict(line.met))
