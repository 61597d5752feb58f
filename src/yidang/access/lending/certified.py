"""复制件证明: chosen pages with a certificate page under the archive's signature; anybody checks it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.access.certifying import checked_head, settle
from yidang.access.lending import rules
from yidang.access.lending.copy_pdf import copy_pdf
from yidang.access.lending.models import CertifiedCopy, Use
from yidang.access.lending.words import shortened
from yidang.access.searchable_pdf import page_picture
from yidang.crypto.fields import open_json, seal_json
from yidang.crypto.sm import sm3
from yidang.holdings.models import Item, Page
from yidang.holdings.queries import get_item, shown_pages, visible_items
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.models import LedgerStatement
from yidang.ledger.operations import append
from yidang.ledger.statements.claims import Value
from yidang.ledger.statements.kinds import Field, Kind, Language, register
from yidang.ledger.statements.operations import issue, opened

_TABLE = "access_certified_copy"
COPY = register(
    Kind(
        code="copy/1",
        zh="档案复制件证明",
        en="Certified copy",
        sentence_zh="所附 {sheets} 页与档案 {reference_code} 第 {version} 版第 {pages} 页一致。",
        sentence_en="The {sheets} sheets attached agree with pages {pages} of version {version} of {reference_code}.",
        fields=(
            Field("reference_code", "档号", "Reference code"),
            Field("version", "版本", "Version", "count"),
            Field("pages", "页码", "Pages"),
            Field("sheets", "页数", "Number of pages", "count"),
            Field("digest", "页面摘要（SM3）", "Digest of the pages (SM3)"),
        ),
        lasts=timedelta(days=5 * 365),
    )
)


@dataclass(frozen=True, kw_only=True)
class Order:
    """`pages` as `1-3,5`; `receiver` and `reason` are sealed."""

    pages: str
    purpose: str
    receiver: str
    reason: str = ""
    persons: int = 1


def certify_copy(grant: Grant, item_id: UUID, *, order: Order) -> CertifiedCopy:
    """Compares every stored byte first, then signs what pages these are.

    Raises:
        NotAllowed: `not_allowed`. NotFound: `item_not_found`.
        Invalid: `copy_pages_wrong`, `copy_incomplete` with the field. Conflict: as `certifying.state_no_change`.
    """
    grant.require(Permission.DOWNLOAD)
    maker = grant.person
    pages = _checked(get_item(grant, item_id), order)
    with checked_head(grant, item_id) as (item, version):
        digest = digest_of(list(_pictures(item, pages)))
        claims: dict[str, Value] = {
            "reference_code": item.reference_code or "",
            "version": version.number,
            "pages": rules.spans(pages),
            "sheets": len(pages),
            "digest": digest.hex(),
        }
        said = issue(
            kind=COPY.code, claims=claims, ledger_entry=version.ledger_entry, actor=grant.actor, subject=item.pk
        )
        copy = CertifiedCopy(
            number=said.number,
            item=item.pk,
            reference_code=item.reference_code or "",
            version=version.number,
            pages=pages,
            digest=digest,
            made_by_id=maker,
            made_at=clock.now(),
        )
        words = {"receiver": shortened(order.receiver), "reason": shortened(order.reason)}
        copy.sealed = seal_json(words, table=_TABLE, row=str(copy.id), field="words")
        copy.save(force_insert=True)
        _enter(copy, item, order)
        facts = {"number": copy.number, "pages": rules.spans(pages), "version": version.number}
        append(action="copy.certified", actor=grant.actor, subject=item.pk, facts=facts, private=words)
    return copy


def _checked(item: Item, order: Order) -> list[int]:
    if order.purpose not in rules.PURPOSES or not order.receiver.strip() or order.persons < 1:
        raise Invalid("copy_incomplete", field="receiver" if not order.receiver.strip() else "purpose")
    try:
        return rules.pages_of(order.pages, shown_pages(item))
    except ValueError:
        raise Invalid("copy_pages_wrong", last=shown_pages(item)) from None


def _pictures(item: Item, pages: Sequence[int]) -> Iterator[bytes]:
    """Raises Invalid: `copy_pages_wrong` for a page that is no more."""
    rows = {page.number: page for page in Page.objects.select_related("file").filter(item=item, number__in=pages)}
    if set(rows) != set(pages):
        raise Invalid("copy_pages_wrong", last=shown_pages(item))
    return (page_picture(rows[number]) for number in pages)


def digest_of(pictures: Sequence[bytes]) -> bytes:
    return bytes(sm3(b"".join(sm3(picture) for picture in pictures)))


def _enter(copy: CertifiedCopy, item: Item, order: Order) -> None:
    Use.objects.create(
        kind=Use.Kind.COPY,
        copy=copy,
        number=copy.number,
        used_on=clock.today(),
        by_id=copy.made_by_id,
        department_id=Staff.objects.values_list("department", flat=True).get(pk=copy.made_by_id),
        purpose=order.purpose,
        persons=order.persons,
        volumes=1 if item.volume_id else 0,
        items=1,
        pages=len(copy.pages),
    )


def copies_of(grant: Grant) -> QuerySet[CertifiedCopy]:
    """复制件登记: those about records the asker may see."""
    grant.require(Permission.VERIFY)
    seen = visible_items(grant).values("pk")
    return CertifiedCopy.objects.filter(item__in=seen).select_related("made_by", "use").order_by("-made_at", "number")


def get_copy(grant: Grant, number: str) -> CertifiedCopy:
    """Raises NotFound: `copy_not_found`."""
    copy = copies_of(grant).filter(number=number).first()
    if copy is None:
        raise NotFound("copy_not_found")
    return copy


def words_of(copy: CertifiedCopy) -> dict[str, str]:
    found: dict[str, str] = open_json(bytes(copy.sealed), table=_TABLE, row=str(copy.id), field="words")
    return found


def statement_of(copy: CertifiedCopy) -> LedgerStatement:
    return LedgerStatement.objects.get(number=copy.number)


def hand_out_copy(grant: Grant, number: str, *, language: Language = "zh") -> bytes:
    """The signed PDF; its digest is kept, by which an altered one is known.

    Raises:
        NotFound: `copy_not_found`. Conflict: `statement_revoked_already`, `copy_pages_changed`.
    """
    grant.require(Permission.DOWNLOAD)
    copy = get_copy(grant, number)
    row = statement_of(copy)
    if row.revoked_at is not None:
        raise Conflict("statement_revoked_already", number=number)
    settle(row.entry)
    pictures = list(_pictures(get_item(grant, copy.item), copy.pages))
    if digest_of(pictures) != bytes(copy.digest):
        raise Conflict("copy_pages_changed", number=number)
    pdf = copy_pdf(opened(row), pictures, language=language)
    _remember(grant, copy, pdf)
    return pdf


@transaction.atomic
def _remember(grant: Grant, copy: CertifiedCopy, pdf: bytes) -> None:
    kept = CertifiedCopy.objects.select_for_update().get(pk=copy.pk)
    digest = bytes(sm3(pdf))
    kept.files = [*(bytes(one) for one in kept.files), digest]
    kept.save(update_fields=["files"])
    facts = {"number": copy.number, "pdf_sm3": digest.hex(), "pages": rules.spans(copy.pages)}
    append(action="copy.handed_out", actor=grant.actor, subject=copy.item, facts=facts)
