"""What every page shares: HEAD where GET is allowed, one place of the rail that is lit."""

import pytest
from django.test import Client
from django.urls import reverse

from access.visitors import visiting
from people import employ
from yidang.identity.models import Role
from yidang.site.context import _nearest


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.mark.django_db
def test_head_is_answered_where_get_is_and_says_nothing():
    client = visiting(employ("li", Role.SECURITY_ADMIN))
    for address in ("/", "/settings/keys/", "/api/openapi.json"):
        answer = client.head(address)
        assert (answer.status_code, answer.content) == (200, b""), address
        assert int(answer["Content-Length"]) > 1000
    assert client.head("/language/").status_code == 405
    assert Client().head("/settings/keys/").status_code == 302


@pytest.mark.parametrize(
    ("path", "place"),
    [("/settings/keys/", "keys"), ("/settings/", "settings"), ("/settings/staff/new/", "settings"), ("/", "home")],
)
def test_one_place_is_lit(path, place):
    assert _nearest(path) == reverse(place)
