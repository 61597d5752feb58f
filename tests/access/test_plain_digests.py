"""An ID number under a plain digest is no secret; ours are digested under a key (docs/rooms/access.md)."""

import hashlib
import secrets
from datetime import date, timedelta

from yidang.access.releases.pseudonyms import Digests
from yidang.crypto.fields import blind_index
from yidang.holdings.identifiers import ID_NUMBER
from yidang.kernel.resident_id import check_digit

COUNTY, YEAR, WANTED = "330106", 1980, "330106198001010013"


def numbers():
    """Everybody born there and then: 366,000 numbers."""
    for day in range(366):
        stem = COUNTY + (date(YEAR, 1, 1) + timedelta(days=day)).strftime("%Y%m%d")
        for serial in range(1000):
            first = f"{stem}{serial:03d}"
            yield first + check_digit(first)


def test_a_plain_digest_gives_the_number_back():
    for hash_name in ("sha256", "sm3"):
        stolen = hashlib.new(hash_name, WANTED.encode()).digest()
        found = next(one for one in numbers() if hashlib.new(hash_name, one.encode()).digest() == stolen)
        assert found == WANTED


def test_ours_are_no_plain_digest_of_anything_that_can_be_counted_through():
    kept = {blind_index(ID_NUMBER, WANTED).hex(), Digests(secrets.token_bytes(32), "id_number").of(WANTED)}
    guesses = {hashlib.new(name, WANTED.encode()).hexdigest() for name in ("sha256", "sm3", "md5", "sha1")}
    assert not any(guess.startswith(one[:16]) for guess in guesses for one in kept)
    assert Digests(secrets.token_bytes(32), "id_number").of(WANTED) not in kept  # another key, another digest
