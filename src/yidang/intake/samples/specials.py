"""The batch's odd ones: born digital, stacked, zipped, with a page lost, blank, cut off, or seen before."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from yidang.intake.samples import files
from yidang.intake.samples.drawing import Document, draw, page_truth, scanned
from yidang.intake.samples.forms import settlement
from yidang.intake.samples.forms.kit import Drawn, Kit
from yidang.intake.samples.separators import separator
from yidang.intake.samples.style import make_style
from yidang.intake.samples.wear import Scan, coarsen, scan

if TYPE_CHECKING:
    from yidang.intake.samples.batch import Sample

QUALITY = 38
BORN = ("settlement_list", "remote_filing", "levy_assessment", "inspection_notice", "enrolment_person", "invoice")


def make(seed: int, fonts: Path | None) -> "list[Sample]":
    rng = Random(f"{seed}/specials")  # noqa: S311 - drawings, not secrets
    maker = _Maker(rng, fonts)
    return [
        *maker.born_digital(),
        maker.born_ofd(),
        maker.scanned_ofd(),
        maker.word_letter(),
        maker.with_blank_page(),
        maker.with_lost_page(),
        maker.without_seal(),
        *maker.seen_before(),
        maker.cut_off("jpg"),
        maker.cut_off("pdf"),
        maker.stack(),
        maker.archive(),
        *maker.folder_of_pages(),
    ]


class _Maker:
    def __init__(self, rng: Random, fonts: Path | None) -> None:
        self._rng, self._fonts = rng, fonts

    def _document(self, kind: str, *, clean: float = 1.0) -> Document:
        document = scanned(draw(kind, self._rng, fonts=self._fonts), self._rng, clean_share=clean)
        return Document(document.drawn, [self._slim(page) for page in document.scans])

    def _slim(self, page: Scan) -> Scan:
        page.quality = min(page.quality, QUALITY)
        if page.dpi > 150:
            coarsen(page, self._rng)
        return page

    def _long_list(self) -> Drawn:
        while True:
            kit = Kit(self._rng, make_style(self._rng, self._fonts), 2025)
            drawn = settlement.draw(kit, itemised=True)
            if len(drawn.pages) == 3:
                return drawn

    def born_digital(self) -> "list[Sample]":
        found = []
        for number, kind in enumerate(BORN):
            drawn = self._truetype(kind)
            truth = Document(drawn, [scan(paper) for paper in drawn.pages]).truth()
            name = f"born/{kind.replace('_', '-')}-2025{number + 3:02d}18-{number + 701}.pdf"
            found.append(_sample(name, files.as_born_pdf(drawn.pages), truth))
        return found

    def _truetype(self, kind: str) -> Drawn:
        """Drawn in a face a PDF can embed: the Noto collections' outlines are of the other sort."""
        style = make_style(self._rng, self._fonts)
        while style.faces["label"][0].file.startswith("Noto"):
            style = make_style(self._rng, self._fonts)
        from yidang.intake.samples.forms import DRAWERS

        plain = replace(style, faces=dict.fromkeys(style.faces, style.faces["label"]))
        return _unstamped(DRAWERS[kind](Kit(self._rng, plain, 2025)))

    def born_ofd(self) -> "Sample":
        drawn = _unstamped(draw("invoice", self._rng, fonts=self._fonts))
        truth = Document(drawn, [scan(paper) for paper in drawn.pages]).truth()
        return _sample("born/invoice-20250711-711.ofd", files.as_born_ofd(drawn.pages), truth)

    def scanned_ofd(self) -> "Sample":
        document = self._document("remote_filing")
        content = files.as_scanned_ofd(document.scans, document.drawn.pages[0])
        return _sample("remote/remote-20250809-712.ofd", content, document.truth())

    def word_letter(self) -> "Sample":
        drawn = _unstamped(draw("typed_letter", self._rng, fonts=self._fonts))
        texts = [fragment.text for paper in drawn.pages for fragment in paper.fragments]
        truth = Document(drawn, [scan(paper) for paper in drawn.pages]).truth() | {"layout": "none"}
        return _sample("letter/letter-20040302-713.docx", files.as_docx(texts), truth)

    def with_blank_page(self) -> "Sample":
        document = self._document("chronic_application")
        back = np.full_like(document.scans[0].pixels, 246)
        dice = np.random.default_rng(self._rng.randrange(2**32))
        back = np.clip(back + dice.normal(0, 3, back.shape), 0, 255).astype(np.uint8)
        blank = Scan(back, document.scans[0].dpi, [], [], ["blank"], quality=QUALITY)
        document.scans.append(blank)
        document.drawn.defects.append("blank_page")
        return _sample("chronic/chronic-20250415-714.tif", files.as_tiff(document.scans), document.truth())

    def with_lost_page(self) -> "Sample":
        drawn = self._long_list()
        del drawn.pages[1]
        drawn.defects.append("page_missing")
        document = Document(drawn, [self._slim(scan(paper)) for paper in drawn.pages])
        return _sample("settle/settle-20250522-715.pdf", files.as_scanned_pdf(document.scans), document.truth())

    def without_seal(self) -> "Sample":
        while True:
            drawn = draw("inspection_notice", self._rng, fonts=self._fonts)
            if not drawn.pages[0].seals:
                drawn.defects.append("seal_missing")
                document = Document(drawn, [self._slim(scan(paper)) for paper in drawn.pages])
                return _sample("notice/notice-20250306-716.jpg", files.as_jpeg(document.scans[0]), document.truth())

    def seen_before(self) -> "list[Sample]":
        """One sheet scanned twice, and one file handed over twice."""
        drawn = draw("diagnosis_certificate", self._rng, fonts=self._fonts)
        first = Document(drawn, [self._slim(page) for page in scanned(drawn, self._rng, clean_share=1.0).scans])
        again = Document(drawn, [self._slim(page) for page in scanned(drawn, self._rng, clean_share=0.0).scans])
        content = files.as_jpeg(first.scans[0])
        return [
            _sample("diag/diag-20250611-717.jpg", content, first.truth()),
            _sample("diag/diag-20250612-718.jpg", files.as_jpeg(again.scans[0]), again.truth() | _odd("scanned_twice")),
            _sample("diag/diag-20250613-719.jpg", content, first.truth() | _odd("same_bytes")),
        ]

    def cut_off(self, kind: str) -> "Sample":
        document = self._document("invoice")
        whole = files.as_jpeg(document.scans[0]) if kind == "jpg" else files.as_scanned_pdf(document.scans)
        truth = {"type": "invoice", "defects": ["truncated"], "pages": []}
        return _sample(
            f"invoice/invoice-20250914-72{len(kind) + (kind == 'pdf')}.{kind}", whole[: len(whole) * 3 // 5], truth
        )

    def stack(self) -> "Sample":
        """Three forms fed in one go, a separator sheet between them."""
        parts = [self._document("enrolment_person") for _ in range(3)]
        sheets: list[Scan] = []
        members = []
        for number, part in enumerate(parts):
            if number:
                sheets.append(self._slim(scan(separator(make_style(self._rng, self._fonts)))))
            sheets += part.scans
            members.append(part.truth())
        truth = {"type": "enrolment_person", "defects": ["stack"], "separators": 2, "members": members}
        return _sample("enrol/enrol-20251010-730.pdf", files.as_scanned_pdf(sheets), truth)

    def archive(self) -> "Sample":
        parts: dict[str, str | bytes] = {}
        members: list[dict[str, Any]] = []
        for number in range(4):
            document = self._document("levy_assessment", clean=0.5)
            name = f"2025年核定表/{document.drawn.fields['unit_name']}-{number + 1}.jpg"
            parts[name] = files.as_jpeg(document.scans[0])
            members.append({"file": name, **document.truth()})
        return _sample("levy/levy-20251130.zip", files.zipped(parts), {"type": "levy_assessment", "members": members})

    def folder_of_pages(self) -> "list[Sample]":
        """One item, a picture a page: the form is named on every page's entry."""
        document = Document(drawn := self._long_list(), [self._slim(scan(paper)) for paper in drawn.pages])
        whole = document.truth()
        found = []
        for number, page in enumerate(document.scans, 1):
            truth = whole | {"pages": [page_truth(page)], "part": [number, len(document.scans)]}
            found.append(_sample(f"settle/20250620-itemised/{number:02d}.jpg", files.as_jpeg(page), truth))
        return found


def catalogue(samples: "Sequence[Sample]") -> "list[Sample]":
    """A 目录 of the inspection papers, with one row whose paper was never scanned."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink)
    writer.writerow(["序号", "文件名", "题名", "责任者", "文号", "日期", "页数", "档号", "备注"])
    notices = [sample for sample in samples if sample.truth["type"] == "inspection_notice"]
    for number, sample in enumerate(notices, 1):
        truth, fields = sample.truth, sample.truth["fields"]
        title = f"{fields['institution_name']}{truth['heading']}"
        row = [fields["responsible"], fields["document_number"], fields["formed_on"], len(truth["pages"]), "", ""]
        writer.writerow([number, sample.file.rpartition("/")[2], title, *row])
    paper_only = [
        "关于二〇〇三年度定点医疗机构检查情况的报告",
        "临溪县医疗保险管理局",
        "临医险〔2003〕17号",
        "2003-12-09",
        6,
    ]
    writer.writerow([len(notices) + 1, "", *paper_only, "J001-JH-2003-0017", "仅存纸质"])
    content = sink.getvalue().encode("gb18030")
    truth = {"type": "inspection_notice", "is_catalogue": True, "rows": len(notices) + 1}
    return [_sample("notice/catalogue.csv", content, truth)]


def _unstamped(drawn: Drawn) -> Drawn:
    """What is kept as text alone has no seal."""
    for paper in drawn.pages:
        paper.seals.clear()
    return drawn


def _odd(defect: str) -> dict[str, Any]:
    return {"defects": [defect]}


def _sample(name: str, content: bytes, truth: dict[str, Any]) -> "Sample":
    from yidang.intake.samples.batch import Sample

    return Sample(name, content, truth)
