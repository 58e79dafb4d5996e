"""The scanner's word is taken only when it is given: a real clamd, and scanners that fail."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from esar.exchange.inspection.clamd import Clean, Infected, ScannerDown, TooLargeToScan, scan
from esar.kernel import outgoing
from tests.clamd import EICAR, MAX_STREAM, SIGNATURE, clamd_program, running_clamd
from tests.exchange.inspection.good import office, pdf

needs_clamd = pytest.mark.skipif(clamd_program() is None, reason="clamd is not installed")


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_clamd(tmp_path_factory.mktemp("clamd")) as address:
        yield address


@needs_clamd
def test_a_good_file_is_clean(scanner: str) -> None:
    assert scan(io.BytesIO(pdf()), scanner) == Clean()
    assert scan(io.BytesIO(pdf()), f"unix:{scanner}") == Clean()


@needs_clamd
def test_the_test_virus_is_found_plain_and_inside_a_document(scanner: str) -> None:
    document = office(parts={"word/media/notes.txt": EICAR})

    assert scan(io.BytesIO(EICAR), scanner) == Infected(SIGNATURE)
    assert scan(io.BytesIO(document), scanner) == Infected(SIGNATURE)


@needs_clamd
def test_it_is_scanned_from_its_first_byte(scanner: str) -> None:
    file = io.BytesIO(EICAR)
    file.seek(20)

    assert scan(file, scanner) == Infected(SIGNATURE)


@needs_clamd
def test_a_file_larger_than_the_scanner_takes_has_no_verdict(scanner: str) -> None:
    with pytest.raises(TooLargeToScan):
        scan(io.BytesIO(bytes(4 * MAX_STREAM)), scanner)


@needs_clamd
def test_a_stopped_scanner_gives_no_verdict(tmp_path: Path) -> None:
    with running_clamd(tmp_path) as address:
        assert scan(io.BytesIO(b"x"), address) == Clean()

    with pytest.raises(ScannerDown):
        scan(io.BytesIO(b"x"), address)


@contextmanager
def answering(reply: bytes | None) -> Iterator[str]:
    """A scanner on TCP that says only this; None: it says nothing and waits."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _ = server.accept()
            with line:
                received = b""
                while not received.endswith(bytes(4)):
                    received += line.recv(65_536)
                if reply is None:
                    over.wait(10)
                else:
                    line.sendall(reply)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"tcp:127.0.0.1:{server.getsockname()[1]}"
        over.set()
        thread.join()


def test_it_is_asked_over_tcp_as_well() -> None:
    with answering(b"stream: OK\0") as address:
        assert scan(io.BytesIO(b"x"), address) == Clean()
    with answering(b"stream: Win.Test FOUND\0") as address:
        assert scan(io.BytesIO(b"x"), address) == Infected("Win.Test")


@pytest.mark.parametrize("reply", [b"", b"hello\0", b"stream: OK but\0", b"x" * 9000, b"\xff\0"])
def test_nonsense_is_no_verdict(reply: bytes) -> None:
    with answering(reply) as address, pytest.raises(ScannerDown):
        scan(io.BytesIO(b"x"), address)


def test_silence_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "SECONDS", 0.2)
    with answering(None) as address, pytest.raises(ScannerDown):
        scan(io.BytesIO(b"x"), address)


@pytest.mark.parametrize("address", ["", "nowhere", "host:port", "/no/such/socket", "127.0.0.1:1"])
def test_an_address_where_nobody_answers_gives_no_verdict(address: str) -> None:
    with pytest.raises(ScannerDown):
        scan(io.BytesIO(b"x"), address)
