"""Proofs read from tiles are those of RFC 6962, whatever the size of the log."""

from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger import queries
from yidang.ledger.events import NewEvent
from yidang.ledger.merkle import fold, leaf_hash, node_hash, path_in, root_by_path, root_of
from yidang.ledger.operations import append, append_many, sequence
from yidang.ledger.tree import TileTree

LEAVES = [leaf_hash(str(number).encode()) for number in range(70_000)]
sizes = st.one_of(st.integers(1, 1100), st.sampled_from([65_536, 70_000]))


@cache
def root(size: int) -> bytes:
    return root_of(LEAVES[:size])


@cache
def level(height: int) -> list[bytes]:
    if height == 0:
        return LEAVES
    below = level(height - 1)
    return [fold(b"".join(below[start : start + 256])) for start in range(0, len(below) - 255, 256)]


def tree(size: int) -> TileTree:
    def read(height: int, number: int, width: int) -> bytes:
        return b"".join(level(height)[number * 256 : number * 256 + width])

    return TileTree(size, read)


@settings(deadline=None, max_examples=40)
@given(size=sizes)
def test_the_root_is_the_trees(size: int) -> None:
    assert tree(size).root == root(size)


@settings(deadline=None, max_examples=40)
@given(size=sizes, data=st.data())
def test_inclusion(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = tree(size).inclusion(index)
    if size < 2000:
        assert path == path_in(LEAVES[:size], index)
    assert root_by_path(LEAVES[index], index=index, size=size, path=path) == root(size)


@settings(deadline=None, max_examples=40)
@given(size=sizes, data=st.data())
def test_a_proof_holds_for_nothing_else(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = tree(size).inclusion(index)
    assert root_by_path(leaf_hash(b"other"), index=index, size=size, path=path) != root(size)
    assert root_by_path(LEAVES[index], index=index, size=size, path=[*path, root(size)]) != root(size)
    if size > 1:
        assert root_by_path(LEAVES[index], index=(index + 1) % size, size=size, path=path) != root(size)
        assert root_by_path(LEAVES[index], index=index, size=size, path=path[:-1]) != root(size)


@settings(deadline=None, max_examples=40)
@given(size=sizes, data=st.data())
def test_consistency_leads_to_both_roots(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    proof = tree(size).consistency(old)
    assert roots_by_consistency(old, size, root(old), proof) == (root(old), tree(size).root)


def roots_by_consistency(old: int, size: int, old_root: bytes, proof: list[bytes]) -> tuple[bytes, bytes]:
    """RFC 9162 section 2.1.4.2."""
    if old == size:
        return old_root, old_root
    path = [old_root, *proof] if old & (old - 1) == 0 else proof
    node, last = old - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if node & 1 or node == last:
            first, second = node_hash(sibling + first), node_hash(sibling + second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second + sibling)
        node, last = node >> 1, last >> 1
    return first, second


def test_an_entry_is_proved_as_soon_as_it_is_sequenced(log: Path) -> None:
    subject = uuid4()
    with transaction.atomic():
        append_many([NewEvent(action="page.viewed", actor="u1") for _ in range(300)])
        entry_id = append(action="item.filed", actor="u1", subject=subject, facts={"version": 1})
    with pytest.raises(Conflict, match="ledger_entry_waiting"):
        queries.proof(entry_id)
    sequence()
    found = queries.proof(entry_id)
    leaf = leaf_hash(found.entry)
    assert root_by_path(leaf, index=300, size=301, path=found.path) == found.checkpoint.root
    assert [event.facts for event in queries.history(subject)] == [{"version": 1}]


def test_an_unknown_entry_is_not_found(log: Path) -> None:
    with pytest.raises(NotFound, match="ledger_entry_not_found"):
        queries.proof(uuid4())
