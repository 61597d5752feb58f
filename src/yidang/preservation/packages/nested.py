"""A transfer: one bag with many packages inside, and what its `bag-info.txt` says of them."""

from collections.abc import Iterator

from yidang.preservation.packages.bagit.reading import bag_info
from yidang.preservation.packages.trees import Tree

LABEL = "Contains-Packages"
FOLDER = "data/records/"


def nested_packages(tree: Tree) -> Iterator[tuple[str, str]]:
    """Folder and form of each package that the bag says it holds."""
    form = bag_info(tree).get(LABEL.lower(), "")
    if form not in {"eep", "eark", "bagit", "ocfl"}:
        return
    names = {path.removeprefix(FOLDER).split("/", 1)[0] for path in tree.sizes if path.startswith(FOLDER)}
    for name in sorted(names):
        yield f"{FOLDER}{name}/", form
