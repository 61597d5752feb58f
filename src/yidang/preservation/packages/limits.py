"""How far a stranger's package is followed."""

FILES = 500_000
RATIO = 200  # unpacked for packed, of what is large
RATIO_FROM = 64 * 1024 * 1024
UNPACKED = 1 << 44  # 16 TiB
CONTROL_FILE = 256 * 1024 * 1024  # a manifest, an inventory or a METS document is read whole
DEPTH = 200
PIECE = 1024 * 1024
