"""Whether an EEP holds: its parts, its files, its signature."""

import base64
import binascii

from yidang.preservation.packages import hashing
from yidang.preservation.packages.eep import signing
from yidang.preservation.packages.eep.parsing import Document, Malformed, Node, algorithm_of, parse
from yidang.preservation.packages.findings import Findings
from yidang.preservation.packages.names import is_unsafe, plain
from yidang.preservation.packages.trees import Tree

_MUST = (
    ("封装包格式描述",),
    ("版本",),
    ("被签名对象",),
    ("被签名对象", "封装包类型"),
    ("被签名对象", "封装包创建时间"),
    ("被签名对象", "封装包创建单位"),
    ("被签名对象", "封装内容"),
    ("被签名对象", "封装内容", "文件实体块"),
    ("电子签名块",),
)
_OF_A_RECORD = (("聚合层次",), ("内容描述", "题名"), ("文件数据",))
_OF_A_SIGNATURE = ("签名标识符", "签名规则", "签名时间", "签名人", "签名结果", "签名算法标识")
_TYPES = {"原始型", "修改型"}


def check_eep(tree: Tree, name: str, findings: Findings) -> None:
    try:
        with tree.open(name) as source:
            document = parse(source)
            check = _Check(tree, name, findings, document)
            check.parts()
            check.documents()
            check.signatures(signing.digest_of(source, document.start, document.end) if document.end > 0 else b"")
    except Malformed as problem:
        findings.error(problem.code, name, detail=problem.detail)


class _Check:
    def __init__(self, tree: Tree, name: str, findings: Findings, document: Document) -> None:
        self._tree, self._name, self._findings, self._root = tree, name, findings, document.root
        self._outside: dict[str, tuple[str, str]] = {}  # path → algorithm, digest
        self._folder = name.rpartition("/")[0] + "/" if "/" in name else ""

    def parts(self) -> None:
        for path in _MUST:
            if self._root.get(*path) is None:
                self._missing("/".join(path))
        if (said := self._root.said("版本")) and said != "2009":
            self._findings.error("eep_version_unknown", self._name, detail=said)
        kind = self._root.said("被签名对象", "封装包类型")
        if kind and kind not in _TYPES:
            self._findings.error("eep_type_unknown", self._name, detail=kind)
        for record in self._root.deep("文件实体"):
            for path in _OF_A_RECORD:
                if record.get(*path) is None:
                    self._missing("文件实体/" + "/".join(path))

    def _missing(self, what: str) -> None:
        self._findings.error("eep_element_missing", self._name, detail=what)

    def documents(self) -> None:
        found = self._root.deep("文档")
        if not found:
            self._missing("文件数据/文档")
        seen: set[str] = set()
        for document in found:
            number = document.said("文档标识符")
            if not number:
                self._missing("文档/文档标识符")
            elif number in seen:
                self._findings.error("eep_number_twice", self._name, detail=number)
            seen.add(number)
            codings = document.deep("编码")
            if not codings:
                self._missing(f"{number}/文档数据/编码")
            for coding in codings:
                self._coding(number, coding)
        self._check_outside()

    def _coding(self, number: str, coding: Node) -> None:
        data = coding.get("编码数据")
        if data is None or data.encoded is None:
            self._missing(f"{number}/编码/编码数据")
            return
        attributes = coding.get("电子属性") or Node("电子属性")
        size, check = attributes.said("计算机文件大小"), attributes.get("校验码")
        if check is None or not check.text.strip():
            self._findings.warning("eep_digest_missing", self._name, detail=number)
        algorithm = algorithm_of(check.attributes.get("算法", "") if check else "")
        if not hashing.is_known(algorithm):
            self._findings.error("eep_digest_unknown", self._name, detail=f"{number}: {algorithm}")
            return
        digest = check.text.strip().lower() if check else ""
        where = data.attributes.get("引用", "")
        if where:
            self._beside(number, where, size, algorithm, digest)
        else:
            self._inside(number, data, size, digest)

    def _inside(self, number: str, data: Node, size: str, digest: str) -> None:
        found = data.encoded
        if found is None or found.is_damaged:
            self._findings.error("eep_base64_wrong", self._name, detail=number)
            return
        if size.isdecimal() and int(size) != found.size:
            self._findings.error("eep_size_wrong", self._name, detail=number)
        if digest and digest != found.digest:
            self._findings.error("eep_digest_wrong", self._name, detail=number)

    def _beside(self, number: str, where: str, size: str, algorithm: str, digest: str) -> None:
        path = self._folder + plain(where)
        if is_unsafe(where) or "://" in where:
            self._findings.error("eep_path_unsafe", self._name, detail=where)
        elif path not in self._tree.sizes:
            self._findings.error("eep_file_missing", path, detail=number)
        elif size.isdecimal() and int(size) != self._tree.sizes[path]:
            self._findings.error("eep_size_wrong", path, detail=number)
        elif digest:
            self._outside[path] = (algorithm, digest)

    def _check_outside(self) -> None:
        found = hashing.digests(self._tree, {path: {one[0]} for path, one in self._outside.items()})
        for path, (algorithm, digest) in self._outside.items():
            if path in found and found[path][algorithm] != digest:
                self._findings.error("eep_digest_wrong", path)

    def signatures(self, digest: bytes) -> None:
        block = self._root.get("电子签名块")
        found = block.all("电子签名") if block else []
        if block and not found:
            self._missing("电子签名块/电子签名")
        for one in found:
            for name in _OF_A_SIGNATURE:
                if not one.said(name):
                    self._missing(f"电子签名/{name}")
            self._signature(one, digest)

    def _signature(self, found: Node, digest: bytes) -> None:
        algorithm = found.said("签名算法标识")
        if algorithm != signing.ALGORITHM:
            self._findings.warning("eep_signature_unknown", self._name, detail=algorithm)
            return
        signature = signature_of(found)
        if signature is None or not signing.holds(signature, digest):
            self._findings.error("eep_signature_wrong", self._name, detail=found.said("签名标识符"))


def signature_of(found: Node) -> signing.Signature | None:
    try:
        return signing.Signature(
            algorithm=found.said("签名算法标识"),
            signer=found.said("签名人"),
            at=found.said("签名时间"),
            result=base64.b64decode(found.said("签名结果"), validate=True),
            public=base64.b64decode(found.said("证书块", "证书"), validate=True),
        )
    except binascii.Error:
        return None
