"""Whether a package follows E-ARK CSIP 2.2: every MUST is an error, every SHOULD a warning, by its own number."""

from collections import Counter
from urllib.parse import unquote, urlsplit

from yidang.preservation.packages import hashing
from yidang.preservation.packages.csip.elements import Mets, parse
from yidang.preservation.packages.csip.files import check_files
from yidang.preservation.packages.csip.header import check_header, check_root
from yidang.preservation.packages.csip.metadata import Reference, check_metadata
from yidang.preservation.packages.csip.structure import check_folders, check_map
from yidang.preservation.packages.csip.words import CHECKSUMS, DOCUMENT, OTHER_CHECKSUMS, is_name
from yidang.preservation.packages.findings import Findings
from yidang.preservation.packages.names import is_unsafe, plain
from yidang.preservation.packages.trees import Tree


def check_csip(tree: Tree, findings: Findings) -> None:
    """1. the root METS; 2. the representations'; 3. every file they point at; 4. files nobody points at."""
    if tree.is_packed and not tree.top:
        findings.error("CSIPSTR1", text="csip_no_single_root")
    if DOCUMENT not in tree.sizes:
        findings.error("CSIPSTR4", DOCUMENT, text="csip_missing", detail=DOCUMENT)
        return
    check = _Check(tree, findings)
    root = check.document(DOCUMENT, tree.name)
    if root is None:
        return
    check_folders(tree, root)
    for href in check_map(root):
        check.representation(href)
    check.untold_representations()
    check.compare()
    check.loose_files()


class _Check:
    def __init__(self, tree: Tree, findings: Findings) -> None:
        self._tree, self._findings = tree, findings
        self._wanted: list[tuple[str, str, Reference]] = []  # path, METS document, what is said of it
        self._named: set[str] = {DOCUMENT}

    def document(self, path: str, name: str, *, is_representation: bool = False) -> Mets | None:
        raw = self._tree.read(path)
        if raw is None:
            self._findings.error("package_file_too_large", path)
            return None
        mets = parse(raw, path, self._findings, is_representation=is_representation)
        if mets is None:
            return None
        check_root(mets, name)
        check_header(mets)
        _check_ids(mets)
        for reference in [*check_metadata(mets, self._tree), *check_files(mets, self._tree)]:
            self._note(mets, reference)
        return mets

    def representation(self, href: str) -> None:
        path = _path("", href)
        if path is None or path not in self._tree.sizes:
            self._findings.error("CSIP110", DOCUMENT, text="csip_points_nowhere", detail=href)
            return
        self._named.add(path)
        name = path.rpartition("/")[0].rpartition("/")[2]
        mets = self.document(path, name, is_representation=True)
        if mets is not None:
            check_map(mets)

    def untold_representations(self) -> None:
        """Representations that have a METS document of their own, of which the map says nothing."""
        for path in sorted(self._tree.sizes.keys() - self._named):
            if path.startswith("representations/") and path.count("/") == 2 and path.endswith("/" + DOCUMENT):  # noqa: PLR2004
                self._findings.warning("CSIP105", path, text="csip_not_pointed_at")

    def _note(self, mets: Mets, reference: Reference) -> None:
        if not reference.href:
            return
        path = _path(mets.base, reference.href)
        if path is None:
            mets.error(reference.href_code, reference.href, "csip_href_unsafe")
            return
        if path not in self._tree.sizes:
            mets.error(reference.href_code, reference.href, "csip_points_nowhere")
            return
        self._named.add(path)
        self._wanted.append((path, mets.where, reference))

    def compare(self) -> None:
        wanted: dict[str, set[str]] = {}
        for path, where, said in self._wanted:
            if said.size and said.size != str(self._tree.sizes[path]):
                self._findings.error(said.size_code, path, text="csip_size_differs", detail=where)
            if algorithm := self._algorithm(path, said):
                wanted.setdefault(path, set()).add(algorithm)
        found = hashing.digests(self._tree, wanted)
        for path, where, said in self._wanted:
            algorithm = CHECKSUMS.get(said.kind)
            digest = found.get(path, {}).get(algorithm) if algorithm and said.checksum else None
            if digest and digest != said.checksum.lower():
                self._findings.error(said.checksum_code, path, text="csip_digest_differs", detail=where)

    def _algorithm(self, path: str, said: Reference) -> str | None:
        if said.kind in OTHER_CHECKSUMS:
            self._findings.warning(said.kind_code, path, text="csip_checksum_not_tried", detail=said.kind)
        elif said.kind and said.kind not in CHECKSUMS:
            self._findings.error(said.kind_code, path, text="csip_wrong_value", detail=f"@CHECKSUMTYPE={said.kind}")
        return CHECKSUMS.get(said.kind) if said.checksum else None

    def loose_files(self) -> None:
        for path in sorted(self._tree.sizes.keys() - self._named):
            self._findings.warning("CSIP58", path, text="csip_file_untold")


def _check_ids(mets: Mets) -> None:
    counted = Counter(one.get("ID") for one in mets.root.iter() if one.get("ID"))
    for ident, count in counted.items():
        if count > 1:
            mets.error("CSIP67", f"@ID={ident}", "csip_id_twice")
        if not is_name(ident or ""):
            mets.error("CSIP67", f"@ID={ident}", "csip_wrong_value")


def _path(base: str, href: str) -> str | None:
    """Where a reference leads within the package; None for one that leads out of it. No address is ever opened."""
    parts = urlsplit(href)
    if parts.scheme not in {"", "file"} or parts.netloc:
        return None
    given = unquote(parts.path) if parts.scheme else unquote(href)
    given = given.lstrip("/") if parts.scheme else given
    if is_unsafe(given):
        return None
    return base + plain(given)
