"""Shamir's secret sharing, byte by byte over GF(2^8) with the polynomial of FIPS 197 (x^8+x^4+x^3+x+1), generator 3.

Share number x of a byte is f(x) for a random polynomial f of degree k - 1 whose value at 0 is the byte. Any k shares
give f(0) back by Lagrange; fewer are consistent with every secret alike.
"""

import secrets
from collections.abc import Mapping
from functools import reduce
from operator import xor

MOST = 255


def _tables() -> tuple[list[int], list[int]]:
    powers, logs, value = [0] * 510, [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logs[value] = exponent
        value ^= (value << 1) ^ (0x11B if value & 0x80 else 0)  # times 3: itself and its double
    return powers, logs


_POWER, _LOG = _tables()


def multiply(a: int, b: int) -> int:
    return _POWER[_LOG[a] + _LOG[b]] if a and b else 0


def divide(a: int, b: int) -> int:
    """Raises ZeroDivisionError."""
    if b == 0:
        raise ZeroDivisionError
    return _POWER[_LOG[a] - _LOG[b] + 255] if a else 0


def split(secret: bytes, *, shares: int, needed: int) -> dict[int, bytes]:
    """Share number (1 …) → share, as long as the secret. Raises ValueError unless 2 <= needed <= shares <= 255."""
    if not 2 <= needed <= shares <= MOST:  # noqa: PLR2004 - one share would be the secret itself
        raise ValueError((shares, needed))
    polynomials = [[byte, *secrets.token_bytes(needed - 1)] for byte in secret]
    return {x: bytes(_value(polynomial, x) for polynomial in polynomials) for x in range(1, shares + 1)}


def combine(shares: Mapping[int, bytes]) -> bytes:
    """The secret, if these are enough shares of one; otherwise bytes that mean nothing."""
    weights = {x: _weight(x, list(shares)) for x in shares}
    length = len(next(iter(shares.values())))
    terms = ([multiply(weights[x], share[place]) for x, share in shares.items()] for place in range(length))
    return bytes(reduce(xor, some) for some in terms)


def _value(polynomial: list[int], x: int) -> int:
    result = 0
    for coefficient in reversed(polynomial):
        result = multiply(result, x) ^ coefficient
    return result


def _weight(x: int, numbers: list[int]) -> int:
    """Lagrange's factor at 0."""
    weight = 1
    for other in numbers:
        if other != x:
            weight = multiply(weight, divide(other, other ^ x))
    return weight
