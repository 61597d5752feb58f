"""A bureau that collects: people, an institution, a business system, small invented papers."""

import io
import json
import sys
from dataclasses import dataclass, replace
from types import ModuleType

import pytest
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from reportlab.pdfgen.canvas import Canvas

from people import employ
from yidang.collection import institutions
from yidang.collection.capture import systems
from yidang.collection.models import Institution
from yidang.holdings.scheme import load_scheme
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, grant_for
from yidang.intake import jobs

HOSPITAL = "H33010600001"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    told = replace(house.YIDANG, home=tmp_path / "home", store="", filing_confidence=0.5, second_factor_roles="none")
    monkeypatch.setattr(house, "YIDANG", told)


@pytest.fixture(autouse=True)
def plain_static_files(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture(autouse=True)
def plain_reading(monkeypatch):
    """Stands in for typing and extraction, which have tests of their own."""
    from yidang.holdings.description import Description, Field

    typing, extract = ModuleType("typing"), ModuleType("extract")
    typing.classify = lambda _texts: ("other", 0.9)
    extract.extract = lambda _kind, _readings: Description({"title": Field("读出的题名", confidence=0.95)})
    monkeypatch.setitem(sys.modules, "yidang.intake.reading.typing", typing)
    monkeypatch.setitem(sys.modules, "yidang.intake.reading.extract", extract)


@dataclass
class Bureau:
    staff: dict[str, Staff]

    def __getattr__(self, name: str) -> Grant:
        return grant_for(self.staff[name])


@pytest.fixture
def bureau(transactional_db) -> Bureau:
    load_scheme()
    jobs_of = {
        "archivist": ("archivist", None),
        "clerk": ("reader", "dyg"),
        "stranger": ("reader", "cbg"),
        "system": ("system_admin", None),
    }
    return Bureau({name: employ(name, role, section) for name, (role, section) in jobs_of.items()})


@pytest.fixture
def hospital(bureau) -> Institution:
    contact = {"person": "王某", "phone": "13800001234", "address": "某路1号"}
    return institutions.keep_institution(
        bureau.archivist, code=HOSPITAL, name="某县人民医院", kind="hospital", contact=contact
    )


@pytest.fixture
def entered(bureau) -> systems.Entered:
    scopes = ["cases:file", "cases:read", "folder"]
    return systems.enter_system(bureau.system, code="hsa", name="医保业务系统", scopes=scopes, series=[])


def pdf(text: str) -> bytes:
    sink = io.BytesIO()
    canvas = Canvas(sink, invariant=1)
    canvas.drawString(72, 700, f"{text} of the invented record, long enough to be a page of text")
    canvas.showPage()
    canvas.save()
    return sink.getvalue()


def words(**changed) -> dict:
    return {
        "case_number": "JS-2026-0001",
        "series": "DYJS",
        "closed_on": "2026-11-18",
        "title": "某某住院费用结算",
        "institution": HOSPITAL,
        "fields": {"person_name": "张三", "id_number": "11010519491231002X", "amount_total": "1234.50"},
        "process": [
            {"step": "受理", "by": "李四", "at": "2026-11-17T09:12:00+08:00"},
            {"step": "审核", "by": "赵六", "at": "2026-11-18T10:00:00+08:00", "result": "通过"},
        ],
        "materials": [
            {"name": "住院费用结算清单", "file": "list.pdf"},
            {"name": "出院记录", "file": "discharge.pdf"},
        ],
    } | changed


@dataclass
class Caller:
    """A business system at the door. `call` works off what the call set going."""

    token: str

    def post(self, case, files: dict[str, bytes], url="/api/v1/cases/", field="case"):
        data = {field: json.dumps(case) if not isinstance(case, str) else case}
        parts = {name: SimpleUploadedFile(name, body) for name, body in files.items()}
        with jobs.inline() as inline:
            answer = Client().post(url, data | parts, headers={"Authorization": f"Bearer {self.token}"})
            inline.run()
        return answer

    def get(self, url):
        return Client().get(url, headers={"Authorization": f"Bearer {self.token}"})


FILES = {"list.pdf": pdf("list"), "discharge.pdf": pdf("discharge")}


@pytest.fixture
def caller(entered) -> Caller:
    return Caller(entered.token)
