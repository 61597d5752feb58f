"""Whether somebody's claims stop: the one question that other rooms ask of this one.

Answered by code, ID number or pseudonym and a day, wherever the person practises or is treated. Nothing medical goes in
and nothing but dates and a status comes out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yidang.credit import reckoning, rules, sealing
from yidang.credit.door import opened
from yidang.credit.models import Subject
from yidang.credit.ports import Answers
from yidang.credit.subjects import marked
from yidang.kernel.clock import today

NORMAL = rules.Status.NORMAL


@dataclass(frozen=True, slots=True)
class Standing:
    """`points` of the year of that day; `since` and `until` of the measure in force, until being its first free day."""

    status: rules.Status = NORMAL
    points: int = 0
    since: date | None = None
    until: date | None = None

    @property
    def code(self) -> str:
        """Key of the text in `messages.toml` that says the reason; blank when nothing stops."""
        return "" if self.status == NORMAL else f"credit_stops_{self.status}"

    @property
    def facts(self) -> dict[str, str]:
        """What fills the places of that text."""
        return {"since": _said(self.since), "until": _said(self.until)}

    def stops(self, *, is_emergency: bool = False) -> bool:
        """Emergency and rescue are paid also of who is suspended; nothing of who is terminated."""
        if self.status == rules.Status.SUSPENDED:
            return not is_emergency
        return self.status != NORMAL


def of_practitioner(code: str, on: date | None = None) -> Standing:
    """Unknown codes stand well: an archive is opened by the first decision."""
    return _standing("code", code.strip().upper(), on)


def of_person(key: int | str, on: date | None = None) -> Standing:
    """`key` is the pseudonym claims know the person by, or the ID number itself."""
    if isinstance(key, str):
        return _standing("id", sealing.plain_id(key), on)
    index = Answers.persons.index_of(key)
    return _standing("index", index.hex(), on) if index else Standing()


def _standing(kind: str, value: str, on: date | None) -> Standing:
    with opened():
        subject = marked(kind, value)
        return of_subject(subject, on or today()) if subject else Standing()


def of_subject(subject: Subject, on: date) -> Standing:
    """Behind the door."""
    return of_subjects([subject], on)[subject.pk]


def of_subjects(subjects: Sequence[Subject], on: date) -> dict[UUID, Standing]:
    """Behind the door; as many queries for thousands as for one."""
    ids = [one.pk for one in subjects]
    points, terms = reckoning.totals(ids, on.year), reckoning.measures(ids)
    return {one: _made(rules.status_on(on, terms[one]), points[one]) for one in ids}


def _made(term: rules.Term | None, points: int) -> Standing:
    if term is None:
        return Standing(points=points)
    return Standing(term.status, points, term.since, term.until)


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""
