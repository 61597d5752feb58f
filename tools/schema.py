"""schema.py [--print]: writes src/yidang/site/runtime/schema.sql, the tables as all migrations together leave them.

What migrations make is dumped, laid down once more and dumped again: PostgreSQL words some constraints otherwise the
second time, and a file that stays as it is can be compared.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

# What only pg_dump's own session needs, and older servers do not know.
_DROPPED = ("SET ", "\\", "--", "SELECT pg_catalog.set_config")
_MOMENT = "1970-01-01 00:00:00+00"  # when which migration ran here says nothing elsewhere


def dumped(home: Path, database: str) -> str:
    from yidang.site.runtime import postgres

    command = [postgres.packaged_binaries() / "pg_dump", "--no-owner", "--no-privileges", "--inserts"]
    address = postgres.url(home, database)
    done = subprocess.run([*command, "--rows-per-insert=500", address], capture_output=True, text=True, check=True)
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith(_DROPPED)]
    return "\n".join(lines) + "\n"


def made_by_migrations(home: Path) -> str:
    import psycopg

    from yidang.identity import reach
    from yidang.site.runtime import postgres, prepare, wall

    cluster = postgres.Cluster(home, durable=False)
    cluster.start()
    try:
        prepare.ensure_database(home)
        reach.act_as_system()
        wall.step_before()
        prepare.migrate()
        with psycopg.connect(postgres.url(home), autocommit=True) as connection:
            connection.execute("update django_migrations set applied = %s", [_MOMENT])
            connection.execute("create database again")
        with psycopg.connect(postgres.url(home, "again")) as connection:
            connection.execute(dumped(home, postgres.DATABASE))  # type: ignore[arg-type]  # our own dump
        return dumped(home, "again")
    finally:
        cluster.stop()


def main() -> None:
    import django

    with tempfile.TemporaryDirectory(prefix="yd-") as folder:
        os.environ |= {"YIDANG_HOME": folder, "DJANGO_SETTINGS_MODULE": "yidang.site.settings"}
        django.setup()
        from yidang.site.runtime import schema

        text = made_by_migrations(Path(folder))
        if "--print" in sys.argv:
            sys.stdout.write(text)
        else:
            schema.FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
