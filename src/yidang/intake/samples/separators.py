"""Separator sheets 分隔页: laid between records before a stack goes through the scanner."""

import zxingcpp
from PIL import Image

from yidang.intake.samples.paper import MM, Paper
from yidang.intake.samples.style import Style

NEXT = "YIDANG:NEXT"


def separator(style: Style) -> Paper:
    paper = Paper(style)
    paper.text(105, 60, "分 隔 页", size=14, voice="title", align="middle")
    paper.text(105, 85, "下一份档案从下一页开始", size=6, align="middle")
    code = zxingcpp.create_barcode(NEXT, zxingcpp.BarcodeFormat.QRCode)
    side = round(60 * MM)
    square = Image.fromarray(code.to_image()).convert("RGB").resize((side, side), Image.Resampling.NEAREST)
    paper.image.paste(square, (round(105 * MM - side / 2), round(110 * MM)))
    return paper
