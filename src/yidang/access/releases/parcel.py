"""The ZIP in which a data set leaves: its rows, what each column is, and how they were weighed."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from yidang.access.releases.columns import COLUMNS, Treatment
from yidang.access.releases.risk import Row
from yidang.kernel.harmless import harmless

_NOTICE = (
    "本数据集已去标识化，仅限批准的用途和接收方使用，不得尝试重新识别个人（个人信息保护法第五十一条、第七十三条）。"
)


def pack(number: int, plan: Mapping[str, Any], risk: Mapping[str, Any], rows: Sequence[Row]) -> bytes:
    leaving = {c.name: plan["treatments"][c.name] for c in COLUMNS}
    columns = {name: how for name, how in leaving.items() if how != Treatment.LEAVE_OUT}
    about = {"number": number, "plan": plan, "risk": risk, "columns": columns, "notice": _NOTICE}
    sink = io.BytesIO()
    with ZipFile(sink, "w", ZIP_DEFLATED) as parcel:
        parcel.writestr("data.csv", _as_csv(list(columns), rows).encode("utf-8-sig"))
        parcel.writestr("about.json", json.dumps(about, ensure_ascii=False, indent=2))
    return sink.getvalue()


def _as_csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    sink = io.StringIO()
    writer = csv.DictWriter(sink, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: harmless(row.get(name, "")) for name in columns} for row in rows)
    return sink.getvalue()
