"""Previews are pictures of ours; what cannot be drawn within the limits only loses a child."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from esar.exchange.inspection import preview
from esar.exchange.inspection.kinds import KINDS
from esar.exchange.inspection.preview import first_lines, first_pages
from esar.kernel.problems import Refused
from tests.exchange.inspection.good import office, pdf, picture


def put(folder: Path, data: bytes) -> Path:
    path = folder / "sent"
    path.write_bytes(data)
    return path


def sizes(pages: list[bytes]) -> list[tuple[int, int]]:
    return [Image.open(io.BytesIO(page)).size for page in pages]


def refusal(path: Path, code: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        first_pages(path, KINDS[code], 3)
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize(("pages", "count"), [(1, 1), (3, 3), (5, 3)])
def test_the_first_pages_of_a_pdf_are_drawn(pages: int, count: int, tmp_path: Path) -> None:
    pages_drawn = first_pages(put(tmp_path, pdf(pages=pages)), KINDS["pdf"], 3)

    assert sizes(pages_drawn) == [(1600, 2264)] * count


@pytest.mark.parametrize(
    ("size", "new_size"),
    [((40, 30), (40, 30)), ((4000, 1000), (1600, 400)), ((10, 6000), (3, 1600))],
)
@pytest.mark.parametrize("code", ["png", "jpeg"])
def test_a_picture_is_drawn_anew_and_never_larger(
    code: str, size: tuple[int, int], new_size: tuple[int, int], tmp_path: Path
) -> None:
    pictures = first_pages(put(tmp_path, picture(code, size)), KINDS[code], 1)

    assert sizes(pictures) == [new_size]


def test_what_the_camera_wrote_into_a_picture_is_gone(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "secret place"  # turned by a quarter
    (page,) = first_pages(put(tmp_path, picture("jpeg", exif=exif)), KINDS["jpeg"], 1)

    assert b"secret" not in page
    assert sizes([page]) == [(30, 40)]
    assert Image.open(io.BytesIO(page)).info == {}


@pytest.mark.parametrize("code", ["pdf", "png", "jpeg"])
def test_what_cannot_be_drawn_is_refused(code: str, tmp_path: Path) -> None:
    assert refusal(put(tmp_path, b"%PDF-1.7 rubbish"), code) == ["evidence.no_preview"]


def test_office_files_have_no_preview(tmp_path: Path) -> None:
    assert refusal(put(tmp_path, office()), "docx") == ["evidence.no_preview_of_kind"]


def test_a_child_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fifo = tmp_path / "never-ends"
    os.mkfifo(fifo)
    holder = os.open(fifo, os.O_RDWR)  # so that the reader is never told of an end
    monkeypatch.setattr(preview, "_SECONDS", 0.5)
    try:
        assert refusal(fifo, "pdf") == ["evidence.no_preview"]
    finally:
        os.close(holder)


LIMITED = """
from esar.exchange.inspection import preview
preview._limit_ourselves()
try:
    bytes(2_000_000_000)
except MemoryError:
    print("memory")
import resource
print(resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_the_child_is_limited_for_good() -> None:
    limits = subprocess.run(
        [sys.executable, "-I", "-c", LIMITED], capture_output=True, text=True, check=True
    ).stdout

    assert limits.splitlines() == ["memory", "(20, 20) (0, 0)"]


def test_a_child_that_was_overrun_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = picture("png")
    for sent in (page + b"<script>", b"<html>", picture("png", (1601, 1))):
        framed = len(sent).to_bytes(4, "big") + sent
        monkeypatch.setattr(
            preview, "_run", lambda _file, output, *_, framed=framed: output.write(framed) * 0
        )
        assert refusal(put(tmp_path, page), "png") == ["evidence.no_preview"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_text_shows_its_first_200_lines(encoding: str, tmp_path: Path) -> None:
    text = "".join(f"บรรทัด {number}\r\n" for number in range(300))

    lines = first_lines(put(tmp_path, text.encode(encoding)))

    assert lines.splitlines() == [f"บรรทัด {number}" for number in range(200)]


def test_a_line_without_end_is_cut_between_two_letters(tmp_path: Path) -> None:
    line = first_lines(put(tmp_path, b"x" + "ก".encode() * 300_000))

    assert line == "x" + "ก" * 133_333


def test_text_that_is_none_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        first_lines(put(tmp_path, b"\xff\xdb\xdc\xfc"))
