"""Hostile files are refused for every reason they give, good ones are told by their content."""

from __future__ import annotations

import io
import shutil
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from esar.exchange.inspection.kinds import ALL, BY_SUFFIX
from esar.exchange.inspection.look import Found, look
from esar.exchange.inspection.names import suffix_of
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence
from tests.exchange.inspection.good import CSV, GOOD, office, pdf, picture
from tests.exchange.inspection.hostile import FILES, TWO_GIGABYTES, Hostile

MOST = 60_000_000


@pytest.mark.parametrize("sent", FILES, ids=lambda sent: ascii(sent.name))
def test_a_hostile_file_is_refused_with_all_its_sentences(sent: Hostile, tmp_path: Path) -> None:
    with sent.written(tmp_path).open("rb") as file, pytest.raises(Refused) as refused:
        look(file, sent.name, most_bytes=MOST)

    problems = refused.value.problems
    assert {problem.code for problem in problems} == sent.why
    for language in ("th", "en"):
        assert all(problem_sentence(problem, language) for problem in problems)


@pytest.mark.parametrize(("name", "make"), GOOD, ids=[ascii(name) for name, _ in GOOD])
def test_a_good_file_is_told_by_its_content(name: str, make: Callable[[], bytes]) -> None:
    data = make()
    file = io.BytesIO(data)
    kind = BY_SUFFIX[suffix_of(name)]

    assert look(file, name, most_bytes=MOST) == Found(kind, kind.media_type, len(data))
    assert file.read() == data


def test_there_is_a_good_file_of_each_kind() -> None:
    assert {BY_SUFFIX[suffix_of(name)] for name, _ in GOOD} == set(ALL)


class Counting(io.FileIO):
    """Counts the bytes that were read."""

    read_so_far = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(-1 if size is None else size) or b""
        self.read_so_far += len(data)
        return data


def test_two_gigabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(TWO_GIGABYTES)

    with Counting(path) as file, pytest.raises(Refused):
        look(file, "huge.pdf", most_bytes=MOST)  # type: ignore[arg-type]
    assert file.read_so_far == 0


def test_a_file_of_exactly_the_most_bytes_is_taken_and_one_byte_more_is_not() -> None:
    data = pdf()

    assert look(io.BytesIO(data), "a.pdf", most_bytes=len(data)).size == len(data)
    with pytest.raises(Refused):
        look(io.BytesIO(data), "a.pdf", most_bytes=len(data) - 1)


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls", "pdf"])
def test_what_an_office_suite_writes_is_taken(
    suffix: str, tmp_path: Path, office_profile: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "in.csv").write_text(CSV, "utf-8")
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={office_profile.as_uri()}",
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(tmp_path),
            str(tmp_path / "in.csv"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    with (tmp_path / f"in.{suffix}").open("rb") as file:
        assert look(file, f"in.{suffix}", most_bytes=MOST).kind.code == suffix


def _trailers() -> list[bytes]:
    samsung = b"\0\0\x01\n\x0e\0\0\0Image_UTC_Data1714000000000SEFHj\0\0\0\x01\0\0\0\x18\0\0\0SEFT"
    film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(64) + b"moov"
    moving = picture("jpeg") + b"MotionPhoto_Data" + film  # a second picture, then a film
    padded = bytes(70_000) + samsung
    return [samsung, film, moving, padded, b'vivo{"com.vivo.photo":1}', b"jxrs" + bytes(8) + b"x"]


@pytest.mark.parametrize("trailer", _trailers())
@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_what_a_phone_writes_behind_its_picture_is_cut_off(kind: str, trailer: bytes) -> None:
    sound = picture(kind)

    finding = look(io.BytesIO(sound + trailer), f"photo.{kind}", most_bytes=MOST)

    pictures = sound + picture("jpeg") if kind == "jpeg" and trailer[:2] == b"\xff\xd8" else sound
    assert finding.size == len(pictures)


def test_a_picture_with_nothing_behind_it_is_kept_whole() -> None:
    padded = picture("jpeg") + bytes(40)

    assert look(io.BytesIO(padded), "photo.jpg", most_bytes=MOST).size == len(padded)


@pytest.mark.parametrize("size", [(20_000, 10_000), (9_248, 6_936), (12_000, 9_000)])
def test_a_picture_of_64_to_200_megapixels_is_taken(size: tuple[int, int]) -> None:
    content = io.BytesIO()
    Image.new("1", size).save(content, "PNG")

    assert look(content, "photo.png", most_bytes=MOST).kind.code == "png"


HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("name", "attached"),
    [
        ("pdfa3_etax.pdf", ("ETDA-invoice.xml",)),
        ("perm_only.pdf", ()),
        ("perm_aes.pdf", ()),  # LibreOffice's, forbidding every change
    ],
)
def test_a_paper_that_must_stay_as_it_is_is_kept_and_what_it_carries_is_named(
    name: str, attached: tuple[str, ...]
) -> None:
    content = (HERE / name).read_bytes()

    finding = look(io.BytesIO(content), name, most_bytes=MOST)

    assert (finding.attached, finding.size) == (attached, len(content))


