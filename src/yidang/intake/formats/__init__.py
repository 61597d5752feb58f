"""What a file is, told by its bytes. A name is only compared with what the bytes say."""

from yidang.intake.formats.identification import Source, identify
from yidang.intake.formats.registry import Family, Format, suffix_fits

__all__ = ["Family", "Format", "Source", "identify", "suffix_fits"]
