"""Attacks on the pages: an archive with a few records, and one visitor of each role."""

import pytest
from attacks import CLOSED_NAMES  # noqa: F401 - fails early when the map of routes cannot be read

from access.conftest import home, plain_static_files, scheme  # noqa: F401 - fixtures
from access.test_matrix import visitors  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
