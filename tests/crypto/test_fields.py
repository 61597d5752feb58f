"""A sealed field opens only where it was sealed; a blind index finds equals and nothing else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yidang.crypto.fields import blind_index, content_digest, open_field, open_json, seal_field, seal_json
from yidang.kernel.errors import Invalid

PLACE = {"table": "item", "row": "1", "field": "description"}
same_home = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@given(value=st.binary(max_size=300))
@same_home
def test_opens_to_what_was_sealed(home: Path, value: bytes) -> None:
    assert open_field(seal_field(value, **PLACE), **PLACE) == value
    assert open_field(memoryview(seal_field(value, **PLACE)), **PLACE) == value


def test_json_keeps_chinese(home: Path) -> None:
    value = {"title": "参保登记表", "amount": 1234, "none": None}
    sealed = seal_json(value, **PLACE)
    assert "参保".encode() not in sealed
    assert open_json(sealed, **PLACE) == value


@pytest.mark.parametrize("elsewhere", [{"table": "page"}, {"row": "2"}, {"field": "reason"}])
def test_does_not_open_in_another_place(home: Path, elsewhere: dict[str, str]) -> None:
    with pytest.raises(Invalid, match="field_damaged"):
        open_field(seal_field(b"x", **PLACE), **(PLACE | elsewhere))


@given(bit=st.integers(0, 8 * 36 - 1))
@same_home
def test_a_flipped_bit_is_found(home: Path, bit: int) -> None:
    sealed = bytearray(seal_field(b"12345", **PLACE))
    assert len(sealed) == 36
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Invalid, match="field_damaged"):
        open_field(bytes(sealed), **PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01\x00\x01" + bytes(12)])
def test_a_stump_is_damaged(home: Path, sealed: bytes) -> None:
    with pytest.raises(Invalid, match="field_damaged"):
        open_field(sealed, **PLACE)


def test_blind_indexes(home: Path) -> None:
    assert blind_index("name", "张三") == blind_index("name", "张三")
    assert blind_index("name", "张三") != blind_index("phone", "张三")
    assert blind_index("name", "张三") != blind_index("name", "李四")
    assert len(blind_index("name", "张三")) == 16
    assert len(content_digest(bytes(32))) == 32
