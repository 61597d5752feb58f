"""The destruction list as it is printed: terms in words, totals, and a line for everybody who signs."""

import pytest
from django.test import Client

from yidang.disposition.rules import years_kept
from yidang.identity.factors import HAS_PROVED

from .records import file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def test_years_kept_count_from_the_january_after():
    assert [years_kept(2010, year) for year in (2010, 2011, 2021, 2026)] == [0, 0, 10, 15]


def test_the_list_says_terms_in_words_and_where_to_sign(bureau):
    file()
    found = bureau.approved()
    client = Client()
    client.force_login(bureau.staff["archivist"])
    session = client.session
    session[HAS_PROVED] = True
    session.save()
    page = client.get(f"/disposition/lists/{found.id}/print/").content.decode()
    line = found.items.select_related("candidate").first()
    assert line.candidate.reference_code in page
    assert f">{line.candidate.term}<" not in page
    assert "合计" in page
    assert page.count("签字：____") == 4  # who drew it, who approved it, two witnesses
