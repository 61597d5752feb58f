"""Messages of the national interface (4101/4101A; fee lines as in 2204): one, a list of them, or one a line."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from yidang.claims.importing.files import Given
from yidang.claims.importing.mapping import fee_categories, shipped
from yidang.claims.importing.readers.laying import lay
from yidang.kernel.errors import Invalid

_BATCH = 5000
_LISTS = {"diseinfo": "diagnoses", "oprninfo": "operations", "feedetail": "lines"}
_FUNDS = (
    "hifp_pay", "hifmi_pay", "maf_pay", "cvlserv_pay", "hifob_pay", "hifes_pay", "hifdm_pay", "oth_pay", "preselfpay",
    "fulamt_ownpay", "acct_pay", "psn_cash_pay", "acct_mulaid_pay",
)  # fmt: skip
_FEE = ("amt", "claa_sumfee", "clab_amt", "fulamt_ownpay_amt", "oth_amt")
Record = dict[str, str | None]


def read(db: Any, given: Given) -> set[str]:
    """Row n is message n. Raises Invalid `claims_file_broken`."""
    tables: set[str] = set()
    messages = enumerate(_messages(given), 1)
    while some := list(islice(messages, _BATCH)):
        found: dict[str, list[tuple[int, Record]]] = {}
        for number, message in some:
            body = _body(message)
            if body is None:
                db.execute("INSERT INTO bad VALUES ('', ?, ?, 'message_malformed', 'setlinfo')", [given.number, number])
                continue
            for table, record in _records(body):
                found.setdefault(table, []).append((number, record))
        for table, records in found.items():
            _lay(db, table, given.number, records)
        tables |= set(found)
    return tables


def _lay(db: Any, table: str, file: int, records: list[tuple[int, Record]]) -> None:
    headings = list(dict.fromkeys(key for _number, record in records for key in record))
    rows = ((number, [record.get(key) for key in headings]) for number, record in records)
    lay(db, table, file, (headings, rows), shipped())


def _messages(given: Given) -> Iterator[Any]:
    """Numbers stay text: an amount must not pass through a float."""
    try:
        text = given.path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Invalid("claims_encoding", file=given.name) from problem
    if given.path.suffix.lower() == ".jsonl":
        yield from (_parsed(line) for line in text.splitlines() if line.strip())
        return
    try:
        whole = _loaded(text)
    except (ValueError, RecursionError) as problem:
        raise Invalid("claims_file_broken", file=given.name, row=getattr(problem, "lineno", 1)) from problem
    yield from whole if isinstance(whole, list) else [whole]


def _parsed(line: str) -> Any:
    try:
        return _loaded(line)
    except (ValueError, RecursionError):
        return None


def _loaded(text: str) -> Any:
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _body(message: Any) -> dict[str, Any] | None:
    """The input of an envelope, or a message without one; None when there is no settlement in it."""
    body = message.get("input", message) if isinstance(message, dict) else None
    if not isinstance(body, dict):
        return None
    lists_are_lists = all(isinstance(body.get(name, []), list) for name in (*_LISTS, "iteminfo", "payinfo"))
    is_whole = isinstance(body.get("setlinfo"), dict) and lists_are_lists
    return body if is_whole else None


def _records(body: dict[str, Any]) -> Iterator[tuple[str, Record]]:
    header = {key: _text(value) for key, value in body["setlinfo"].items()}
    header |= {"fees": _fees(body.get("iteminfo", [])), "funds": _funds(body, header)}
    if not header.get("med_type") and not header.get("ipt_med_type"):
        header["med_type"] = "inpatient" if header.get("adm_time") else "outpatient"
    yield "settlements", header
    if header.get("psn_no"):
        yield "persons", {key: header[key] for key in header if key in _OF_PERSON}
    for name, table in _LISTS.items():
        for place, one in enumerate(body.get(name, []), 1):
            record = {key: _text(value) for key, value in one.items()} if isinstance(one, dict) else {}
            record["setl_id"] = header.get("setl_id")
            if table != "lines":
                record.setdefault("seq", str(place))
            yield table, record


_OF_PERSON = {name for column in shipped()["persons"].values() for name in column.names}


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, dict | list):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() or None


def _fees(rows: list[Any]) -> str | None:
    """{"1": [amount, 甲, 乙, 自费, 其他]} in fen, by the order or the name of the category."""
    names = {name: order for order, name in fee_categories().items()}
    found = {}
    for row in rows:
        given = row if isinstance(row, dict) else {}
        kind = str(given.get("med_chrgitm", given.get("med_chrgitm_type", ""))).strip()
        found[names.get(kind) or kind.lstrip("0")] = [_fen(given.get(key)) for key in _FEE]
    return json.dumps(found) if found else None


def _funds(body: dict[str, Any], header: Record) -> str | None:
    found = {key: _fen(header[key]) for key in _FUNDS if header.get(key)}
    for row in body.get("payinfo", []):
        if isinstance(row, dict) and row.get("fund_pay_type"):
            found[str(row["fund_pay_type"])[:20]] = _fen(row.get("fund_payamt"))
    return json.dumps(found) if found else None


def _fen(value: Any) -> int:
    """What is no amount counts as none, and the sums will not agree."""
    from yidang.kernel.money import parse_yuan

    try:
        return parse_yuan(str(value)) if value not in (None, "") else 0
    except Invalid:
        return 0
