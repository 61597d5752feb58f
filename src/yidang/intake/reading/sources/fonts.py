"""A Chinese font of this machine, for showing documents that bring none. Reading never needs one."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

PLACES = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
WANTED = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSansCJK-Regular.ttc",
    "simsun.ttc",
    "uming.ttc",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "PingFang.ttc",
    "msyh.ttc",
)
SIMPLIFIED = {"NotoSerifCJK-Regular.ttc": 2, "NotoSansCJK-Regular.ttc": 2}  # the collection's face for 简体


@cache
def chinese_font_file() -> Path | None:
    found = {path.name: path for place in PLACES for path in Path(place).expanduser().rglob("*.tt[cf]")}
    return next((found[name] for name in WANTED if name in found), None)


@cache
def chinese_font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow's own small font where the machine has no Chinese one: boxes instead of characters."""
    path = chinese_font_file()
    if path is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(str(path), max(size, 1), index=SIMPLIFIED.get(path.name, 0))
