def sequence() -> int:
    return 0
