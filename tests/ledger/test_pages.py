"""One page can be proved without showing the others."""

from hypothesis import given
from hypothesis import strategies as st

from yidang.ledger.merkle import leaf_hash, root_by_path
from yidang.ledger.pages import commit_page, commit_pages, pages_root, prove_page


@given(pages=st.lists(st.binary(max_size=20), min_size=1, max_size=40), data=st.data())
def test_a_page_leads_to_the_committed_root(pages: list[bytes], data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(pages)))
    commitments, salts = commit_pages(pages)
    proof = prove_page(commitments, salts, number)
    leaf = leaf_hash(commit_page(pages[number - 1], bytes.fromhex(proof["salt"])))
    path = [bytes.fromhex(sibling) for sibling in proof["path"]]
    root = root_by_path(leaf, index=number - 1, size=proof["count"], path=path)
    assert root == pages_root(commitments)


def test_equal_pages_have_different_commitments() -> None:
    commitments, _salts = commit_pages([b"same", b"same"])
    assert len(set(commitments)) == 2
