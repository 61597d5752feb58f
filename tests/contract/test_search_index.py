"""What every search index engine must do. An engine joins by being added to ENGINES."""

import shutil
from dataclasses import replace
from uuid import UUID

import pytest

from yidang.access.adapters.tantivy_index import TantivyIndex
from yidang.access.ports import Clause, Covered, Criteria, IndexedItem, Order, Way
from yidang.kernel.errors import Unavailable

ENGINES = {"tantivy": TantivyIndex}


@pytest.fixture(params=ENGINES, name="open_index")
def _open_index(request, tmp_path):
    opened = []

    def open_index():
        opened.append(ENGINES[request.param](tmp_path / "index"))
        return opened[-1]

    yield open_index
    for index in opened:
        index.close()


def entry(number, grams="", *, identifiers="", scope="department:cbg", formed=20240101, **facets):
    return IndexedItem(
        item=UUID(int=number),
        grams=grams.split(),
        identifiers=identifiers.split(),
        scopes=[scope],
        facets={"year": "2024", "state": "filed"} | facets,
        filed=number,
        formed=formed,
        stamp=number * 1000,
    )


def numbers(index, order=Order.NEWEST, offset=0, limit=100, **criteria):
    found = index.find(Criteria(**criteria), order=order, offset=offset, limit=limit)
    return [item.int for item in found.items]


def clause(grams="", *identifiers):
    """The grams, or one of the identifiers."""
    by_grams = [Way(grams=frozenset(grams.split()))] if grams else []
    return Clause([*by_grams, *(Way(identifiers=frozenset({one})) for one in identifiers)])


@pytest.fixture(name="index")
def _index(open_index):
    index = open_index()
    entries = [
        entry(1, "aa bb", identifiers="i1"),
        entry(2, "aa bb cc", year="2023", scope="department:dyg"),
        entry(3, "cc", identifiers="i1 i2", seal="yes", formed=20250630),
        entry(4, "aa", formed=0, state="waiting"),
    ]
    index.apply(documents=entries, removed=[], watermark=10)
    return index


def test_a_fresh_index_is_empty(open_index):
    index = open_index()
    assert index.watermark() is None
    assert numbers(index) == []
    assert list(index.stamps()) == []
    assert index.damaged_files() == []


def test_all_grams_of_a_clause_or_one_identifier(index):
    assert numbers(index, clauses=[clause("aa bb")]) == [2, 1]
    assert numbers(index, clauses=[clause("cc", "i1")]) == [3, 2, 1]
    assert numbers(index, clauses=[clause("", "i2")]) == [3]
    assert numbers(index, clauses=[clause("aa"), clause("cc")]) == [2]
    assert numbers(index, clauses=[clause("nothing")]) == []
    assert numbers(index, clauses=[Clause([Way(frozenset({"aa"}), frozenset({"i1"}))])]) == [1]


def test_exclusion(index):
    assert numbers(index, clauses=[clause("aa")], excluded=[clause("bb")]) == [4]
    assert numbers(index, excluded=[clause("aa bb")]) == [4, 3]
    assert numbers(index, excluded=[clause("zz", "i1")]) == [4, 2]


def test_scopes_bound_hits_and_counts(index):
    reaches = [Covered([frozenset({"department:dyg"})])]
    found = index.find(Criteria(reaches=reaches), order=Order.NEWEST, offset=0, limit=10, facets=("year",))
    assert (found.total, [i.int for i in found.items], found.facets) == (1, [2], {"year": {"2023": 1}})
    assert numbers(index, reaches=[]) == []
    assert numbers(index, reaches=[Covered([frozenset()])]) == []
    lent = frozenset({UUID(int=4)})
    both = frozenset({"department:cbg", "department:dyg"})
    assert numbers(index, reaches=[Covered([both])]) == [4, 3, 2, 1]
    assert numbers(index, reaches=[Covered([both, frozenset({"department:dyg"})])]) == [2]
    assert numbers(index, reaches=[Covered([frozenset({"department:dyg"})]), Covered(items=lent)]) == [4, 2]


