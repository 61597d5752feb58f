"""A new database starts from a file instead of a hundred migrations; both must say the same."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from yidang.site.runtime import schema

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_file_says_what_all_migrations_say():
    command = [sys.executable, ROOT / "tools" / "schema.py", "--print"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert made.stdout == schema.FILE.read_text(encoding="utf-8"), "run `make schema`"


@pytest.mark.django_db
def test_nothing_is_left_to_migrate():
    call_command("migrate", check_unapplied=True, verbosity=0)


@pytest.mark.django_db
def test_a_database_that_holds_anything_never_meets_it():
    before = connection.introspection.table_names()
    schema.lay_down()
    assert connection.introspection.table_names() == before
