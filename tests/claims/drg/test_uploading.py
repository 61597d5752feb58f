"""Tables by browser: read and shown first, taken in once, told where they are wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yidang.claims.drg.reading import synthetic_folder
from yidang.claims.models import DrgScheme


@pytest.fixture
def desk(visit):
    return visit("inspector")


def given(**instead):
    return [
        SimpleUploadedFile(path.name, instead.get(path.stem, path.read_bytes()))
        for path in sorted(synthetic_folder().glob("*.csv"))
    ]


def test_tables_are_shown_and_then_taken_in(desk):
    page = desk.post(reverse("claims:drg_tables"), {"files": given()})
    assert not DrgScheme.objects.exists()
    upload = page.context["upload"]
    assert dict(page.context["counts"])["drgs"] > 0
    done = desk.post(reverse("claims:take_drg_tables", args=[upload]))
    assert done.status_code == 302
    assert DrgScheme.objects.get().source == "synthetic"
    assert desk.post(reverse("claims:take_drg_tables", args=[upload])).status_code == 404


def test_what_is_wrong_is_told_with_its_place(desk):
    page = desk.post(reverse("claims:drg_tables"), {"files": given(trauma=b"code,part_of_body\n,1\n")})
    assert page.context["problem"].facts["file"] == "trauma.csv"
    other = SimpleUploadedFile("names.csv", b"a,b\n")
    assert desk.post(reverse("claims:drg_tables"), {"files": [other]}).context["problem"].code == "drg_file_unknown"
