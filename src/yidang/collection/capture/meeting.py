"""Paper and electronic parts of one case meet in one item."""


def register() -> None:
    """Filled in below."""


def settle_cases() -> int:
    return 0
