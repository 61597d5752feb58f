"""Which HTTP status each family of domain errors becomes: the only place that knows."""

from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Unavailable

STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    Invalid: 422,
    Unavailable: 503,
}

# A few codes have a status of their own that browsers and upload clients act on.
STATUS_OF_CODE = {"file_too_large": 413, "upload_too_large": 413, "too_many_sign_ins": 429}


def status_of(error: DomainError) -> int:
    family = next((family for family in STATUS if isinstance(error, family)), DomainError)
    return STATUS_OF_CODE.get(error.code) or STATUS.get(family, 500)
