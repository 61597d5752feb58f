"""What this room makes known to the rooms below it."""


def register_all() -> None:
    pass
