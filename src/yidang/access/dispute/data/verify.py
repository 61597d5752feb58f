"""核验争议卷宗：只需 Python 3.9 及以上与同目录的 verifier.py，不联网，不安装任何东西。

    python3 verify.py [--keys 可信公钥] [--witness-keys 见证方公钥] [--json]

1. 卷宗完整：清单由账本密钥签署，每个文件与它一致。 2. 检查点由账本的 Ed25519 与 SM2 两把密钥签署。
3. 每条记录都在签署过的账本中。        4. 每版著录、每页、每个原件与账本中的承诺一致。
5. 证明：签名成立，出具记录在账本中。  6. 外部见证过的检查点是本账本的开头部分。
退出码：0 全部成立，1 有不成立的，2 用法错误。
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # python3 -I 不会自己在本目录里找

import verifier  # noqa: E402


class Findings:
    def __init__(self) -> None:
        self.lines: list = []
        self.problems: list = []

    def say(self, text: str) -> None:
        self.lines.append(text)

    def find(self, text: str) -> None:
        self.problems.append(text)


def read_json(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def read_manifest() -> Any:
    manifest = read_json("manifest.json")
    if manifest["format"] != "yidang-dispute/1":
        raise ValueError("不是本程序认识的卷宗")
    return manifest


def check_files(manifest: Any, found: Findings) -> None:  # 1
    for name, about in sorted(manifest["files"].items()):
        path = HERE / name
        if not path.is_file():
            found.find("缺少文件 " + name)
        elif hashlib.sha256(path.read_bytes()).hexdigest() != about["sha256"]:
            found.find("文件被改动 " + name)
    ours = {"manifest.json", "manifest.note", "__pycache__"}
    for name, path in ((path.relative_to(HERE).as_posix(), path) for path in HERE.rglob("*")):
        if not path.is_file() or name in manifest["files"] or name.split("/")[0] in ours:
            continue
        if "/" in name and not path.name.startswith("."):  # 夹在卷宗里，会被当作档案
            found.find("清单之外的文件 " + name)
        else:
            found.say("注意：清单之外的文件 " + name)
    found.say(f"清单：{len(manifest['files'])} 个文件")


def signed_by_all(keys: list, note: Any) -> bool:
    return all(key.verifies(note.text, note.signatures.get((key.name, key.key_id), b"")) for key in keys)


def check_manifest(keys: list, found: Findings) -> None:  # 1
    content = (HERE / "manifest.json").read_bytes()
    note = verifier.parse_note((HERE / "manifest.note").read_text(encoding="utf-8"))
    if note.origin != "yidang-dispute/1" or note.root != verifier.sm3(content) or not signed_by_all(keys, note):
        found.find("清单的签名不成立：文件可能被增删改动")


def check_checkpoint(keys: list, found: Findings) -> Any:  # 2
    note = verifier.parse_note((HERE / "ledger/checkpoint").read_text(encoding="utf-8"))
    if {key.algorithm for key in keys} != {verifier.ED25519, verifier.SM2}:
        found.find("公钥不齐：应有 Ed25519 与 SM2 各一把")
    for key in keys:
        if note.origin != key.name or not signed_by_all([key], note):
            found.find(f"检查点的 {key.algorithm} 签名不成立")
    found.say(f"检查点：账本 {note.origin}，{note.size} 条")
    return note


def leads_to(proof: Any, note: Any) -> bool:
    path, leaf = [bytes.fromhex(one) for one in proof["path"]], verifier.leaf_hash(proof["entry"].encode())
    return verifier.root_by_path(leaf, proof["position"], note.size, path) == note.root


def check_events(note: Any, found: Findings) -> dict:  # 3
    entries = {}
    proofs = read_json("ledger/events.json")
    for proof in proofs:
        entry = json.loads(proof["entry"])
        if not leads_to(proof, note):
            found.find("账本第 {} 条与检查点不符".format(proof["position"]))
        elif "private" in proof and not verifier.private_holds(entry, proof["private"]):
            found.find("账本第 {} 条的密封内容与承诺不符".format(proof["position"]))
        else:
            entries[entry["id"]] = entry
    found.say(f"账本记录：{len(proofs)} 条，逐条有证据")
    return entries


def pages_root(pages: list) -> str:
    leaves = []
    for page in pages:
        salt = bytes.fromhex(page["salt"])
        commitment = verifier.sm3(b"yidang-page-v1\0" + salt + page["statement"].encode())
        leaves.append(verifier.leaf_hash(commitment))
    return root_of(leaves).hex()


def root_of(leaves: list) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << ((len(leaves) - 1).bit_length() - 1)
    return verifier.node_hash(root_of(leaves[:middle]), root_of(leaves[middle:]))


def check_record(record: Any, entries: dict, found: Findings) -> None:  # 4
    for version in record["versions"]:
        name = f"{record['reference_code']} 第 {version['number']} 版"
        entry = entries.get(version["entry"])
        if entry is None or entry.get("subject") != record["id"] or entry["facts"].get("version") != version["number"]:
            found.find(name + "：账本中没有它的记录")
            continue
        described = (HERE / version["description"]).read_bytes()
        committed = verifier.sm3(bytes.fromhex(version["salt"]) + described).hex()
        if committed != entry["facts"]["description_commitment"]:
            found.find(name + "：著录与账本中的承诺不符")
        if not pages_hold(entry["facts"].get("pages"), version["pages"]):
            found.find(name + "：各页与账本中的承诺不符")
    check_originals(record, found)


def pages_hold(said: Any, pages: list) -> bool:
    if not said or not pages:
        return not said and not pages
    return said["count"] == len(pages) and said["root"] == pages_root(pages)


def check_originals(record: Any, found: Findings) -> None:
    """现版每个有页的原件的 SM3 都写在页的承诺里；没有页的原件由著录文件中的 SM3 约束。"""
    version = record["versions"][-1]
    named = {json.loads(page["statement"])["file_sm3"] for page in version["pages"]}
    described = json.loads((HERE / version["description"]).read_text(encoding="utf-8"))
    named |= {file["sm3"] for file in described["files"]}
    present = set()
    for path in sorted((HERE / record["folder"] / "original").glob("*")):
        present.add(digest := verifier.sm3(path.read_bytes()).hex())
        if digest not in named:
            found.find("{}：原件 {} 与账本中的承诺不符".format(record["reference_code"], path.name))
    if named - present:
        found.find(f"{record['reference_code']}：缺少原件 {len(named - present)} 个")


def unpack(digits: str) -> bytes:
    pairs = [int(digits[at : at + 5]).to_bytes(2, "big") for at in range(0, len(digits) // 5 * 5, 5)]
    rest = digits[len(digits) // 5 * 5 :]
    return b"".join(pairs) + (int(rest).to_bytes(1, "big") if rest else b"")


def byte_string(data: bytes, at: int) -> tuple:
    """CBOR 字节串：返回内容与其后的位置。"""
    short = data[at] & 31
    size = 1 << (short - 24) if short >= 24 else 0
    length = int.from_bytes(data[at + 1 : at + 1 + size], "big") if size else short
    start = at + 1 + size
    if data[at] >> 5 != 2 or start + length > len(data):
        raise ValueError("不是字节串")
    return data[start : start + length], start + length


def head_of(content: bytes) -> bytes:
    size = len(content)
    if size < 24:
        return bytes([0x40 | size])
    return b"\x58" + bytes([size]) if size < 256 else b"\x59" + size.to_bytes(2, "big")


def check_statement(name: str, keys: list, note: Any, found: Findings) -> None:  # 5
    file = read_json(name)
    data = unpack(file["statement"])
    if data[:2] != b"\xd2\x84":
        raise ValueError("不是证明")
    protected, at = byte_string(data, 2)
    payload, at = byte_string(data, at + 1)
    signature, _end = byte_string(data, at)
    signed = b"\x84\x6aSignature1" + head_of(protected) + protected + b"\x40" + head_of(payload) + payload
    key = next((key for key in keys if key.algorithm == verifier.ED25519 and key.key_id == protected[-4:]), None)
    top = verifier.parse_note(file["checkpoint"])
    issued = json.loads(file["issued"]["entry"])
    if key is None or not verifier.ed25519_verify(key.public, signed, signature):
        found.find(name + "：签名不成立")
    elif issued["facts"].get("statement_sm3") != verifier.sm3(data).hex() or not leads_to(file["issued"], top):
        found.find(name + "：账本中没有它的出具记录")
    elif not signed_by_all(keys, top) or top.origin != note.origin:
        found.find(name + "：所附检查点不是本账本签署的")


def consistent(old_size: int, old_root: bytes, new: Any, path: list) -> bool:
    """RFC 9162 2.1.4.2：旧检查点是新检查点的开头部分。"""
    if old_size in (0, new.size):
        return old_size == 0 or old_root == new.root
    nodes = [bytes.fromhex(one) for one in path]
    if old_size & (old_size - 1) == 0:
        nodes.insert(0, old_root)
    if not nodes or old_size > new.size:
        return False
    fn, sn = old_size - 1, new.size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = nodes[0]
    for node in nodes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = verifier.node_hash(node, fr), verifier.node_hash(node, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = verifier.node_hash(sr, node)
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == new.root and sn == 0


def check_outside(note: Any, witness_keys: list, found: Findings) -> None:  # 6
    outside = read_json("ledger/outside.json")
    for name, part in sorted(outside.items()):
        record = part["record"]
        root = base64.b64decode(record["root"], validate=True)
        if not consistent(record["size"], root, note, part["consistency"]):
            found.find(f"外部见证 {name}：其检查点不是本账本的开头部分")
            continue
        told = f"外部见证 {name}：见过前 {record['size']} 条（档案馆时间 {record['at']}）"
        found.say(told + witnessed(name, record, root, note, witness_keys))
    if not outside:
        found.say("没有外部见证：仅凭本卷宗不能排除账本整体被替换，请与档案馆另行公布的检查点比对")


def witnessed(name: str, record: Any, root: bytes, note: Any, keys: list) -> str:
    if not name.startswith("witness") or not keys:
        return "，其签名未在此核验"
    told = verifier.Record("witness", name, record["size"], root, record["evidence"])
    held = verifier.cosigned_at(told, told.text(note.origin), keys)
    return "，见证签名成立" if held else "，没有所给公钥的见证签名"


def check(keys_text: Any, witness_text: Any) -> Findings:
    found = Findings()
    try:
        manifest = read_manifest()
        check_files(manifest, found)
        if keys_text is None:
            keys_text = (HERE / "ledger/keys").read_text(encoding="utf-8")
            found.say("注意：公钥取自卷宗本身，请与档案馆另行公布的公钥比对（--keys）")
        keys = verifier.parse_keys(keys_text)
        check_manifest(keys, found)
        note = check_checkpoint(keys, found)
        entries = check_events(note, found)
        for record in manifest["records"]:
            check_record(record, entries, found)
        versions = [len(record["versions"]) for record in manifest["records"]]
        found.say(f"档案：{len(versions)} 件，{sum(versions)} 个版本")
        for name in manifest["statements"]:
            check_statement(name, keys, note, found)
        found.say(f"证明：{len(manifest['statements'])} 份")
        check_outside(note, witness_keys_of(witness_text), found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as problem:
        found.find(f"卷宗无法读取：{problem}")
    return found


def witness_keys_of(text: Any) -> list:
    words = (text or "").split()
    return [key for word in words if "+" in word for key in verifier.parse_keys(word, verifier.COSIGNER_TYPES)]


def main() -> int:
    parser = argparse.ArgumentParser(description="核验争议卷宗")
    parser.add_argument("--keys", type=Path, help="您信任的公钥文件")
    parser.add_argument("--witness-keys", type=Path, help="外部见证方的公钥文件")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    given = parser.parse_args()
    texts = [path and path.read_text(encoding="utf-8") for path in (given.keys, given.witness_keys)]
    found = check(*texts)
    if given.json:
        told = {"holds": not found.problems, "findings": found.problems, "notes": found.lines}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in found.lines:
            print("· " + line)
        for line in found.problems:
            print("✗ " + line)
        print("结论：全部成立。" if not found.problems else f"结论：有 {len(found.problems)} 处不成立，不可采信。")
    return 1 if found.problems else 0


if __name__ == "__main__":
    sys.exit(main())
