"""A graph of persons whose cards are always settled together: its connected groups of three and more."""
# ruff: noqa: S608 - the text is made of the schema, the rule book and quoted paths; no value of a person enters it

from collections import Counter
from collections.abc import Iterable
from typing import Any

MINUTES, DAYS, MEMBERS = 10, 3, 3

# People of one household come together for good reason.
_MEETINGS = f"""
WITH visits AS (
  SELECT DISTINCT s.provider, s.person, s.settled_day, s.settled_minute, p.address
  FROM past_stay s LEFT JOIN persons p ON p.person = s.person
  WHERE s.visit = 'pharmacy'
), met AS (
  SELECT DISTINCT a.provider, a.person AS one, b.person AS other, a.settled_day
  FROM visits a
  JOIN visits b ON b.provider = a.provider AND b.settled_day = a.settled_day AND b.person > a.person
    AND ABS(a.settled_minute - b.settled_minute) <= {MINUTES}
    AND (a.address IS NULL OR b.address IS NULL OR a.address <> b.address)
), often AS (
  SELECT provider, one, other, COUNT(*) AS days FROM met GROUP BY provider, one, other HAVING COUNT(*) >= {DAYS}
)
SELECT m.provider, m.one, m.other, m.settled_day, o.days
FROM met m JOIN often o ON o.provider = m.provider AND o.one = m.one AND o.other = m.other"""
# A chain of chance meetings joins many: a group counts where three of it came together on so many days.
_COMPANIONS = f"""
WITH present AS (
  SELECT DISTINCT g.person, m.provider, m.settled_day, g.leader
  FROM meetings m JOIN companion_groups g ON g.person = m.one
  UNION
  SELECT DISTINCT g.person, m.provider, m.settled_day, g.leader
  FROM meetings m JOIN companion_groups g ON g.person = m.other
), gatherings AS (
  SELECT provider, settled_day, leader FROM present
  GROUP BY provider, settled_day, leader HAVING COUNT(DISTINCT person) >= {MEMBERS}
), regular AS (
  SELECT p.leader, p.provider, p.person, COUNT(DISTINCT p.settled_day) AS days
  FROM present p
  JOIN gatherings g ON g.provider = p.provider AND g.settled_day = p.settled_day AND g.leader = p.leader
  GROUP BY p.leader, p.provider, p.person HAVING COUNT(DISTINCT p.settled_day) >= {DAYS}
), gangs AS (
  SELECT leader, provider, COUNT(*) AS members FROM regular
  GROUP BY leader, provider HAVING COUNT(*) >= {MEMBERS}
)
SELECT r.person, r.provider, p.settled_day, r.leader, c.members, r.days
FROM regular r
JOIN gangs c ON c.leader = r.leader AND c.provider = r.provider
JOIN present p ON p.person = r.person AND p.provider = r.provider AND p.leader = r.leader"""
_COLUMNS = {"person": "BIGINT", "leader": "BIGINT", "members": "INT"}


def companions(engine: Any) -> None:
    engine.keep("meetings", _MEETINGS)
    edges = engine.rows("SELECT DISTINCT one, other FROM meetings")
    engine.table("companion_groups", _COLUMNS, groups(edges))
    engine.keep("companions", _COMPANIONS)


def groups(edges: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """(person, smallest person of the group, size) for every group of three and more."""
    leader: dict[int, int] = {}
    for one, other in edges:
        a, b = _root(leader, one), _root(leader, other)
        leader[max(a, b)] = min(a, b)
    members = {person: _root(leader, person) for person in leader}
    sizes = Counter(members.values())
    return [(person, root, sizes[root]) for person, root in sorted(members.items()) if sizes[root] >= MEMBERS]


def _root(leader: dict[int, int], person: int) -> int:
    leader.setdefault(person, person)
    while leader[person] != person:
        leader[person] = leader[leader[person]]
        person = leader[person]
    return person