def _carrying(*names: bytes) -> bytes:
    files = (b"<</Type/Filespec/F%s/EF<</F 9 0 R>>>>" % name for name in names)
    return pdf(b"/Names<</EmbeddedFiles 4 0 R>>", *files)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (b"(a\\(1\\).xml)", "a(1).xml"),
        (b"<FEFF0E010E02002E0063007300760000>", "กข.csv"),
        (b"(../../x/y.pdf)", "y.pdf"),
    ],
)
def test_the_name_of_what_is_attached_is_read_in_each_spelling(written: bytes, name: str) -> None:
    finding = look(io.BytesIO(_carrying(written)), "a.pdf", most_bytes=MOST)

    assert finding.attached == (name,)


def _with_content(name: bytes, content: bytes, packing: bytes = b"") -> bytes:
    """A PDF with one file attached, its content as it is or packed."""
    head = b"<</Type/EmbeddedFile%s/Length %d>>" % (packing, len(content))
    stream = head + b"stream\n" + content + b"\nendstream"
    filespec = b"<</Type/Filespec/UF%s/EF<</F 5 0 R>>>>" % name
    return pdf(b"/Names<</EmbeddedFiles 4 0 R>>", filespec, stream)


@pytest.mark.parametrize("name", ["figures.xlsx", "ก.ods"])
@pytest.mark.parametrize("packing", [b"", b"/Filter/FlateDecode"])
def test_a_workbook_attached_to_a_pdf_is_no_second_file(name: str, packing: bytes) -> None:
    content = office()
    content = zlib.compress(content, 0) if packing else content
    data = _with_content(f"({name})".encode(), content, packing)

    finding = look(io.BytesIO(data), "a.pdf", most_bytes=MOST)

    assert finding.attached == (name,)


def test_a_zip_beside_what_is_attached_is_a_second_file() -> None:
    whole = _with_content(b"(a.xlsx)", office())
    data = whole.replace(b"xref\n", office() + b"xref\n", 1)

    with pytest.raises(Refused) as refusal:
        look(io.BytesIO(data), "a.pdf", most_bytes=MOST)

    assert "evidence.joined" in [problem.code for problem in refusal.value.problems]


@pytest.mark.parametrize("names", [[b"(a.exe)"], [b"(a.xml)", b"(b.js)"], [b"(a.zip)"], [b"(a)"]])
def test_a_pdf_that_carries_a_program_is_refused(names: list[bytes]) -> None:
    with pytest.raises(Refused) as refusal:
        look(io.BytesIO(_carrying(*names)), "a.pdf", most_bytes=MOST)

    assert [problem.code for problem in refusal.value.problems] == ["evidence.pdf_attachment"]
