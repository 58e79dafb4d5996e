"""Pages as pictures made by us, so that nobody has to open the file itself.

Whatever draws a hostile file may be overrun by it. So a child process draws: it has the file on its
standard input, limits on time, memory and output, none of our settings, and can only be lost.
Run as `python -I -m esar.exchange.inspection.preview CODE MAX_PAGES`.
"""

from __future__ import annotations

import contextlib
import io
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from esar.exchange.inspection.images import png_extent
from esar.exchange.inspection.kinds import PDF_MAGIC, Kind
from esar.exchange.inspection.text import decoded
from esar.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from PIL.Image import Image

WIDEST = 1600  # pixels
HIGHEST = 4000  # pixels
MAX_LINES = 200
_MAX_TEXT = 400_000  # bytes: 200 lines as long as any reader would follow
_SHARPEST = 4  # times 72 dots an inch
_SECONDS = 20  # of processor time; and as long again may pass
_MEMORY = 1_500_000_000  # bytes of address space
_MAX_OUTPUT = 64_000_000  # bytes
_LENGTH = 4  # bytes before each picture
_UNLOCK = "unlock"  # what the child does instead of drawing
_DRAWN = ("pdf", "png", "jpeg")


def first_pages(path: Path, kind: Kind, most_pages: int) -> list[bytes]:
    """The first pages of a PDF, or a picture, as PNG files of ours, without any metadata.

    Units: at most `most_pages`, each at most WIDEST by HIGHEST pixels.
    Errors: Refused, `evidence.no_preview` when the file cannot be drawn within the limits and
    `evidence.no_preview_of_kind` for kinds that are not drawn at all.
    """
    if kind.code not in _DRAWN:
        raise Refused([Problem("evidence.no_preview_of_kind", {"kind": kind.name})])
    with path.open("rb") as file, tempfile.TemporaryFile() as output:
        if _run(file, output, kind.code, most_pages) != 0:
            raise Refused([Problem("evidence.no_preview")])
        pages = list(_pages(output))
    if not 0 < len(pages) <= most_pages or not all(_is_ours(page) for page in pages):
        raise Refused([Problem("evidence.no_preview")])
    return pages


def unlocked(data: bytes) -> bytes | None:
    """A copy of a PDF without its restrictions, to be looked into; None where it has a password.

    Made in the child as well. The copy is for our eyes only: what is kept is what was sent.
    """
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as output:
        file.write(data)
        file.seek(0)
        copies = list(_pages(output)) if _run(file, output, _UNLOCK, 0) == 0 else []
    return copies[0] if len(copies) == 1 and copies[0].startswith(PDF_MAGIC) else None


def first_lines(path: Path) -> str:
    """The first MAX_LINES lines of text or CSV, as plain text. Errors: Refused when it is none."""
    with path.open("rb") as file:
        data = b"".join(file.readline(_MAX_TEXT) for _ in range(MAX_LINES))[:_MAX_TEXT]
    while data and (text := decoded(data)) is None and len(data) >= _MAX_TEXT - 3:
        data = data[:-1]  # the cut went through a letter
    if (text := decoded(data)) is None:
        raise Refused([Problem("evidence.no_preview")])
    return "".join(sign for sign in text if sign.isprintable() or sign in "\t\n")


def _run(file: IO[bytes], output: IO[bytes], work: str, most_pages: int) -> int:
    """The child's exit code; 1 when it had to be ended."""
    command = [
        sys.executable,
        "-I",
        "-m",
        "esar.exchange.inspection.preview",
        work,
        str(most_pages),
    ]
    try:
        return subprocess.run(
            command,
            stdin=file,
            stdout=output,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=2 * _SECONDS,
            env={"LANG": "C.UTF-8"},
            cwd="/",
            close_fds=True,
        ).returncode
    except (subprocess.TimeoutExpired, OSError):
        return 1


def _pages(output: IO[bytes]) -> Iterator[bytes]:
    output.seek(0)
    while length := output.read(_LENGTH):
        yield output.read(min(int.from_bytes(length, "big"), _MAX_OUTPUT))


def _is_ours(page: bytes) -> bool:
    """The child may have been overrun: what it sent must be one PNG of our size, and no more."""
    extent = png_extent(page)
    return (
        extent is not None
        and extent.end == len(page)
        and extent.width <= WIDEST
        and extent.height <= HIGHEST
    )


# --- in the child ---------------------------------------------------------------------------------


def main(code: str, most_pages: int) -> None:
    """Reads the file from standard input; writes length, PNG, length, PNG, …"""
    _limit_ourselves()
    data = sys.stdin.buffer.read()
    if code == _UNLOCK:
        copy = _unlocked(data)
        sys.stdout.buffer.write(len(copy).to_bytes(_LENGTH, "big") + copy)
        return
    for page in _drawn_pdf(data, most_pages) if code == "pdf" else _drawn_picture(data, code):
        written = io.BytesIO()
        page.save(written, "PNG")
        png = written.getvalue()
        sys.stdout.buffer.write(len(png).to_bytes(_LENGTH, "big") + png)
    sys.stdout.buffer.flush()


def _limit_ourselves() -> None:
    """Hard limits: they cannot be raised again. macOS knows no limit of address space."""
    for limit, most in (
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _MAX_OUTPUT),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(limit, (most, most))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _drawn_pdf(data: bytes, most_pages: int) -> Iterator[Image]:
    """Draws page by page. Scripts are not run: this PDFium is built without an engine."""
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

    document = PdfDocument(data)
    for number in range(min(len(document), most_pages)):
        page = document[number]
        width, height = page.get_size()
        scale = min(WIDEST / max(width, 1), HIGHEST / max(height, 1), _SHARPEST)
        yield _bare(page.render(scale=scale).to_pil())


def _unlocked(data: bytes) -> bytes:
    from pypdfium2 import PdfDocument, raw

    copy = io.BytesIO()
    PdfDocument(data).save(copy, flags=raw.FPDF_REMOVE_SECURITY)
    return copy.getvalue()


def _drawn_picture(data: bytes, code: str) -> Iterator[Image]:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=[code.upper()]) as image:
        image.thumbnail((WIDEST, WIDEST))
        yield _bare(ImageOps.exif_transpose(image))


def _bare(image: Image) -> Image:
    """The pixels on white, and nothing that the file said about them."""
    from PIL import Image

    image.thumbnail((WIDEST, HIGHEST))  # a scale rounds up to one pixel too many
    clear = image.convert("RGBA")
    bare = Image.new("RGB", image.size, "white")
    bare.paste(clear, mask=clear.getchannel("A"))
    return bare


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
