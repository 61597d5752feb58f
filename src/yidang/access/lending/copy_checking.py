"""What a copy in a stranger's hands is worth.

1. It is a PDF with a statement inside, and the statement holds: signed by us, in the ledger, not withdrawn.
2. The statement is of a copy, and its pages are those that were certified.
3. The file is one that was handed out, to the last byte.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from yidang.access.lending.certified import COPY, digest_of
from yidang.access.lending.copy_pdf import FILE, pictures_in
from yidang.access.lending.models import CertifiedCopy
from yidang.crypto.sm import sm3
from yidang.ledger.statements.checking import Outcome, Verdict, check

LARGEST = 50 * 2**20
_DIGEST = -1  # the last of the kind's values


@dataclass(frozen=True, slots=True)
class CopyVerdict:
    """`pages_agree` and `file_agrees` are None where it did not come to that."""

    statement: Verdict
    pages_agree: bool | None = None
    file_agrees: bool | None = None

    @property
    def is_altered(self) -> bool:
        """The copy, not the statement inside it."""
        return self.pages_agree is False or (self.file_agrees is False and self.statement.holds)

    @property
    def outcome(self) -> Outcome:
        """Altered pages come before everything that the statement itself still says."""
        return Outcome.ALTERED if self.is_altered else self.statement.outcome


def check_copy(pdf: bytes) -> CopyVerdict:
    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            text = _statement(opened)
            pictures = pictures_in(opened)
    except (pikepdf.PdfError, KeyError, ValueError, TypeError, AttributeError, RuntimeError):
        return CopyVerdict(Verdict(Outcome.UNREADABLE))
    verdict = check(text)  # 1
    claims = verdict.claims
    if claims is None or claims.kind != COPY.code:
        return CopyVerdict(verdict if claims is None else Verdict(Outcome.UNREADABLE))
    pages_agree = _pages_agree(pictures, claims.values)  # 2
    return CopyVerdict(verdict, pages_agree, _is_ours(claims.number, pdf))  # 3


def _statement(opened: pikepdf.Pdf) -> str:
    content = json.loads(opened.attachments[FILE].get_file().read_bytes())
    return str(content["statement"])


def _pages_agree(pictures: Sequence[bytes], values: Sequence[object]) -> bool:
    return digest_of(pictures).hex() == values[_DIGEST]


def _is_ours(number: str, pdf: bytes) -> bool:
    kept = CertifiedCopy.objects.filter(number=number).values_list("files", flat=True).first()
    return kept is not None and bytes(sm3(pdf)) in {bytes(one) for one in kept}
