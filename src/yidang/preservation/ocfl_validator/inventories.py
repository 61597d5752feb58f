"""What an inventory says, once it has been looked through."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Inventory:
    """Only what was found well-formed stands here. Digests are normalized; `where` is the inventory's own path."""

    where: str
    spec: str
    id: str | None = None
    algorithm: str | None = None
    content_directory: str = "content"
    sets_content_directory: bool = False
    head: object = None
    versions: list[str] = field(default_factory=list)
    has_manifest: bool = False
    manifest: dict[str, str] = field(default_factory=dict)  # content path → digest
    by_digest: dict[str, set[str]] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)  # every content path named, well-formed or not
    keys: set[str] = field(default_factory=set)  # manifest digests exactly as written
    states: dict[str, dict[str, str]] = field(default_factory=dict)  # version → logical path → digest
    said: dict[str, Mapping[str, object]] = field(default_factory=dict)  # version → its JSON object
    fixity: list[tuple[str, str, str]] = field(default_factory=list)  # algorithm, digest, content path

    @property
    def last(self) -> str | None:
        return self.versions[-1] if self.versions else None

    def paths_of(self, digest: str) -> set[str]:
        return self.by_digest.get(digest, set())
