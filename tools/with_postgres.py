"""with_postgres.py BIN COMMAND…: runs a command on a throw-away server of the PostgreSQL installed in BIN.

The command finds it in TEST_DATABASE_URL.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from yidang.site.runtime import postgres

binaries, command = Path(sys.argv[1]), sys.argv[2:]
with tempfile.TemporaryDirectory(prefix="yd-") as folder:
    cluster = postgres.Cluster(Path(folder), binaries=binaries, durable=False)
    cluster.start()
    try:
        address = postgres.url(Path(folder), "postgres")
        code = subprocess.run(command, env=os.environ | {"TEST_DATABASE_URL": address}, check=False).returncode
    finally:
        cluster.stop()
sys.exit(code)
