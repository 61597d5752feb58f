"""What is planted, written claim by claim, with the truth beside it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from yidang.claims.generator.catalogue import Catalogue
from yidang.claims.generator.clock import DAY
from yidang.claims.generator.columns import Claims, Lines, Pool
from yidang.claims.generator.courses import INPATIENT, VISITS
from yidang.claims.generator.people import People, pseudonyms
from yidang.claims.generator.world import HOSPITAL, INTERNET, PHARMACY, World

_HOUSE = {"pharmacy": PHARMACY, "internet": INTERNET}
FIRST_DAY = 460  # what is planted begins after a year and more of plain history
LAST_DAY = 690
_BOXES = 900_000_000


@dataclass
class Book:
    """Numbers it hands out are positions in its own rows; `offset` makes persons positions in the cohort."""

    world: World
    items: Catalogue
    pool: Pool
    rng: Any
    seed: int
    cohort: int
    series: int  # of the numbers of boxes
    offset: int
    persons: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    truth: list[tuple[str, int | None, int | None, int | None, int | None, int]] = field(default_factory=list)
    diagnoses: list[tuple[int, str]] = field(default_factory=list)
    ordered: list[tuple[int, str]] = field(default_factory=list)
    unordered: set[tuple[int, int]] = field(default_factory=set)
    unresulted: set[tuple[int, int]] = field(default_factory=set)
    leaves: list[tuple[int, int, int]] = field(default_factory=list)
    stock: dict[int, tuple[int, int] | None] = field(default_factory=dict)
    returns: list[tuple[int, int]] = field(default_factory=list)  # line and the minute its box came back
    beds: dict[int, int] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    vitals: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    dated: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _boxes: int = 0

    def day(self, low: int = FIRST_DAY, high: int = LAST_DAY) -> int:
        return int(self.rng.integers(low, high))

    def turn(self, name: str) -> int:
        """How often this was asked before, so that cases sharing a doctor or a house take days of their own."""
        self.turns[name] = self.turns.get(name, -1) + 1
        return self.turns[name]

    def price(self, claim: int, key: str) -> int:
        return int(self.items.price[self.items[key], self.world.level[self.claims[claim]["provider"]]])

    def doctor(self, provider: int, department: str, number: int = 0) -> int:
        return int(self.world.first_doctor[provider, self.world.department(department)]) + number

    def drop_order(self, claim: int, key: str) -> None:
        """The item is charged, and no order for it was ever written."""
        self.unordered.add((claim, self.items[key]))

    def person(self, *, sex: int = 0, age: tuple[float, float] = (35, 60), region: int = -1, **more: Any) -> int:
        """Born so that the age in whole years stays within `age` as long as anything is planted."""
        years = self.rng.uniform(age[0] + 0.02, age[1] + 0.2)
        one = {
            "sex": sex or int(self.rng.integers(1, 3)),
            "born": int(FIRST_DAY - years * 365.2425),
            "scheme": 310,
            "region": region if region >= 0 else int(self.rng.integers(0, 4)),
            "address": None,
            "blood": "A",
            "height": 168,
        }
        self.persons.append(one | more)
        return len(self.persons) - 1

    def hospital(self, region: int, *, least: int = 2, level: int | None = None) -> int:
        fits = self.world.providers(HOSPITAL, region, least if level is None else level)
        if level is not None:
            fits = fits[self.world.level[fits] == level]
        return int(self.rng.choice(fits))

    def spare(self, region: int, number: int) -> int:
        return int(self.world.providers(HOSPITAL, region, spare=True)[number])

    def other(self, provider: int, *, region: int | None = None) -> int:
        """Another house of the same kind and at least level 2 where it is a hospital."""
        kind = self.world.kind[provider]
        fits = self.world.providers(kind, region, 2 if kind == HOSPITAL else 0)
        return int(self.rng.choice(fits[fits != provider]))

    def claim(self, person: int, day: int, visit: str = "outpatient", **more: Any) -> int:
        """`los` days of stay; `at` the minute of the day it begins; any other column by name."""
        one = self.persons[person]
        stays = visit == "inpatient"
        provider = more.pop("provider", None)
        if provider is None:
            provider = self._house(visit, one["region"])
        where = self.world.department(more.pop("department", "药学部" if visit == "pharmacy" else "全科"))
        begin = day * DAY + int(more.pop("at", self.rng.integers(500, 650)))
        los = int(more.pop("los", 6 if stays else 0))
        end = (day + los) * DAY + int(self.rng.integers(720, 900)) if stays else begin + 30
        row = {
            "person": person,
            "provider": provider,
            "visit": VISITS.index(visit),
            "admitted": begin,
            "discharged": max(end, begin + 60) if stays else end,
            "department": where,
            "doctor": self._doctor(provider, where),
            "scheme": one["scheme"],
            "dx": self.pool[more.pop("dx", "J06.9")],
            "drg": 0,
            "way": 1,
            "reversed": False,
            "course": -1,
            "calm": False,
        }
        row |= more
        self.claims.append(row | {"settled": row.get("settled", row["discharged"] + 10)})
        return len(self.claims) - 1

    def _house(self, visit: str, region: int) -> int:
        kind = _HOUSE.get(visit)
        return self.hospital(region) if kind is None else int(self.rng.choice(self.world.providers(kind, region)))

    def _doctor(self, provider: int, department: int) -> int:
        many = int(self.world.doctor_count[provider, department])
        return int(self.world.first_doctor[provider, department] + self.rng.integers(0, max(many, 1)))

    def line(self, claim: int, key: str, quantity: float = 1, day: int = 0, **more: Any) -> int:
        """`day` of the visit; `after` minutes after its begin instead; any other column by name."""
        head, item = self.claims[claim], self.items[key]
        stays = head["visit"] == INPATIENT
        begin = head["admitted"]
        minute = (begin // DAY + day) * DAY + 720 + len(self.lines) % 400 if stays else begin + day * DAY + 5
        minute = min(max(minute, begin + 5), head["discharged"]) if stays else minute
        medicine = bool(self.items.is_drug[item] or self.items.is_herb[item])
        doctor, department = self._hands(head, item)
        row = {
            "claim": claim,
            "minute": begin + more.pop("after") if "after" in more else minute,
            "item": item,
            "quantity": float(quantity),
            "price": -1,
            "days": self._supply(item, head["visit"]) * medicine,
            "dose": float(self.items.dose[item]) * medicine,
            "doctor": doctor,
            "department": department,
            "trace": -1,
            "box": item,
            "split": False,
            "prescription": (claim + 1) * medicine,
        }
        self.lines.append(row | more)
        return len(self.lines) - 1

    def _hands(self, head: dict[str, Any], item: int) -> tuple[int, int]:
        """The doctor of the visit, but an anaesthetist where one is needed."""
        if self.items.traits[item].get("dept") != "麻醉科":
            return head["doctor"], head["department"]
        theatre = self.world.department("麻醉科")
        return self._doctor(head["provider"], theatre), theatre

    def _supply(self, item: int, visit: int) -> int:
        if self.items.is_herb[item]:
            return 7
        return min(int(self.items.pack_days[item]), (1, 7, 3, 7, 7)[visit])

    def box(self, provider: int | None = None, minute: int = 0) -> int:
        """The serial number of one box; with a provider, where and when it came into stock."""
        self._boxes += 1
        serial = self.series * 10**9 + _BOXES + self._boxes
        if provider is not None:
            self.stock[serial] = (provider, minute)
        return serial

    def stay(self, person: int, day: int, los: int = 6, *, days: bool = True, **more: Any) -> int:
        """A plain stay with its bed, nursing and infusions, so that only what is planted is odd about it."""
        claim = self.claim(person, day, "inpatient", los=los, **more)
        for at in range(max(los, 1)):
            for key in ("bed_3", "nursing_2", "ward_fee", *(("infusion", "saline", "vitamin_c_inj") if days else ())):
                self.line(claim, key, day=at)
        for key in ("cbc", "chem_panel", "urine"):
            self.line(claim, key)
        return claim

    def plant(
        self, scheme: str, *, claim: int | None = None, line: int | None = None, planted: bool = True, **more: Any
    ) -> None:
        """Notes the truth: a line, a claim, a person (`person=`) or an institution (`provider=`)."""
        if line is not None:
            claim = self.lines[line]["claim"]
        head = self.claims[claim] if claim is not None else {}
        person = more.get("person", head.get("person"))
        provider = more.get("provider", head.get("provider"))
        self.truth.append((scheme, line, claim, person, provider, int(planted)))

    def note(self, table: str, **row: Any) -> None:
        """A row of a dated list; days as numbers, persons and providers as positions."""
        self.dated.setdefault(table, []).append(row)

    def people(self) -> People:
        numbers = self.offset + np.arange(len(self.persons))
        column = {name: np.array([one[name] for one in self.persons]) for name in ("sex", "born", "scheme", "region")}
        alone = pseudonyms(self.seed + 2, numbers)
        address = [
            own if one["address"] is None else one["address"] for one, own in zip(self.persons, alone, strict=True)
        ]
        return People(
            pseudonym=pseudonyms(self.seed, 10**12 + (self.cohort + 1) * 10**8 + numbers),
            address=np.array(address, dtype=np.int64),
            blood=np.array([one["blood"] for one in self.persons]),
            height=np.array([one["height"] for one in self.persons]),
            **column,
        )

    def columns(self, claims_before: int) -> tuple[Claims, Lines]:
        claims, lines = Claims.of(self.claims), Lines.of(self.lines)
        claims.person += self.offset
        lines.claim += claims_before
        lines.prescription = np.where(lines.prescription > 0, lines.prescription + claims_before, 0)
        return claims, lines
