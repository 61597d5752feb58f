"""A bureau whose records of one series are due, and the people who may end them."""

from dataclasses import dataclass, replace

import pytest
from django.conf import settings

from people import employ
from yidang.disposition import appraising, kinds, listing
from yidang.disposition.models import DestructionList
from yidang.holdings.scheme import load_scheme
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, grant_for
from yidang.kernel import clock
from yidang.workflow.operations import approve, ask_approval


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=tmp_path / "home", store=""))


@dataclass
class Bureau:
    """Everybody by the part they play; grants are made anew at each look."""

    staff: dict[str, Staff]

    def __getattr__(self, name: str) -> Grant:
        return grant_for(self.staff[name])

    def id(self, name: str):
        return self.staff[name].pk

    def group(self) -> dict:
        parts = {"head": "head", "clerk": "business", "archivist": "archivist", "authority": "authority"}
        return {self.id(name): part for name, part in parts.items()}

    def appraisal(self, series=("DYMZ",)):
        return appraising.open_appraisal(
            self.archivist, series=series, until=clock.today().year, members=self.group(), url="/{id}/"
        )

    def say(self, appraisal, choice="destroy", term="", reason="", who=("head", "clerk", "archivist", "authority")):
        words = {row.id: (choice, term) for row in appraisal.candidates.all()}
        for name in who:
            appraising.give_opinions(getattr(self, name), appraisal_id=appraisal.id, words=words, reason=reason)

    def reported(self, **words):
        appraisal = self.appraisal()
        self.say(appraisal, **words)
        made = appraising.report(self.archivist, appraisal_id=appraisal.id, text="到期，无继续保存价值")
        appraising.apply_terms(self.archivist, made)
        return made

    def drawn(self, appraisal=None) -> DestructionList:
        appraisal = appraisal or self.reported()
        witnesses = [self.id("clerk"), self.id("second")]
        return listing.draw(self.archivist, appraisal_id=appraisal.id, witnesses=witnesses, wait_days=7)

    def approved(self) -> DestructionList:
        found = self.drawn()
        listing.put_on_record(
            self.archivist, list_id=found.id, office="市人社局", number="备〔2026〕7号", on=clock.today()
        )
        self.sanction(kinds.DESTRUCTION, {"list": str(found.id)})
        return DestructionList.objects.get(id=found.id)

    def witnessed(self) -> DestructionList:
        found = self.approved()
        DestructionList.objects.update(not_before=clock.today())
        for name in ("clerk", "second"):
            listing.witness(getattr(self, name), list_id=found.id, second_factor_fresh=True)
        return DestructionList.objects.get(id=found.id)

    def sanction(self, kind, plan, *, by="head", asked_by="archivist"):
        asked = ask_approval(grant=getattr(self, asked_by), kind=kind, plan=plan, reason="按规定")
        return approve(grant=getattr(self, by), approval_id=asked.id, second_factor_fresh=True)


@pytest.fixture
def bureau(db) -> Bureau:
    load_scheme()
    jobs = {
        "head": ("manager", None),
        "archivist": ("archivist", None),
        "authority": ("archivist", None),
        "clerk": ("reader", "dyg"),
        "second": ("reader", "cbg"),
    }
    return Bureau({name: employ(name, role, section) for name, (role, section) in jobs.items()})
