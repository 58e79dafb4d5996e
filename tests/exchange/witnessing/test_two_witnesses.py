"""Two witnesses as programs of their own: one dies and comes back, neither is deceived."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from esar.exchange.witnessing.checkpoints import Checkpoint, signed
from esar.exchange.witnessing.merkle import Tree
from esar.exchange.witnessing.notes import LOG, Note, SigningKey
from esar.exchange.witnessing.sending import Answer, cosignatures, read_addresses
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence
from tests.exchange.cli.run import esar
from tests.exchange.witnessing.make import FORK, LOG_KEY, TREE, checkpoint, request
from tests.exchange.witnessing.programs import WitnessProgram

pytestmark = pytest.mark.any_database

Pair = tuple[WitnessProgram, WitnessProgram]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    home = tmp_path_factory.mktemp("witnesses")
    first = WitnessProgram(home / "first", "first.example/w", b"1").knows(LOG_KEY.public)
    second = WitnessProgram(home / "second", "second.example/w", b"2").knows(LOG_KEY.public)
    for program in (first, second):
        program.begin()
    yield first.start(), second.start()
    for program in (first, second):
        program.kill()


@pytest.fixture
def pair(programs: Pair) -> Pair:
    """Both alive, and neither has seen anything of the log."""
    for program in programs:
        program.start()
        for path in program.witness.folder.glob("*.json"):
            path.unlink()
        program.knows(LOG_KEY.public)
    return programs


def ask(pair: Pair, note: Note, tree: Tree = TREE, **seen: int) -> list[Answer]:
    sizes = {program.key.name: seen.get(program.key.name.split(".")[0], 0) for program in pair}
    return cosignatures(note, tree, [program.where for program in pair], sizes)


def codes(answers: list[Answer]) -> list[str]:
    return [answer.problem.code if answer.problem else "signed" for answer in answers]


def sizes(pair: Pair) -> list[int]:
    return [program.witness.all_seen()[0].checkpoint.size for program in pair]


def test_both_sign_and_one_that_was_away_signs_again_when_it_is_back(pair: Pair) -> None:
    second = pair[1]
    assert codes(ask(pair, checkpoint(5))) == ["signed", "signed"]

    second.kill()
    assert codes(ask(pair, checkpoint(9), first=5, second=5)) == ["signed", "checkpoint.silent"]

    second.start()
    note = checkpoint(20)
    answers = ask(pair, note, first=9, second=9)  # the log thinks that it saw 9; it saw 5

    whole = note.with_signatures(*[answer.signature for answer in answers if answer.signature])
    assert [bool(whole.seen_at(program.key.public)) for program in pair] == [True, True]
    assert sizes(pair) == [20, 20]


def test_what_it_signed_is_still_known_however_it_was_killed(pair: Pair) -> None:
    """Killed while a log asks and asks: nothing that was answered is forgotten."""
    _, second = pair
    tree = Tree(str(number).encode() for number in range(4000))
    signed_sizes = [0]
    busy = threading.Event()

    def ask_on() -> None:
        for size in range(1, 4000):
            note = checkpoint(size, tree)
            [answer] = cosignatures(note, tree, [second.where], {second.key.name: signed_sizes[-1]})
            if answer.signature is None:
                return
            signed_sizes.append(size)
            if size == 25:
                busy.set()

    asking = threading.Thread(target=ask_on)
    asking.start()
    busy.wait(60)
    second.kill()
    asking.join()
    second.start()

    seen = second.witness.all_seen()[0].checkpoint
    assert seen.size in (signed_sizes[-1], signed_sizes[-1] + 1)  # one may have been on its way
    assert seen.root == tree.root(seen.size)
    assert codes(cosignatures(checkpoint(seen.size, tree), tree, [second.where], {})) == ["signed"]


def test_a_log_that_was_written_anew_is_refused_by_both(pair: Pair) -> None:
    ask(pair, checkpoint(12))

    answers = ask(pair, checkpoint(20, FORK), FORK, first=12, second=12)
    same_size = ask(pair, checkpoint(12, FORK), FORK)

    assert codes(answers) == codes(same_size) == ["checkpoint.forked"] * 2
    sentence = problem_sentence(answers[0].problem, "en") if answers[0].problem else ""
    assert sentence.startswith(
        "The witness first.example/w did not sign: this log does not go on from what it has seen, "
        "so it was written anew or there are two of it (“ไม่ลงนาม ประวัติ esar.example.go.th/log"
    )
    assert sizes(pair) == [12, 12]


def test_a_log_that_was_rolled_back_is_refused_by_both(pair: Pair) -> None:
    ask(pair, checkpoint(12))

    answers = ask(pair, checkpoint(9))

    assert [problem_sentence(answer.problem, "en") for answer in answers if answer.problem] == [
        f"The witness {name}.example/w has seen 12 events of this log, and 9 are left: it was "
        "rolled back or its tail was cut. Restore what is missing, and run esar doctor."
        for name in ("first", "second")
    ]


def test_a_forged_checkpoint_is_refused_by_both(pair: Pair) -> None:
    forger = SigningKey(LOG_KEY.name, LOG, b"f" * 32)

    assert codes(ask(pair, checkpoint(5, key=forger))) == ["checkpoint.unknown_key"] * 2


def test_a_log_that_no_witness_knows_is_told_so(pair: Pair) -> None:
    note = signed(Checkpoint("other.example/log", 5, TREE.root(5)), LOG_KEY)

    assert codes(ask(pair, note)) == ["checkpoint.unknown_log"] * 2


def test_a_witness_with_another_key_than_the_setting_says_is_not_believed(pair: Pair) -> None:
    first, second = pair
    disguised = read_addresses(f"{first.where.address} {second.key.public}")

    assert codes(cosignatures(checkpoint(5), TREE, disguised, {})) == [
        "checkpoint.false_cosignature"
    ]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/add-checkpoint", "old 5", 400),
        ("/add-checkpoint", "x" * 100_001, 400),
        ("/add-checkpoint", "\xff", 400),
        ("/elsewhere", "", 404),
    ],
)
def test_what_is_no_request_is_answered_so(pair: Pair, path: str, body: str, status: int) -> None:
    connection = HTTPConnection("127.0.0.1", pair[0].port, timeout=30)
    connection.request("POST", path, body.encode("latin-1"))
    assert connection.getresponse().status == status


def test_a_conflict_of_sizes_has_the_form_of_the_protocol(pair: Pair) -> None:
    ask(pair, checkpoint(12))
    connection = HTTPConnection("127.0.0.1", pair[0].port, timeout=30)
    connection.request("POST", "/add-checkpoint", str(request(20, 5)).encode())
    answer = connection.getresponse()

    assert (answer.status, answer.getheader("Content-Type"), answer.read()) == (
        409,
        "text/x.tlog.size",
        b"12\n",
    )


def test_the_addresses_of_a_setting_are_read_or_every_fault_is_told() -> None:
    key = "first.example/w+"
    with pytest.raises(Refused) as refused:
        read_addresses(f"https://a.example {key}, ftp://b.example {LOG_KEY.public}")

    assert [problem.code for problem in refused.value.problems] == [
        "key.not_a_key",
        "witness.not_an_address",
    ]


def test_a_witness_is_set_up_by_its_command(tmp_path: Path) -> None:
    folder = ["--folder", str(tmp_path / "w")]
    early = esar("witness", "add", LOG_KEY.name, str(LOG_KEY.public), *folder)
    begun = esar("witness", "begin", "w.example/1", *folder)
    twice = esar("witness", "begin", "w.example/1", *folder)
    wrong = esar("witness", "add", LOG_KEY.name, begun.stdout.strip(), *folder)
    added = esar("witness", "add", LOG_KEY.name, str(LOG_KEY.public), *folder)
    listing = esar("witness", "show", *folder)

    assert [answer.exit_code for answer in (early, begun, twice, wrong, added, listing)] == [
        *[2, 0, 2, 2, 0, 0]
    ]
    assert listing.stdout == f"{begun.stdout}\n{LOG_KEY.public}\n{LOG_KEY.name}\n0\n"
    [file] = (tmp_path / "w").glob("*.json")
    assert json.loads(file.read_text("utf-8")) == {
        "origin": LOG_KEY.name,
        "key": str(LOG_KEY.public),
        "checkpoint": "",
    }
