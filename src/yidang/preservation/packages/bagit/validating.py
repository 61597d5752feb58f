"""Whether a bag is complete and valid (RFC 8493, 3)."""

import codecs
import re
import unicodedata
from collections import defaultdict

from yidang.preservation.packages import hashing
from yidang.preservation.packages.bagit import words
from yidang.preservation.packages.bagit.words import DECLARATION, FETCH, PAYLOAD, STRICT, Declared
from yidang.preservation.packages.findings import Findings
from yidang.preservation.packages.names import is_unsafe, plain
from yidang.preservation.packages.trees import Tree

_OXUM = re.compile(r"(\d+)\.(\d+)")
_HARMLESS_SCHEMES = ("http://", "https://", "ftp://", "ftps://")


def check_bag(tree: Tree, findings: Findings) -> None:
    """1. the declaration; 2. the manifests; 3. every file in them; 4. fetch and bag-info; 5. every digest."""
    said = _declaration(tree, findings)
    if said is None:
        return
    bag = _Bag(tree, findings, said)
    bag.read_manifests()
    bag.compare_with_files()
    bag.check_fetch()
    bag.check_info()
    bag.check_digests()


def _declaration(tree: Tree, findings: Findings) -> Declared | None:
    raw = tree.read(DECLARATION)
    if raw is None:
        findings.error("bag_declaration_missing", DECLARATION)
        return None
    said = words.declared(raw.decode("utf-8", "replace"))
    if said is None:
        findings.error("bag_declaration_malformed", DECLARATION)
        return None
    if said.version not in words.VERSIONS:
        findings.error("bag_version_unknown", DECLARATION, detail=".".join(map(str, said.version)))
        return None
    try:
        codecs.lookup(said.encoding)
    except (LookupError, ValueError):
        findings.error("bag_encoding_unknown", DECLARATION, detail=said.encoding)
        return None
    return said


