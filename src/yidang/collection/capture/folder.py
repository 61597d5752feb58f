"""The watched folder."""


def pick_up() -> int:
    return 0
