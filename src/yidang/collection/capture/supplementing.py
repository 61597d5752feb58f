"""Materials that come later: a further accession whose item becomes part of the case's."""

from collections.abc import Sequence

from django.db import transaction

from yidang.collection.capture import asking, checklist
from yidang.collection.capture.cases import words_of
from yidang.collection.capture.models import BusinessSystem, Case
from yidang.collection.capture.rules import Material
from yidang.collection.capture.systems import grant_of
from yidang.intake.operations import Part, receive_record
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.operations import append


@transaction.atomic
def supplement_case(
    system: BusinessSystem, case: Case, materials: Sequence[Material], parts: Sequence[Part], *, channel: str
) -> None:
    """Ticks what came. Raises Invalid: `case_files_differ`; Conflict: `case_without_record`."""
    named = sorted(one.file for one in materials if one.file)
    if named != sorted(part.name for part in parts):
        raise Invalid("case_files_differ", named=len(named), came=len(parts))
    if case.accession_id is None:
        raise Conflict("case_without_record")
    grant = grant_of(system)
    if parts:
        titles = "、".join(one.name for one in materials)
        values = {"title": titles[:400], "document_number": words_of(case).number}
        receive_record(grant=grant, series=case.series_id, year=case.year, channel=channel, values=values, parts=parts)
    checklist.tick(case, [one.name for one in materials])
    if any(one.carrier == "paper" for one in materials):
        Case.objects.filter(pk=case.pk).update(has_paper=True)
    facts = {"files": len(parts), "system": system.code}
    append(action="case.received", actor=grant.actor, subject=case.pk, facts=facts)
    asking.close_if_whole(case, actor=grant.actor)
