"""A bucket to test against."""

import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest

from yidang.preservation.adapters.s3 import S3Store


@pytest.fixture(scope="session")
def s3_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A moto server in a process of its own; it honours conditional puts."""
    port_file = tmp_path_factory.mktemp("moto") / "port"
    code = (
        "from moto.server import ThreadedMotoServer; import sys, time, pathlib;"
        "s = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False); s.start();"
        "pathlib.Path(sys.argv[1]).write_text(str(s.get_host_and_port()[1])); time.sleep(3600)"
    )
    server = subprocess.Popen([sys.executable, "-W", "ignore", "-c", code, str(port_file)], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (port_file.exists() and port_file.read_text()):
        assert server.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port_file.read_text()}"
    server.kill()
    server.wait()


def s3_store(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> S3Store:
    import boto3

    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    bucket = f"b{uuid4().hex}"
    boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket=bucket)
    return S3Store(bucket=bucket, prefix="archive/one", endpoint=endpoint)
