"""A time stamp is asked for, checked, and false for any other text, authority or answer."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from esar.exchange.witnessing.stamps import (
    StampAuthority,
    ask_for_stamp,
    read_authority,
    stamped_at,
)
from esar.kernel.problems import Refused
from tests.exchange.witnessing.authority import Authority
from tests.ports import free_ports

TEXT = "esar.example.go.th/log\n7\nจุดยืนยัน\n"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "authority")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_stamp_says_when_the_text_was_there(authority: Authority) -> None:
    with authority.serving() as address:
        answer = ask_for_stamp(TEXT, address)

    age = datetime.now(UTC) - stamped_at(answer, TEXT, address.roots)
    assert timedelta(seconds=-1) <= age <= timedelta(minutes=1)


def test_a_stamp_is_good_when_the_certificate_of_its_signer_is_no_more(tmp_path: Path) -> None:
    end = datetime.now(UTC) + timedelta(seconds=2)
    with Authority(tmp_path / "short", not_after=end).serving() as address:
        answer = ask_for_stamp(TEXT, address)
    time.sleep(2.5)

    assert stamped_at(answer, TEXT, address.roots) <= end


def test_it_is_a_stamp_of_no_other_text(authority: Authority) -> None:
    with authority.serving() as address:
        answer = ask_for_stamp(TEXT, address)

    with pytest.raises(Refused) as refused:
        stamped_at(answer, TEXT.replace("7", "8"), address.roots)
    assert codes(refused) == ["stamp.false"]


def test_it_leads_up_to_no_other_authority(authority: Authority, tmp_path: Path) -> None:
    with authority.serving() as address:
        answer = ask_for_stamp(TEXT, address)
    stranger = read_authority("https://tsa.example", Authority(tmp_path / "other").roots)

    with pytest.raises(Refused) as refused:
        stamped_at(answer, TEXT, stranger.roots)
    assert codes(refused) == ["stamp.false"]


@pytest.mark.parametrize("place", [5, 40, -1])
def test_a_changed_byte_is_found(authority: Authority, place: int) -> None:
    with authority.serving() as address:
        data = bytearray(base64.b64decode(ask_for_stamp(TEXT, address)))
    data[place] ^= 1

    with pytest.raises(Refused) as refused:
        stamped_at(base64.b64encode(data).decode(), TEXT, address.roots)
    assert codes(refused) == ["stamp.false"]


def test_a_false_answer_is_not_taken(authority: Authority) -> None:
    authority.tampered = True
    with authority.serving() as address, pytest.raises(Refused) as refused:
        ask_for_stamp(TEXT, address)

    assert codes(refused) == ["stamp.false"]


def test_an_answer_that_was_given_before_is_not_taken(authority: Authority) -> None:
    with authority.serving() as address:
        earlier = base64.b64decode(ask_for_stamp(TEXT, address))
    authority.answer = lambda _query: earlier  # type: ignore[method-assign]

    with authority.serving() as address, pytest.raises(Refused) as refused:
        ask_for_stamp(TEXT, address)
    assert codes(refused) == ["stamp.false"]


def test_who_does_not_answer_is_told(authority: Authority) -> None:
    address = f"http://127.0.0.1:{free_ports(1)[0]}/"
    silent = StampAuthority(address, read_authority(address, authority.roots).roots)

    with pytest.raises(Refused) as refused:
        ask_for_stamp(TEXT, silent)
    assert codes(refused) == ["stamp.silent"]


def test_settings_that_cannot_be_read_are_told(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("ไม่ใช่ใบรับรอง")
    settings = [
        ("tsa.example", authority.roots),
        ("https://tsa.example", tmp_path / "no.pem"),
        ("https://tsa.example", tmp_path / "missing.pem"),
    ]
    refusals = []
    for address, roots in settings:
        with pytest.raises(Refused) as refused:
            read_authority(address, roots)
        refusals += codes(refused)

    assert refusals == ["stamp.not_an_address", "stamp.no_roots", "stamp.no_roots"]
