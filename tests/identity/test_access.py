"""The gate before a view."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from people import employ
from yidang.identity.access import permission_required, signed_in
from yidang.identity.policy import Permission
from yidang.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


@permission_required(Permission.VIEW_RECORDS)
def records(request):
    return HttpResponse(request.grant.username)


def request_of(user):
    request = RequestFactory().get("/items/?q=1")
    request.user = user
    return request


def test_the_unknown_are_sent_to_sign_in_and_back():
    response = records(request_of(AnonymousUser()))
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/items/%3Fq%3D1"


def test_who_has_the_permission_passes_with_a_grant():
    reader = employ("daiyu", "reader", "dyg")
    assert records(request_of(reader)).content == b"daiyu"


def test_who_lacks_it_is_refused():
    with pytest.raises(NotAllowed, match="not_allowed"):
        records(request_of(employ("xitong", "system_admin")))


def test_some_pages_ask_only_that_somebody_is_there():
    page = signed_in(lambda request: HttpResponse(request.grant.role))
    assert page(request_of(employ("xitong", "system_admin"))).content == b"system_admin"
