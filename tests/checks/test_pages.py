"""The pages of the four looks, by whom they may be opened and what they show."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from yidang.checks import course
from yidang.checks.models import Failure, Result, SampledItem
from yidang.identity.factors import HAS_PROVED

from .conftest import paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Nobody collects static files for a test."""
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "whitenoise" not in one]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def visit(bureau, name):
    client = Client()
    client.force_login(bureau.staff[name])
    session = client.session
    session[HAS_PROVED] = True
    session.save()
    return client


def test_the_accession_page_shows_natures_and_hands_out_the_report(bureau):
    accession = bureau.take_in(paper(1), paper(2, title=" "))
    run = course.screen(bureau.archivist, accession=accession)
    client, path = visit(bureau, "archivist"), f"/checks/accessions/{accession}/"
    page = client.get(path).content.decode()
    assert "标准原文尚未取得" in page
    assert "必填项为空" in page
    assert client.get("/checks/").status_code == client.get("/checks/schemes/J001/").status_code == 200
    assert json.loads(client.get(path + "report.json").content)["number"] == run.name
    assert client.get(path + "report.pdf").content.startswith(b"%PDF")
    attested = run.results.get(code="2-8")
    sent = client.post(f"/checks/results/{attested.id}/", {"verdict": "passed", "reason": "附件齐全"})
    assert sent.status_code == 302
    page = client.get(path).content.decode()
    assert "附件齐全" in page
    assert bureau.staff["archivist"].display_name in page.partition('id="looked"')[2]
    assert client.post(path + "draw/").status_code == 302
    assert "完成抽检" in client.get(path).content.decode()
    assert client.post(path + "accept/").status_code in {403, 409}


def test_who_was_not_given_the_accession_finds_nothing(bureau):
    accession = bureau.take_in(paper(1))
    assert visit(bureau, "acceptor").get(f"/checks/accessions/{accession}/").status_code == 404
    assert visit(bureau, "head").get(f"/checks/accessions/{accession}/").status_code == 403
    assert visit(bureau, "archivist").get(f"/checks/accessions/{uuid4()}/").status_code == 404


def test_the_sample_is_finished_when_every_record_in_it_was_judged(bureau):
    accession = bureau.take_in(paper(1), paper(2))
    client, path = visit(bureau, "archivist"), f"/checks/accessions/{accession}/"
    assert client.post(path + "screen/").status_code == client.post(path + "draw/").status_code == 302
    refused = client.post(path + "sampled/")
    assert refused.status_code == 409
    assert "每件样本都要有结论" in refused.content.decode()
    for one in SampledItem.objects.filter(sample__course=accession):
        assert client.post(f"/checks/sampled/{one.id}/").status_code == 302
    assert "已抽检" in client.post(path + "sampled/", follow=True).content.decode()


def test_one_record_is_looked_at_by_itself(bureau):
    accession = bureau.take_in(paper(1), paper(2, title=" "))
    course.screen(bureau.archivist, accession=accession)
    wanting = Failure.objects.first().item
    client, path = visit(bureau, "archivist"), f"/checks/items/{wanting}/"
    assert "随批次检测" in client.get(path).content.decode()
    assert client.post(path).status_code == 302
    page = client.get(path).content.decode()
    assert "必填项为空" in page
    assert "随批次检测" not in page
    answered = Result.objects.filter(run__item=wanting, outcome="not_run").first()
    sent = client.post(f"/checks/results/{answered.id}/", {"verdict": "passed", "reason": "已人工核对"}, follow=True)
    assert "已人工核对" in sent.content.decode()
    assert visit(bureau, "acceptor").get(path).status_code == 403
    assert client.get(f"/checks/items/{uuid4()}/").status_code == 404
