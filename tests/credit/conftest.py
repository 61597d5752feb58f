from dataclasses import dataclass, replace
from datetime import date

import pytest

from people import CLINIC, employ
from yidang.credit import asking, deciding
from yidang.credit.asking import Ruling
from yidang.identity.policy import Grant, grant_for
from yidang.kernel import clock

DOCTOR = "D990100000001"
FRAUD, LIGHT, HEAVY = "A40-3", "A15-3", "A15-1"
ID_NUMBER = "11010519491231002X"
RULING = Ruling("990100", "penalty", 2026, 1, date(2026, 3, 2), CLINIC)
PERSONAL = replace(RULING, series="person", provider="")


@dataclass
class Bureau:
    admin: Grant
    signer: Grant
    clerk: Grant

    def confirm(self, *behaviours: str) -> None:
        for one in behaviours:
            self.agree("confirmation", asking.enter_confirmation(grant=self.admin, term=one))

    def agree(self, what, row):
        return deciding.decide(grant=self.signer, what=what, row_id=row.pk, agree=True)

    def enter(self, behaviour=LIGHT, responsibility="main", *, serial=1, months=0, on=date(2026, 3, 2), code=DOCTOR):
        ruling = replace(RULING, serial=serial, effective_on=on, year=on.year)
        return asking.enter_deduction(
            grant=self.admin,
            ruling=ruling,
            code=code,
            profession="doctor",
            provider=CLINIC,
            behaviour=behaviour,
            responsibility=responsibility,
            months=months,
        )

    def score(self, *args, **more):
        return self.agree("deduction", self.enter(*args, **more))

    def suspend_person(self, months=3, serial=7):
        ruling = replace(PERSONAL, serial=serial)
        made = asking.enter_measure(
            grant=self.admin, ruling=ruling, id_number=ID_NUMBER, behaviour="A41-3", months=months
        )
        return self.agree("measure", made)


@pytest.fixture
def bureau(db) -> Bureau:
    made = Bureau(
        grant_for(employ("xinyong", "credit_admin")),
        grant_for(employ("jiheqian", "decision_signer")),
        grant_for(employ("jigou", "institution_clerk", CLINIC)),
    )
    made.confirm(f"points:{LIGHT}", f"points:{HEAVY}", f"points:{FRAUD}", "rule:repair_each", "rule:repair_most")
    return made


@pytest.fixture
def on_day(monkeypatch):
    """Sets the bureau's day."""

    def set_to(day: date) -> None:
        moment = clock.now().replace(year=day.year, month=day.month, day=day.day, hour=4)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return set_to
