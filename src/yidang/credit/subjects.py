"""Finding a subject by a code, an ID number or the house's blind index of one, and opening an archive for a new one."""

import re
from uuid import UUID

from yidang.credit import sealing
from yidang.credit.chain import Book
from yidang.credit.models import Kind, Mark, Profession, Subject
from yidang.crypto.fields import blind_forms
from yidang.kernel.clock import now
from yidang.kernel.errors import Invalid, NotFound

_PROVIDER = re.compile(r"[HP][0-9]{11}")
# 医保医师 D, 医保护士 N, 医保药师 Y; other staff stand under the letter their region gives them.
_PRACTITIONER = re.compile(r"[A-Z][0-9]{12}")


def provider_code(text: str) -> str:
    """Raises Invalid `credit_provider_code`."""
    found = text.strip().upper()
    if not _PROVIDER.fullmatch(found):
        raise Invalid("credit_provider_code")
    return found


def practitioner_code(text: str) -> str:
    """Raises Invalid `credit_practitioner_code`."""
    found = text.strip().upper()
    if not _PRACTITIONER.fullmatch(found):
        raise Invalid("credit_practitioner_code")
    return found


def marked(kind: str, value: str) -> Subject | None:
    """Behind the door."""
    found = Mark.objects.select_related("subject").filter(digest=sealing.mark(kind, value)).first()
    return found.subject if found else None


def subject_of(subject_id: UUID) -> Subject:
    """Behind the door. Raises NotFound `credit_subject_not_found`."""
    found = Subject.objects.filter(pk=subject_id).first()
    if found is None:
        raise NotFound("credit_subject_not_found")
    return found


def locked(subject: Subject) -> Subject:
    """Behind the door: whoever adds up points of a subject does it alone."""
    return Subject.objects.select_for_update().get(pk=subject.pk)


def practitioner(book: Book, *, code: str, profession: str, provider: str) -> Subject:
    """Behind the door; one archive for a person wherever they practise. Raises Invalid for what is no such code."""
    known = marked("code", practitioner_code(code))
    if known is not None:
        return locked(known)
    if profession not in Profession.values:
        raise Invalid("credit_profession")
    made = Subject.objects.create(
        kind=Kind.PRACTITIONER,
        code=practitioner_code(code),
        profession=profession,
        provider=provider_code(provider),
        opened_at=now(),
    )
    return _noted(book, made, ("code", practitioner_code(code)))


def person(book: Book, *, id_number: str) -> Subject:
    """Behind the door. Raises Invalid `credit_id_number`."""
    number = sealing.plain_id(id_number)
    known = marked("id", number)
    if known is not None:
        return locked(known)
    made = Subject(kind=Kind.PERSON, opened_at=now())
    made.sealed_id = sealing.seal_id(number, made.pk)
    made.save(force_insert=True)
    return _noted(book, made, ("id", number), *index_marks(number))


def index_marks(number: str) -> list[tuple[str, str]]:
    """By which claims ask for a person; by each version that their rows may stand under."""
    return [("index", form.hex()) for form in blind_forms("id_number", number)]


def _noted(book: Book, made: Subject, *marks: tuple[str, str]) -> Subject:
    for kind, value in marks:
        Mark.objects.create(digest=sealing.mark(kind, value), subject=made)
    book.note("subject.opened", made)
    return made
