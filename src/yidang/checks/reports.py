"""四性检测报告: the same content as JSON, on a page and as PDF."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yidang.checks.catalogue import NATURES, VERSION, rows
from yidang.checks.models import Result, Run
from yidang.crypto.fields import open_field, seal_field
from yidang.crypto.sm import sm3
from yidang.kernel.texts import say

FORMAT = "yidang-four-natures/1"
_TABLE = "checks_run"
_LONGEST = 48_000  # of the 65,535 bytes of an entry


def report_of(run: Run, results: Sequence[Result]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "number": run.name,
        "accession": str(run.accession or ""),
        "stage": run.stage,
        "scheme": run.scheme,
        "catalogue": VERSION,
        "began_at": run.began_at.isoformat(),
        "ended_at": run.ended_at.isoformat(),
        "by": run.actor,
        "items": run.items,
        "passed": all(one.verdict == "passed" for one in results if one.is_mandatory),
        "results": [_entry(one) for one in results],
    }


def _entry(result: Result) -> dict[str, Any]:
    """As the vendor schema quoting DA/T 70 names them: code, item, purpose, object, basis, result, remark."""
    row = rows()[result.code]
    return {
        "code": row.code,
        "item": row.item_zh,
        "purpose": row.nature,
        "object": row.object,
        "basis": row.basis,
        "method": row.method,
        "mode": result.mode,
        "mandatory": result.is_mandatory,
        "result": result.outcome,
        "evidence": {"looked_at": result.looked_at, "found": result.flaws, **result.evidence},
        "remark": say(result.why, "zh") if result.why else "",
    }


def encode(report: dict[str, Any]) -> bytes:
    return json.dumps(report, ensure_ascii=False, sort_keys=True, indent=1).encode()


def digest_of(report: dict[str, Any]) -> bytes:
    return sm3(encode(report))


def seal_report(run: Run, report: dict[str, Any]) -> None:
    data = encode(report)
    run.sealed_report = seal_field(data, table=_TABLE, row=str(run.number), field="report")
    run.report_digest = sm3(data)


def packed(report: dict[str, Any], results: Sequence[Result]) -> str:
    """For the ledger, from which a lost database gets its reports back: names 档号, fields and counts, as the report.

    Too long for an entry, it leaves out which records were named as examples.
    """
    whole = {"report": report, "why": {one.code: one.why for one in results if one.why}}
    text = _pack(whole)
    if len(text) <= _LONGEST:
        return text
    shorter = [one | {"evidence": one["evidence"] | {"flaws": []}} for one in report["results"]]
    return _pack(whole | {"report": report | {"results": shorter}})


def _pack(value: dict[str, Any]) -> str:
    return b64encode(zlib.compress(json.dumps(value, ensure_ascii=False).encode(), 9)).decode()


def unpacked(text: str) -> dict[str, Any]:
    """{"report": as it was made, "why": code → why it was not run}."""
    found: dict[str, Any] = json.loads(zlib.decompress(b64decode(text)))
    return found


def kept_json(run: Run) -> bytes:
    """As it was made when the checks ended; attestations that came later stand on the page and in the ledger."""
    return open_field(bytes(run.sealed_report), table=_TABLE, row=str(run.number), field="report")


def report_json(item_ids: Sequence[UUID]) -> bytes:
    """For a package that leaves the house: the items are gone over now, as at a transfer, and the report is kept.

    Raises Invalid: `check_nothing_there`.
    """
    from yidang.checks.running import check_items
    from yidang.identity.policy import system_grant

    return kept_json(check_items(system_grant("checks"), list(item_ids), stage="transfer"))


def by_nature(results: Sequence[Result]) -> list[tuple[str, list[Result]]]:
    found = [(nature, [one for one in results if rows()[one.code].nature == nature]) for nature in NATURES]
    return [(nature, some) for nature, some in found if some]
