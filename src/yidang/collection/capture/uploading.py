"""Files of a case straight into the sealed staging area: none of them lies in the clear on a disk in between."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from yidang.crypto.sm import new_sm3
from yidang.intake.limits import LIMITS
from yidang.intake.operations.spool import HEAD, Taken
from yidang.preservation import staging

MOST_FILES = 200


class StagedFile(UploadedFile):  # type: ignore[type-arg] # its file is in the staging area, and no object here
    def __init__(self, name: str, taken: Taken) -> None:
        super().__init__(None, name, size=taken.size)
        self.taken = taken


class StagingHandler(FileUploadHandler):
    """Django hands over each file piece by piece; a call that breaks off leaves pieces that the sweep takes away."""

    chunk_size = 1024 * 1024

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._count = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._count += 1
        if self._count > MOST_FILES:
            raise StopUpload(connection_reset=True)
        self._staged, self._digest, self._head = staging.create(), new_sm3(), b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > LIMITS.file_bytes:
            staging.delete(self._staged)
            raise StopUpload(connection_reset=True)
        staging.append(self._staged, start, raw_data)
        self._digest.update(raw_data)
        self._head = self._head or raw_data[:HEAD]

    def file_complete(self, file_size: int) -> StagedFile:
        taken = Taken(self._staged, file_size, self._digest.digest(), self._head)
        return StagedFile(self.file_name or "", taken)


def take_over(request: HttpRequest) -> list[StagedFile]:
    """Every file of the call, under whatever field it came; to be called before anything else reads the body."""
    request.upload_handlers = [StagingHandler(request)]
    given = (file for name in request.FILES for file in request.FILES.getlist(name))
    return [file for file in given if isinstance(file, StagedFile)]


def forget(files: list[StagedFile]) -> None:
    """What was refused stays nowhere."""
    staging.delete_many([file.taken.staged for file in files])
