"""At the counter in a real browser whose camera shows a page on a desk: picture, space bar, checklist."""

import cv2
import numpy as np
import pytest
from playwright.sync_api import expect

from .conftest import FLAGS, chromium
from .journey import Desks
from .looking import SIZES, faults, look_round


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A page that lies askew on a dark desk, as a film of still pictures."""
    page = np.full((990, 700, 3), 236, np.uint8)
    for line in range(60, 930, 30):
        cv2.putText(page, f"YIDANG {line} settlement 2026", (40, line), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (30, 30, 30), 2)
    there = np.array([[430, 60], [1010, 40], [1040, 690], [410, 680]], np.float32)
    source = np.array([[0, 0], [700, 0], [700, 990], [0, 990]], np.float32)
    laid = cv2.warpPerspective(page, cv2.getPerspectiveTransform(source, there), (1280, 720))
    frame = np.full((720, 1280, 3), 60, np.uint8)
    mask = cv2.fillConvexPoly(np.zeros((720, 1280), np.uint8), there.astype(int), 255)
    frame[mask > 0] = laid[mask > 0]
    path = tmp_path_factory.mktemp("camera") / "page.mjpeg"
    path.write_bytes(cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes() * 30)
    return path


@pytest.fixture(scope="module")
def watching(browser, film):
    """The same Chromium, started once more with a camera."""
    camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    shows = f"--use-file-for-fake-video-capture={film}"
    started = browser.browser_type.launch(executable_path=chromium(), args=[*FLAGS, *camera, shows])
    yield started
    started.close()


@pytest.fixture
def counters(watching, archive):
    made = Desks(watching, archive)
    yield made
    made.close()
    assert made.complaints == []


def begin(desk):
    desk.go("/collection/counter/")
    desk.page.get_by_label("类目").select_option("DYJS")
    desk.page.get_by_role("button", name="开始").click()
    expect(desk.page.get_by_role("button", name="拍摄")).to_be_enabled()  # the camera's picture has come


def test_pages_go_straight_into_the_checklist(counters, archive):
    desk = counters.at("archivist")
    page = desk.page
    begin(desk)
    first = page.locator("[data-pages='1']")
    for count in ("1", "2"):
        page.keyboard.press("Space")
        expect(first).to_have_text(count)
        expect(page.locator("#said")).to_contain_text("已拍")
    page.locator("#material-2").check()
    page.get_by_role("button", name="拍摄").click()
    expect(page.locator("[data-pages='2']")).to_have_text("1")
    page.get_by_role("button", name="完成", exact=True).click()
    lacking = page.locator(".error-summary")
    lacking.or_(page.locator("#progress")).first.wait_for()
    if lacking.count():  # what the checklist requires is told by name before the end
        expect(lacking.get_by_role("listitem").first).to_be_visible()
        page.get_by_role("button", name="仍要完成，缺件另行催收").click()
    page.wait_for_url("**/accessions/**")
    page.wait_for_selector("#progress .tag.good", timeout=120_000)


def test_who_does_not_take_in_has_no_counter(desks):
    desk = desks.at("reader")
    answer = desk.page.request.get(f"{desk.archive.address}/collection/counter/")
    assert answer.status == 403


def test_axe_finds_nothing_at_the_counter(counters):
    desk = counters.at("archivist")
    assert look_round(desk, ["/collection/counter/"]) == {}
    desk.page.set_viewport_size(SIZES["desk"])
    begin(desk)
    assert faults(desk.page) == []
