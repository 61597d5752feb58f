"""Numbers of PostgreSQL advisory locks this room takes."""

CHANGES = 0x7964_6863  # "ydhc"
