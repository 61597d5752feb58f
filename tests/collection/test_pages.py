"""Every page of the room, empty and filled, for who may and who may not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from yidang.collection import letters, obligations, requirements
from yidang.collection.models import Case, Letter, Obligation, Requirement
from yidang.collection.requirements import Wanted
from yidang.collection.rules import Every, Recurrence
from yidang.kernel.clock import today

from .conftest import FILES, HOSPITAL, words

LISTS = ("calendar", "obligations", "overdue", "cases")
KEEPERS = ("requirements", "institutions", "letters")


def client_of(bureau, name) -> Client:
    client = Client()
    client.force_login(bureau.staff[name])
    return client


@pytest.fixture
def late(bureau, hospital) -> Requirement:
    made = requirements.keep_requirement(
        bureau.archivist,
        Wanted(
            title="月度住院费用清单",
            series="DYJS",
            recurrence=Recurrence(Every.MONTH, 10),
            starts_on=today() - timedelta(days=120),
            ends_on=None,
            institutions=[HOSPITAL],
            sections=["dyg"],
        ),
    )
    obligations.generate()
    return made


def test_empty_pages_say_what_to_do(bureau):
    client = client_of(bureau, "archivist")
    for name in (*LISTS, *KEEPERS):
        answer = client.get(reverse(f"collection:{name}"))
        assert answer.status_code == 200, name
    assert client_of(bureau, "system").get(reverse("collection:systems")).status_code == 200


def test_filled_pages_name_what_is_owed(bureau, late, caller):
    caller.post(words(), FILES)
    client, one = client_of(bureau, "archivist"), obligations.overdue(bureau.archivist).first()
    letter = letters.issue(bureau.archivist, institution=HOSPITAL)
    case = Case.objects.get()
    pages = [
        *(reverse(f"collection:{name}") for name in (*LISTS, *KEEPERS)),
        reverse("collection:obligation", args=[one.pk]),
        reverse("collection:letter", args=[letter.id]),
        reverse("collection:institution", args=[HOSPITAL]),
        reverse("collection:case", args=[case.pk]),
        reverse("collection:case_sheet", args=[case.pk]),
    ]
    for url in pages:
        assert client.get(url).status_code == 200, url
    board = client.get(reverse("collection:overdue")).content.decode()
    assert "某县人民医院" in board
    shown = client.get(reverse("collection:case", args=[case.pk])).content.decode()
    assert "收费票据" in shown
    assert "JS-2026-0001" in shown


def test_a_clerk_of_another_section_sees_no_case(bureau, caller):
    caller.post(words(), FILES)
    case = Case.objects.get()

    assert client_of(bureau, "stranger").get(reverse("collection:case", args=[case.pk])).status_code == 404
    own = client_of(bureau, "clerk").get(reverse("collection:case", args=[case.pk]))
    assert own.status_code == 200


def test_a_letter_is_one_click_away_and_a_pdf(bureau, late):
    client = client_of(bureau, "archivist")
    answer = client.post(reverse("collection:issue_letter"), {"institution": HOSPITAL, "answer_days": "7"})
    letter = Letter.objects.get()

    assert answer.status_code == 302
    paper = client.get(reverse("collection:letter_pdf", args=[letter.id]))
    assert paper.content[:5] == b"%PDF-"
    assert client_of(bureau, "clerk").get(reverse("collection:letter_pdf", args=[letter.id])).status_code == 403


def test_a_requirement_is_written_down_on_the_page(bureau, hospital):
    form = {
        "title": "月度门诊费用清单",
        "series": "DYMZ",
        "every": "month",
        "day": "5",
        "lag": "1",
        "shift": "after",
        "starts_on": today().replace(day=1).isoformat(),
        "institution": [HOSPITAL],
        "chase_days": "7",
    }
    client = client_of(bureau, "archivist")
    assert client.post(reverse("collection:requirements"), form).status_code == 302
    assert Obligation.objects.filter(institution=HOSPITAL).exists()
    wrong = client.post(reverse("collection:requirements"), form | {"institution": []})
    assert wrong.status_code == 422


def test_a_token_is_shown_once(bureau):
    client = client_of(bureau, "system")
    form = {"name": "医保系统", "code": "hsa", "scope": ["cases:file"], "calls": "60"}
    made = client.post(reverse("collection:systems"), form).content.decode()

    assert "yd_" in made
    assert 'id="token"' not in client.get(reverse("collection:systems")).content.decode()


def test_the_overdue_board_as_a_workbook(bureau, late):
    answer = client_of(bureau, "archivist").get(reverse("collection:overdue_sheet"))
    assert answer.content[:2] == b"PK"
