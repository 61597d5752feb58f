"""A domain error as a page, as a part of one, and as data."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Unavailable
from yidang.site.errors import error_response
from yidang.site.http import status_of
from yidang.site.middleware import domain_errors


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("item_not_found", item="x"), 404),
        (NotAllowed("not_allowed"), 403),
        (Conflict("accession_closed", number="A"), 409),
        (Invalid("field_unknown", field="x"), 422),
        (Invalid("upload_too_large"), 413),
        (Conflict("too_many_sign_ins", minutes=1), 429),
        (Unavailable("index_busy"), 503),
        (DomainError("x"), 500),
    ],
)
def test_each_family_has_its_status(error, status):
    assert status_of(error) == status


def asked(**headers: str):
    return RequestFactory().get("/items/x/", headers=headers)


def test_a_page_is_asked_for():
    response = error_response(asked(), NotAllowed("not_allowed"))
    assert response.status_code == 403
    assert "您的岗位没有这项权限" in response.content.decode()
    assert "<html" in response.content.decode()


def test_a_part_of_a_page_becomes_a_notice():
    response = error_response(asked(**{"HX-Request": "true"}), NotFound("accession_not_found"))
    assert response["HX-Retarget"] == "#notices"
    assert 'role="alert"' in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_script_gets_code_and_text():
    response = error_response(asked(Accept="application/json"), Conflict("accession_closed", number="A2026-0001"))
    assert response.status_code == 409
    assert b"accession_closed" in response.content


def test_the_text_is_in_the_readers_language():
    with translation.override("en"):
        assert "Your post does not allow this" in error_response(asked(), NotAllowed("not_allowed")).content.decode()


def test_what_may_pass_says_when_to_come_back():
    assert error_response(asked(), Unavailable("index_busy"))["Retry-After"] == "5"
    assert not error_response(asked(), Unavailable("index_busy", retryable=False)).has_header("Retry-After")


def test_only_domain_errors_are_ours_to_explain():
    middleware = domain_errors(lambda _: None)
    assert middleware.process_exception(asked(), ValueError()) is None
    assert middleware.process_exception(asked(), Invalid("field_unknown", field="x")).status_code == 422


def test_facts_never_become_markup():
    page = error_response(asked(), NotFound("item_not_found", item="<script>alert(1)</script>"))
    assert "<script>alert" not in page.content.decode()
