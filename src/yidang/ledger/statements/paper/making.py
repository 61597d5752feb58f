"""From a statement to its signed sheet."""

import json
from io import BytesIO

import pikepdf
from django.conf import settings

from yidang.ledger.statements.addresses import PATH
from yidang.ledger.statements.kinds import Language, kind_of
from yidang.ledger.statements.operations import Statement
from yidang.ledger.statements.paper.certificates import identity
from yidang.ledger.statements.paper.codes import qr
from yidang.ledger.statements.paper.drawing import sheet
from yidang.ledger.statements.paper.signing import sign_pdf
from yidang.ledger.statements.queries import statement_file


def signed_pdf(statement: Statement, *, base: str, language: Language = "zh") -> bytes:
    """With the statement's file attached, so that the paper's twin carries its own proof.

    Raises Conflict `ledger_entry_waiting`, and what `certificates.identity` and `signing.sign_pdf` raise.
    """
    drawn = sheet(
        statement.claims,
        qr(statement.data, base),
        bureau=settings.YIDANG.bureau_name,
        check=base.rstrip("/") + PATH,
        language=language,
    )
    kind = kind_of(statement.claims.kind)
    title = kind.title(language) if kind else statement.claims.kind
    attached = _with_file(drawn, json.dumps(statement_file(statement), ensure_ascii=False, indent=1).encode())
    return sign_pdf(attached, identity(), reason=f"{title} {statement.number}")


def _with_file(pdf: bytes, content: bytes) -> bytes:
    sink = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.attachments["statement.json"] = content
        opened.save(sink)
    return sink.getvalue()
