"""k of n shares give the root key back, and nothing else does."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.crypto import shamir
from yidang.crypto.shares import read_share, recover_root, split_root
from yidang.kernel.errors import Invalid

ROOT = bytes(range(32))
byte = st.integers(0, 255)


def test_the_field_is_that_of_fips_197() -> None:
    """Sections 4.2 and 4.2.1: {57}·{83} = {c1}, {57}·{13} = {fe}, and the repeated doublings of {57}."""
    assert shamir.multiply(0x57, 0x83) == 0xC1
    assert shamir.multiply(0x57, 0x13) == 0xFE
    assert [shamir.multiply(0x57, factor) for factor in (2, 4, 8, 16)] == [0xAE, 0x47, 0x8E, 0x07]


@given(a=byte, b=byte, c=byte)
def test_it_is_a_field(a: int, b: int, c: int) -> None:
    times = shamir.multiply
    assert times(a, b) == times(b, a)
    assert times(a, times(b, c)) == times(times(a, b), c)
    assert times(a, b ^ c) == times(a, b) ^ times(a, c)
    assert times(a, 1) == a
    if b:
        assert times(shamir.divide(a, b), b) == a


def test_a_line_by_hand() -> None:
    """f(x) = {2a} + {57}·x: its values at 1, 2 and 4 follow from the doublings above."""
    shares = {1: bytes([0x2A ^ 0x57]), 2: bytes([0x2A ^ 0xAE]), 4: bytes([0x2A ^ 0x47])}
    for two in itertools.combinations(shares, 2):
        assert shamir.combine({x: shares[x] for x in two}) == b"\x2a"


@given(secret=st.binary(min_size=1, max_size=40), data=st.data())
def test_any_k_of_n_give_it_back(secret: bytes, data: st.DataObject) -> None:
    needed = data.draw(st.integers(2, 6))
    made = shamir.split(secret, shares=data.draw(st.integers(needed, 9)), needed=needed)
    chosen = data.draw(st.lists(st.sampled_from(sorted(made)), min_size=needed, max_size=len(made), unique=True))
    assert shamir.combine({x: made[x] for x in chosen}) == secret


@given(guess=byte)
def test_one_too_few_fit_every_secret(guess: int) -> None:
    """Given k - 1 shares, each guessed secret has a share that completes it: so they rule nothing out."""
    made = shamir.split(b"\x2a", shares=3, needed=3)
    two = {1: made[1], 2: made[2]}
    fits = [value for value in range(256) if shamir.combine({**two, 3: bytes([value])}) == bytes([guess])]
    assert len(fits) == 1


@pytest.mark.parametrize("counts", [(1, 1), (3, 1), (2, 3), (256, 2)])
def test_counts_that_do_not_work(counts: tuple[int, int]) -> None:
    with pytest.raises(Invalid, match="share_counts"):
        split_root(ROOT, root=1, shares=counts[0], needed=counts[1])


def texts(**change: int) -> list[str]:
    return [share.text() for share in split_root(ROOT, **({"root": 1, "shares": 5, "needed": 3} | change))]


def test_printed_shares_as_people_type_them() -> None:
    made = texts()
    assert recover_root([made[4].lower(), made[0].replace("-", " "), made[2].removeprefix("YDS1-")]).secret == ROOT
    assert recover_root(made).secret == ROOT


@given(place=st.integers(5, 100), letter=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_mistyped_letter_is_noticed(place: int, letter: str) -> None:
    text = split_root(ROOT, root=1, shares=2, needed=2)[0].text()
    if place >= len(text) - 1 or text[place] in {"-", letter}:  # the last letter carries bits that stand for nothing
        return
    with pytest.raises(Invalid, match="share_malformed"):
        read_share(text[:place] + letter + text[place + 1 :])


def test_the_mistyped_one_is_named() -> None:
    first, second, third = texts()[:3]
    with pytest.raises(Invalid) as refused:
        recover_root([first, second[:-6] + ("A" if second[-6] != "A" else "B") + second[-5:], third])
    assert refused.value.facts == {"place": 2}


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (("0", "1"), "shares_too_few"),
        ((), "shares_too_few"),
        (("0", "1", "1"), "share_repeated"),
        (("0", "1", "of another split"), "shares_mixed"),
        (("0", "1", "cut"), "share_malformed"),
        (("0", "1", "empty"), "share_malformed"),
    ],
)
def test_wrong_sets_are_refused(chosen: tuple[str, ...], code: str) -> None:
    made = texts()
    given = {"0": made[0], "1": made[1], "of another split": texts()[2], "cut": made[2][:40], "empty": "YDS1-"}
    with pytest.raises(Invalid, match=code):
        recover_root([given[one] for one in chosen])


def test_no_share_holds_the_key() -> None:
    assert all(ROOT[:8] not in share.value for share in split_root(ROOT, root=1, shares=5, needed=3))


@given(st.text(max_size=120))
def test_any_text_is_a_share_or_malformed(text: str) -> None:
    with pytest.raises(Invalid, match="share_malformed"):
        read_share(text)