def test_facets_filter_and_count(index):
    assert numbers(index, facets={"year": frozenset({"2023"})}) == [2]
    assert numbers(index, facets={"year": frozenset({"2023", "2024"}), "seal": frozenset({"yes"})}) == [3]
    found = index.find(Criteria(), order=Order.BEST, offset=0, limit=1, facets=("year", "state", "seal"))
    assert found.total == 4
    assert found.facets == {
        "year": {"2024": 3, "2023": 1},
        "state": {"filed": 3, "waiting": 1},
        "seal": {"yes": 1},
    }


def test_dates_leave_out_the_undated(index):
    assert numbers(index, formed_from=20240101) == [3, 2, 1]
    assert numbers(index, formed_to=20241231) == [2, 1]
    assert numbers(index, formed_from=20250101, formed_to=20251231) == [3]


def test_among_and_without(index):
    assert numbers(index, among=frozenset({UUID(int=1), UUID(int=9)})) == [1]
    assert numbers(index, without=frozenset({UUID(int=4), UUID(int=1)})) == [3, 2]


def test_newest_first_in_windows(index):
    assert numbers(index, offset=1, limit=2) == [3, 2]
    assert numbers(index, offset=9, limit=2) == []


def test_best_puts_the_rarer_word_first(open_index):
    index = open_index()
    padding = [f"p{n}" for n in range(50)]
    short, long = entry(1, "aa bb"), entry(2, " ".join(["aa", "bb", *padding]))
    index.apply(documents=[short, long], removed=[], watermark=1)
    assert numbers(index, order=Order.BEST, clauses=[clause("aa")]) == [1, 2]


def test_a_document_replaces_and_a_removal_removes(index):
    index.apply(documents=[entry(1, "zz")], removed=[UUID(int=2)], watermark=11)
    assert numbers(index) == [4, 3, 1]
    assert numbers(index, clauses=[clause("aa")]) == [4]
    assert index.watermark() == 11


def test_replace_all(index):
    index.replace_all(documents=[entry(7, "aa")], watermark=12)
    assert (numbers(index), index.watermark()) == ([7], 12)


def test_a_batch_that_fails_leaves_nothing(index):
    def failing():
        yield entry(8, "aa")
        raise OSError("the source broke off")

    with pytest.raises(OSError, match="broke off"):
        index.apply(documents=failing(), removed=[UUID(int=1)], watermark=20)
    assert (numbers(index), index.watermark()) == ([4, 3, 2, 1], 10)
    index.apply(documents=[entry(9, "aa")], removed=[], watermark=21)
    assert numbers(index) == [9, 4, 3, 2, 1]


def test_a_writer_that_lost_its_disk_is_replaced(index, tmp_path):
    shutil.rmtree(tmp_path / "index")
    with pytest.raises(Unavailable):
        index.apply(documents=[entry(n, "aa") for n in range(10, 20)], removed=[], watermark=11)
    assert index.watermark() is None
    index.apply(documents=[entry(9, "aa")], removed=[], watermark=12)
    assert (numbers(index), index.watermark()) == ([9], 12)


def test_another_reader_sees_each_commit(index, open_index):
    reader = open_index()
    assert numbers(reader, clauses=[clause("aa")]) == [4, 2, 1]
    index.apply(documents=[entry(5, "aa")], removed=[], watermark=11)
    assert numbers(reader, clauses=[clause("aa")]) == [5, 4, 2, 1]
    assert reader.watermark() == 11


def test_there_is_one_writer(index, open_index):
    with pytest.raises(Unavailable) as refused:
        open_index().apply(documents=[], removed=[], watermark=1)
    assert refused.value.code == "index_busy"
    index.close()
    open_index().apply(documents=[], removed=[], watermark=11)


def test_stamps_name_every_item_in_order(index):
    far = replace(entry(0), item=UUID(int=2**127 + 1), stamp=2**64 - 1)
    index.apply(documents=[far], removed=[UUID(int=2)], watermark=11)
    assert list(index.stamps()) == [(UUID(int=n), n * 1000) for n in (1, 3, 4)] + [(far.item, far.stamp)]


def test_a_flipped_bit_is_found(index, tmp_path):
    index.close()
    assert index.damaged_files() == []
    for path in tmp_path.rglob("*.term"):
        data = bytearray(path.read_bytes())
        data[2] ^= 1
        path.write_bytes(data)
        assert path.name in index.damaged_files()
