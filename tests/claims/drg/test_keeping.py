"""Schemes in the archive: imported once, by whoever may, and the newest in force is the one used."""

import shutil
from datetime import date

import pytest

from yidang.claims.drg.errors import SchemeExists, SchemeNotFound
from yidang.claims.drg.keeping import current, keep_scheme, opened
from yidang.claims.drg.reading import read_scheme, synthetic, synthetic_folder
from yidang.claims.drg.rules import Case, Grouper
from yidang.identity.policy import NOBODY, system_grant
from yidang.kernel.errors import NotAllowed
from yidang.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db
_DAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path):
    made = shutil.copytree(synthetic_folder(), tmp_path / "tables")
    _head(made, "BUREAU,本地方案,2026,local,李工 2026-01-05,2026-01-01,")
    return made


def _head(folder, row):
    path = folder / "scheme.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + f"\n{row}\n", encoding="utf-8")


def test_imported_tables_group_as_the_files_do_and_the_import_is_in_the_ledger(folder):
    made = keep_scheme(grant=system_grant("test"), scheme=read_scheme(folder))
    assert opened(made) == read_scheme(folder)
    assert Grouper(current(_DAY)).group(Case("J18.9", ("J96.9",))).drg == "ES21"
    assert current(_DAY).version.is_verified
    assert LedgerEntry.objects.filter(action="claims.drg_scheme_imported", subject=made.id).count() == 1


def test_the_same_tables_again_change_nothing_and_others_need_a_version(folder):
    first = keep_scheme(grant=system_grant("test"), scheme=read_scheme(folder))
    assert keep_scheme(grant=system_grant("test"), scheme=read_scheme(folder)) == first
    with (folder / "complications.csv").open("a", encoding="utf-8") as sink:
        sink.write("Z99*,CC,\n")
    with pytest.raises(SchemeExists):
        keep_scheme(grant=system_grant("test"), scheme=read_scheme(folder))


def test_what_is_not_in_force_yet_is_not_used(folder):
    _head(folder, "LATER,明年的方案,2027,local,,2027-01-01,")
    keep_scheme(grant=system_grant("test"), scheme=read_scheme(folder))
    assert current(_DAY).version == synthetic().version
    assert current(date(2027, 1, 1)).version.code == "LATER"
    with pytest.raises(SchemeNotFound):
        current(_DAY, "LATER")


def test_who_may_not_import_claims_may_not_import_tables(folder):
    with pytest.raises(NotAllowed):
        keep_scheme(grant=NOBODY, scheme=read_scheme(folder))
