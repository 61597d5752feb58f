"""The confirm desk's order of work: which draft comes next, and which of its fields to look at first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from yidang.holdings.description import Description, Field, FieldSpec, specs
from yidang.holdings.models import SET_ASIDE, Item, ItemState
from yidang.holdings.showing import text_of
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant
from yidang.intake.operations.describing import required_fields

DOUBTFUL = 0.9
ALWAYS = ("title", "formed_on", "person_name")


def waiting(grant: Grant, accession: UUID | None = None) -> QuerySet[Item]:
    """What lies in an open volume waits for its seal, not for the desk."""
    drafts = visible_items(grant).filter(state=ItemState.WAITING, volume=None).exclude(volume_position=SET_ASIDE)
    found = drafts.select_related("series").order_by("working_number")
    return found.filter(accession=accession) if accession else found


def next_waiting(grant: Grant, after: Item | None = None, accession: UUID | None = None) -> Item | None:
    """The draft after this one, from the beginning again at the end; None when no other waits."""
    queue = waiting(grant, accession)
    if after is None:
        return queue.first()
    later = queue.filter(working_number__gt=after.working_number).first()
    return later or queue.exclude(pk=after.pk).first()


@dataclass(frozen=True)
class DeskField:
    """One line of the form. `doubt`: missing, low or blank."""

    spec: FieldSpec
    field: Field | None
    text: str
    doubt: str
    problem: Exception | None = None

    @property
    def box(self) -> str:
        return ",".join(f"{edge:.4f}" for edge in (self.field.box or ())) if self.field else ""


@dataclass(frozen=True)
class DeskForm:
    shown: Sequence[DeskField]
    hidden: Sequence[DeskField]


def desk_form(
    description: Description, document_type: str, typed: Mapping[str, str], problems: Mapping[str, Exception]
) -> DeskForm:
    """Least certain first; what is blank and not asked of this type waits under "more"."""
    required = {*required_fields(document_type), *ALWAYS}
    rows = [_row(spec, description.fields.get(key), required, typed, problems) for key, spec in specs().items()]
    shown = [row for row in rows if row.text or row.problem or row.spec.key in required]
    return DeskForm(
        shown=sorted(shown, key=_certainty),
        hidden=[row for row in rows if row not in shown],
    )


def _row(
    spec: FieldSpec,
    field: Field | None,
    required: set[str],
    typed: Mapping[str, str],
    problems: Mapping[str, Exception],
) -> DeskField:
    text = typed.get(spec.key, text_of(spec, field) if field else "")
    return DeskField(spec, field, text, _doubt(spec, field, required), problems.get(spec.key))


def _doubt(spec: FieldSpec, field: Field | None, required: set[str]) -> str:
    if field is None:
        return "missing" if spec.key in required else ""
    return "low" if field.confidence is not None and field.confidence < DOUBTFUL else ""


def _certainty(row: DeskField) -> float:
    """Refused values before missing ones, these before what was read, the surest last."""
    if row.problem:
        return -1.0
    if row.field is None:
        return 0.0
    return 1.0 if row.field.confidence is None else row.field.confidence
