"""Who died, was away, may not treat: persons by a blind index and sealed, doctors and institutions by their codes.

Rules read them from the history (`deaths`, `absences`, `suspensions`, `terminations`): there a person stands under the
pseudonym, and only who is an enrolee here stands there at all.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from yidang.claims.lists.reading import Content, Entry
from yidang.claims.models import DatedEntry, TakenList
from yidang.crypto.fields import blind_index, seal_json
from yidang.kernel import resident_id
from yidang.kernel.clock import today

OF_PERSONS = frozenset({"deaths", "absences"})
KINDS = OF_PERSONS | {"suspensions", "terminations"}
_REASONS = ("prison", "abroad")
_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%d %H:%M:%S", "%Y.%m.%d")
_LONGEST_CODE = 20


def checked(kind: str, content: Content) -> Sequence[dict[str, Any]]:
    """Rows as they can be kept; what does not hold goes to the problems."""
    found = []
    for one in content.entries:
        made = _made(kind, one)
        if isinstance(made, tuple):
            content.refuse(one.row, *made)
        else:
            found.append(made)
    return found


def _made(kind: str, entry: Entry) -> dict[str, Any] | tuple[str, str]:
    said = entry.values
    since, until = _day(said["from_on"]), _day(said.get("until_on", ""))
    if since is None or since > today():
        return "from_on", "list_day_wrong"
    if said.get("until_on") and (until is None or until < since):
        return "until_on", "list_day_wrong"
    whom = _person(said) if kind in OF_PERSONS else _code(said)
    if isinstance(whom, tuple):
        return whom
    if kind == "absences" and said["why"] not in _REASONS:
        return "why", "list_reason_unknown"
    return whom | {"from_on": since, "until_on": until, "why": said.get("why", "")}


def _person(said: dict[str, str]) -> dict[str, Any] | tuple[str, str]:
    number = resident_id.upgrade(said["id_number"])
    if not resident_id.is_valid(number):
        return "id_number", "list_id_number_wrong"
    return {"id_number": number, "name": said.get("name", "")}


def _code(said: dict[str, str]) -> dict[str, Any] | tuple[str, str]:
    code = said["code"].upper()
    return {"code": code} if code.isalnum() and len(code) <= _LONGEST_CODE else ("code", "list_code_long")


def _day(text: str) -> date | None:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, of no zone
        except ValueError:
            continue
    return None


def keep(taken: TakenList, rows: Sequence[dict[str, Any]]) -> int:
    """What is known stays with the list that first said it; a new end of it is taken over."""
    coming = {_digest(taken.kind, row): row for row in rows}
    known = {bytes(one.digest): one for one in DatedEntry.objects.filter(digest__in=list(coming))}
    changed = [one for key, one in known.items() if one.until_on != coming[key]["until_on"]]
    for one in changed:
        one.until_on, one.list = coming[bytes(one.digest)]["until_on"], taken
    DatedEntry.objects.bulk_update(changed, ["until_on", "list"], batch_size=1000)
    fresh = [_entry(taken, key, row) for key, row in coming.items() if key not in known]
    DatedEntry.objects.bulk_create(fresh, batch_size=2000)
    return len(fresh) + len(changed)


def _digest(kind: str, row: dict[str, Any]) -> bytes:
    whom = row.get("id_number") or row["code"]
    return blind_index("claims_dated_entry", f"{kind}\n{whom}\n{row['why']}\n{row['from_on']}")


def _entry(taken: TakenList, digest: bytes, row: dict[str, Any]) -> DatedEntry:
    made = DatedEntry(id=uuid4(), list=taken, kind=taken.kind, digest=digest, code=row.get("code", ""))
    made.why, made.from_on, made.until_on = row["why"], row["from_on"], row["until_on"]
    if number := row.get("id_number"):
        made.id_index = blind_index("id_number", number)
        words = {"id_number": number, "name": row["name"]}
        made.sealed = seal_json(words, table="claims_dated_entry", row=str(made.id), field="")
    return made
