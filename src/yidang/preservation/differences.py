"""What fixity checking can find wrong."""

from dataclasses import dataclass
from uuid import UUID

from yidang.kernel.texts import Language, say


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """`code` is a key of the message catalogue; `object_id` None for what belongs to no object; `path` in the store."""

    code: str
    object_id: UUID | None
    path: str
    detail: str = ""

    def text(self, language: Language = "zh") -> str:
        return say(self.code, language, object_id=self.object_id or "", path=self.path, detail=self.detail)
