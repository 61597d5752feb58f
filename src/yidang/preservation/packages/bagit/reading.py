"""A bag as a parcel: ours whole; another's with every payload file as an original."""

from functools import partial

from yidang.preservation.packages.bagit import words
from yidang.preservation.packages.foreign import original_of, own_piece
from yidang.preservation.packages.parcel import Parcel
from yidang.preservation.packages.trees import Tree


def read_bag(tree: Tree) -> Parcel:
    said = bag_info(tree)
    names = sorted(path.removeprefix(words.PAYLOAD) for path in tree.sizes if path.startswith(words.PAYLOAD))
    is_ours = "description.json" in names
    pieces = []
    for number, name in enumerate(names, start=1):
        reach = partial(tree.open, words.PAYLOAD + name)
        size = tree.sizes[words.PAYLOAD + name]
        pieces.append(own_piece(name, size, reach) if is_ours else original_of(name, number, size, reach))
    return Parcel(
        id=said.get("internal-sender-identifier", ""),
        code=said.get("external-identifier", ""),
        title=said.get("external-description", "") or tree.name,
        creator=said.get("source-organization", ""),
        created=said.get("bagging-date", ""),
        pieces=[piece for piece in pieces if piece],
    )


def bag_info(tree: Tree) -> dict[str, str]:
    raw = next((found for name in words.INFO if (found := tree.read(name))), b"")
    pairs = [pair for pair in words.info(raw.decode("utf-8", "replace")) if pair]
    return {label.strip().lower(): value for label, value in pairs}
