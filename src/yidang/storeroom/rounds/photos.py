"""Photographs as they are kept: small enough for the database, without place, time or maker of the camera."""

from io import BytesIO
from uuid import UUID

from PIL import Image, ImageOps, UnidentifiedImageError

from yidang.crypto.fields import open_field, seal_field
from yidang.kernel import clock
from yidang.kernel.errors import Invalid, NotFound
from yidang.storeroom.models import Finding, Photo

MOST_BYTES = 20 * 1024 * 1024
MOST_AT_ONCE = 6
_MOST_PIXELS = 60_000_000
_WIDEST = 1600
_TABLE, _FIELD = "storeroom_photo", "picture"


def keep_photo(finding: Finding, data: bytes, *, is_of_cure: bool) -> Photo:
    """Raises Invalid `photo_unreadable`."""
    photo = Photo(finding=finding, is_of_cure=is_of_cure, taken_at=clock.now())
    photo.sealed = seal_field(_tidied(data), table=_TABLE, row=str(photo.id), field=_FIELD)
    photo.save()
    return photo


def _tidied(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise Invalid("photo_unreadable")
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise Invalid("photo_unreadable")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Invalid("photo_unreadable") from None
    upright.thumbnail((_WIDEST, _WIDEST))
    sink = BytesIO()
    upright.save(sink, "JPEG", quality=80)
    return sink.getvalue()


def picture_of(photo_id: UUID) -> bytes:
    """JPEG. Raises NotFound `photo_not_found`."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is None:
        raise NotFound("photo_not_found")
    return open_field(bytes(photo.sealed), table=_TABLE, row=str(photo.id), field=_FIELD)
