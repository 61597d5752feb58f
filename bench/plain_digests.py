"""Why no ID number is ever kept as a plain digest: one county and year of birth, counted through.

    python -m bench.plain_digests

A resident ID number is a county (6 digits), a birth date and a serial of three digits; the last one is a check. So the
people born in one county in one year share 365,000 numbers. Prints how long each hash takes to give a number back.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from time import process_time

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
COUNTY, YEAR = "330106", 1980
Hash = Callable[[bytes], bytes]


def numbers(county: str, year: int) -> Iterator[str]:
    """Every ID number there can be of that county and year of birth."""
    day = date(year, 1, 1)
    while day.year == year:
        stem = county + day.strftime("%Y%m%d")
        begun = sum(int(digit) * weight for digit, weight in zip(stem, _WEIGHTS, strict=False))
        for serial in range(1000):
            rest = serial // 100 * 8 + serial // 10 % 10 * 4 + serial % 10 * 2
            yield f"{stem}{serial:03d}{_CHECKS[(begun + rest) % 11]}"
        day += timedelta(days=1)


def given_back(digest: bytes, by: Hash, county: str = COUNTY, year: int = YEAR) -> str | None:
    """What a thief of the digest does, who guesses county and year of birth."""
    return next((number for number in numbers(county, year) if by(number.encode()) == digest), None)


def plain(name: str) -> Hash:
    return lambda value: hashlib.new(name, value).digest()


def keyed(key: bytes) -> Hash:
    return lambda value: hmac.digest(key, value, "sm3")


def main() -> None:
    last = f"{COUNTY}{YEAR}1231999"
    wanted = next(number for number in numbers(COUNTY, YEAR) if number.startswith(last)).encode()
    for name in ("sha256", "sm3"):
        begun = process_time()
        found = given_back(plain(name)(wanted), plain(name))
        took = process_time() - begun
        print(f"plain {name:7} {'given back' if found else 'kept':10} after {took:.2f} CPU-s")
    begun = process_time()
    found = given_back(keyed(secrets.token_bytes(32))(wanted), plain("sm3"))
    print(f"keyed sm3     {'given back' if found else 'kept':10} after {process_time() - begun:.2f} CPU-s")


if __name__ == "__main__":
    main()