class _Bag:
    def __init__(self, tree: Tree, findings: Findings, said: Declared) -> None:
        self._tree, self._findings, self._said = tree, findings, said
        self._manifests: dict[str, dict[str, str]] = {}  # manifest → path → digest
        self._algorithms: dict[str, str] = {}
        self._fetched: set[str] = set()
        self._by_form: dict[str, str] | None = None

    @property
    def _is_strict(self) -> bool:
        return self._said.version >= STRICT

    def _text(self, name: str) -> str | None:
        raw = self._tree.read(name)
        if raw is None:
            self._findings.error("package_file_too_large", name)
            return None
        try:
            return raw.decode(self._said.encoding)
        except (UnicodeError, LookupError):  # the second for what encodes no text, as base64
            self._findings.error("bag_encoding_wrong", name, detail=self._said.encoding)
            return None

    def read_manifests(self) -> None:
        names = {name: found for name in self._tree.sizes if (found := words.manifest_name(name))}
        if not any(not is_tag for is_tag, _ in names.values()):
            self._findings.error("bag_manifest_missing")
        for name, (is_tag, algorithm) in sorted(names.items()):
            if not hashing.is_known(algorithm):
                self._findings.error("bag_algorithm_unknown", name, detail=algorithm)
                continue
            self._algorithms[name] = algorithm
            self._manifests[name] = self._entries(name, is_tag=is_tag)

    def _entries(self, name: str, *, is_tag: bool) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in words.lines(self._text(name) or ""):
            if line.strip():
                self._take_line(found, name, line, is_tag=is_tag)
        return found

    def _take_line(self, found: dict[str, str], name: str, line: str, *, is_tag: bool) -> None:
        entry = words.entry(line)
        if entry is None or len(entry.digest) != hashing.length(self._algorithms[name]):
            self._findings.error("bag_manifest_line", name, detail=line[:80])
            return
        if entry.has_star:
            self._findings.warning("bag_manifest_star", name, detail=entry.written)
        path = self._path(entry.written, name)
        if path is None:
            return
        if path.startswith(PAYLOAD) is is_tag or (is_tag and words.manifest_name(path) and path.startswith("tag")):
            self._findings.error("bag_manifest_outside", name, detail=path)
            return
        self._keep(found, name, path, entry.digest)

    def _keep(self, found: dict[str, str], name: str, path: str, digest: str) -> None:
        if path in found and (self._is_strict or found[path] != digest):
            self._findings.error("bag_manifest_twice", name, detail=path)
        elif path in found:
            self._findings.warning("bag_manifest_twice", name, detail=path)
        found[path] = digest

    def _path(self, written: str, where: str) -> str | None:
        """The file meant: names encoded as the standard says, `./` before them forgiven."""
        if is_unsafe(written) or is_unsafe(words.decoded(written)):
            self._findings.error("bag_path_unsafe", where, detail=written)
            return None
        forms = [plain(words.decoded(written)), plain(written)]
        if plain(written) != written:
            self._findings.warning("bag_path_untidy", where, detail=written)
        if not self._is_strict:
            forms.reverse()
        return next((form for form in forms if form in self._tree.sizes), None) or self._renormalised(forms[0], where)

    def _renormalised(self, path: str, where: str) -> str:
        """A file system may have changed the form of a name's accents."""
        if self._by_form is None:
            self._by_form = {unicodedata.normalize("NFC", one): one for one in self._tree.sizes}
        other = self._by_form.get(unicodedata.normalize("NFC", path))
        if other is None:
            return path
        self._findings.warning("bag_name_other_form", where, detail=path)
        return other

    def compare_with_files(self) -> None:
        payload = {path for path in self._tree.sizes if path.startswith(PAYLOAD)}
        if not payload and not self._tree.has_folder("data"):
            self._findings.error("bag_payload_missing", PAYLOAD)
        manifests = [one for name, one in self._manifests.items() if not name.startswith("tag")]
        listed = set().union(*manifests) if manifests else set()
        for path in sorted(payload - listed):
            self._findings.error("bag_file_unlisted", path)
        for name, manifest in self._manifests.items():
            if not name.startswith("tag") and self._is_strict:
                for path in sorted((payload & listed) - manifest.keys()):
                    self._findings.error("bag_file_unlisted", path, detail=name)
        self._twins(payload)
        self._check_tag_manifests()

    def _twins(self, payload: set[str]) -> None:
        seen: dict[str, str] = {}
        for path in sorted(payload):
            form = unicodedata.normalize("NFC", path).casefold()
            if form in seen:
                self._findings.warning("bag_names_alike", path, detail=seen[form])
            seen[form] = path

    def _check_tag_manifests(self) -> None:
        """Each must list every payload manifest (RFC 8493, 2.2.1)."""
        payload = {name for name in self._manifests if not name.startswith("tag")}
        for name, manifest in self._manifests.items():
            for missing in sorted(payload - manifest.keys()) if name.startswith("tag") else ():
                tell = self._findings.error if self._is_strict else self._findings.warning
                tell("bag_tagmanifest_incomplete", name, detail=missing)

    def check_fetch(self) -> None:
        if FETCH not in self._tree.sizes:
            return
        for line in words.lines(self._text(FETCH) or ""):
            if line.strip():
                self._check_fetch_line(line)

    def _check_fetch_line(self, line: str) -> None:
        found = words.fetch_line(line)
        if found is None:
            self._findings.error("bag_fetch_line", FETCH, detail=line[:80])
            return
        url, _, written = found
        if not url.lower().startswith(_HARMLESS_SCHEMES):
            self._findings.warning("bag_fetch_address", FETCH, detail=url)
        path = self._path(written, FETCH)
        if path is None:
            return
        self._fetched.add(path)
        if not path.startswith(PAYLOAD):
            tell = self._findings.error if self._is_strict else self._findings.warning
            tell("bag_fetch_outside", FETCH, detail=path)
        elif not any(path in one for name, one in self._manifests.items() if not name.startswith("tag")):
            self._findings.error("bag_fetch_unlisted", FETCH, detail=path)

    def check_info(self) -> None:
        for name in words.INFO:
            if name in self._tree.sizes:
                self._check_info(name)

    def _check_info(self, name: str) -> None:
        said: dict[str, list[str]] = defaultdict(list)
        for pair in words.info(self._text(name) or ""):
            if pair is None:
                self._findings.error("bag_info_line", name)
            else:
                said[pair[0].strip().lower()].append(pair[1])
        oxums = said.get("payload-oxum", [])
        if len(oxums) > 1 and self._is_strict:
            self._findings.error("bag_oxum_twice", name)
        for oxum in oxums:
            self._check_oxum(name, oxum)

    def _check_oxum(self, name: str, oxum: str) -> None:
        found = _OXUM.fullmatch(oxum)
        if found is None:
            self._findings.error("bag_oxum_malformed", name, detail=oxum)
            return
        sizes = [size for path, size in self._tree.sizes.items() if path.startswith(PAYLOAD)]
        if (int(found[1]), int(found[2])) != (sum(sizes), len(sizes)):
            self._findings.error("bag_oxum_wrong", name, detail=f"{oxum} ≠ {sum(sizes)}.{len(sizes)}")

    def check_digests(self) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for name, manifest in self._manifests.items():
            for path in manifest:
                if path in self._tree.sizes:
                    wanted[path].add(self._algorithms[name])
                else:
                    code = "bag_fetch_needed" if path in self._fetched else "bag_file_missing"
                    self._findings.error(code, path, detail=name)
        found = hashing.digests(self._tree, wanted)
        for name, manifest in self._manifests.items():
            for path, digest in manifest.items():
                if path in found and found[path][self._algorithms[name]] != digest:
                    self._findings.error("bag_digest_wrong", path, detail=name)
