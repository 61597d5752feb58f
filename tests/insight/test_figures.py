"""The head's figures: counted over everything whoever asks, entered where no record tells, refused to others."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.conf import settings as house
from django.test import Client
from openpyxl import load_workbook

from people import employ
from yidang.holdings import operations
from yidang.holdings.description import Description, Field
from yidang.holdings.drafts import Draft
from yidang.holdings.models import Item
from yidang.holdings.scheme import load_scheme
from yidang.identity.factors import HAS_PROVED
from yidang.identity.policy import SYSTEM, grant_for
from yidang.insight import counting
from yidang.insight.dashboard import dashboard
from yidang.insight.models import Snapshot, YearlyEntry
from yidang.insight.yearly.table import enter, table
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Invalid, NotAllowed

YEAR = today().year


@pytest.fixture
def head(db, tmp_path, monkeypatch):
    monkeypatch.setattr(house, "YIDANG", replace(house.YIDANG, home=tmp_path / "home", store=""))
    load_scheme()
    return employ("zhuren", "manager")


@pytest.fixture
def records(head):
    drafts = [Draft("DYJS", YEAR, Description({"title": Field(f"清单{n}")}), [], is_paper_only=True) for n in range(3)]
    made = operations.create_drafts(SYSTEM, drafts)
    return operations.file_items(SYSTEM, [item.pk for item in made])


def value(grant, code):
    return next(one.value for one in dashboard(grant).figures if one.code == code)


def line(grant, code, year=YEAR):
    return next(row.value for row in table(grant, year).rows if row.line.code == code)


def test_the_first_visitor_waits_for_a_counting_of_everything(head, records):
    assert value(grant_for(head), "items") == 3
    assert value(grant_for(head), "filed_this_year") == 3
    assert value(grant_for(head), "digitised") == 0


def test_the_keeper_counts_anew_only_when_it_is_time(head, records):
    assert counting.keep_fresh()
    assert not counting.keep_fresh()
    Snapshot.objects.update(made_at=now() - counting.EVERY - timedelta(seconds=1))
    Item.objects.filter(pk=records[0].pk).update(year=2010, term="D10")  # due since 2021
    assert counting.keep_fresh()
    assert value(grant_for(head), "due") == 1


def test_every_figure_opens_a_page_and_has_a_name(head, records, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    client = Client()
    client.force_login(head)
    session = client.session
    session[HAS_PROVED] = True
    session.save()
    page = client.get("/figures/").content.decode()
    assert "馆藏件数" in page
    for one in dashboard(grant_for(head)).figures:
        assert one.address in page
        assert client.get(one.address).status_code == 200, one.address
    yearly = client.get("/figures/yearly/").content.decode()
    for row in table(grant_for(head), YEAR).rows:
        assert bool(row.address) is not row.line.is_entered, row.line.code
        assert row.address.replace("&", "&amp;") in yearly
        assert not row.address or client.get(row.address).status_code == 200, row.address
    assert records[0].reference_code in client.get(f"/holdings/filed/?formed={YEAR}&term=D30").content.decode()


def test_the_yearly_table_counts_and_takes_what_is_entered(head, records):
    grant = grant_for(head)
    assert line(grant, "items_D30") == 3
    assert line(grant, "area_store") is None
    assert enter(grant=grant, year=YEAR, given={"area_store": "120.5", "scanners": "2"}) == 2
    assert enter(grant=grant, year=YEAR, given={"area_store": "120.50", "scanners": ""}) == 1
    assert (line(grant, "area_store"), line(grant, "scanners")) == (120.5, None)
    enter(grant=grant, year=YEAR, given={"scanners": "2"})
    assert str(line(grant, "scanners")) == "2"  # as it was typed, not 2.00


@pytest.mark.parametrize("wrong", ["-1", "many", "1e99", "NaN", "Infinity"])
def test_what_is_no_number_is_named(head, wrong):
    with pytest.raises(Invalid) as refused:
        enter(grant=grant_for(head), year=YEAR, given={"area_store": wrong})
    assert refused.value.code == "yearly_value_wrong"
    assert not YearlyEntry.objects.exists()


def test_counted_lines_are_not_entered(head):
    assert enter(grant=grant_for(head), year=YEAR, given={"items": "999999"}) == 0


def test_nobody_else_sees_them(head, db):
    with pytest.raises(NotAllowed):
        dashboard(grant_for(employ("duzhe", "reader", "cbg")))
    with pytest.raises(Invalid):
        table(grant_for(head), YEAR + 1)


def test_the_sheets_hold_the_same_rows(head, records):
    from yidang.insight.yearly.sheets import as_pdf, as_xlsx, cells

    found = table(grant_for(head), YEAR)
    rows = list(load_workbook(BytesIO(as_xlsx(found))).active.iter_rows(min_row=3, values_only=True))
    assert len(rows) == len(cells(found)) == len(found.rows)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(as_pdf(found)))
    assert "永久" in text
