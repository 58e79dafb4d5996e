"""A witness signs what goes on from what it has seen, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from esar.exchange.witnessing.checkpoints import Checkpoint, signed
from esar.exchange.witnessing.keys import write_signing_key
from esar.exchange.witnessing.notes import LOG, SigningKey
from esar.exchange.witnessing.witness import NotWitnessed, Request, Witness, read_request
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence
from tests.exchange.witnessing.make import FORK, LOG_KEY, TREE, WITNESS_KEY, request

pytestmark = pytest.mark.any_database

AT = 1_700_000_000


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    witness = Witness(tmp_path)
    write_signing_key(witness.key_file, WITNESS_KEY)
    witness.add(LOG_KEY.name, LOG_KEY.public)
    return witness


def refused(witness: Witness, cosigning: Request) -> tuple[int, int | None, str]:
    with pytest.raises(NotWitnessed) as error:
        witness.cosign(cosigning, at=AT)
    sentence = problem_sentence(error.value.problems[0], "en")
    return error.value.status, error.value.seen_size, sentence


def test_it_signs_what_goes_on_and_remembers_it(witness: Witness) -> None:
    for old, size in ((0, 5), (5, 5), (5, 12)):
        cosigning = request(size, old)
        note = cosigning.note.with_signatures(witness.cosign(cosigning, at=AT))
        assert note.seen_at(WITNESS_KEY.public) == AT

    assert [seen.checkpoint.size for seen in Witness(witness.folder).all_seen()] == [12]


def test_a_fork_is_refused(witness: Witness) -> None:
    witness.cosign(request(5, 0), at=AT)

    assert refused(witness, request(12, 5, FORK)) == (
        422,
        None,
        "Not signed: the log esar.example.go.th/log with 12 events is not the continuation of the "
        "5 that this witness has seen. Its history was written anew, or there are two of it. Find "
        "out which before anybody relies on it.",
    )
    assert refused(witness, request(5, 5, FORK)) == (
        409,
        None,
        "Not signed: the log esar.example.go.th/log shows another history of its 5 events than "
        "this witness has seen. It was written anew, or there are two of it. Find out which before "
        "anybody relies on it.",
    )
    assert witness.all_seen()[0].checkpoint.root == TREE.root(5)


def test_a_log_that_was_rolled_back_is_refused(witness: Witness) -> None:
    witness.cosign(request(12, 0), at=AT)

    assert refused(witness, request(5, 5)) == (
        409,
        12,
        "Not signed: the log esar.example.go.th/log has 5 events, and this witness has seen 12. It "
        "was rolled back or its tail was cut. Restore what is missing.",
    )
    assert refused(witness, request(20, 5))[:2] == (409, 12)
    assert refused(witness, request(12, 20))[:2] == (400, None)


@pytest.mark.parametrize("seed", [b"o", b"l"])
def test_a_forged_checkpoint_is_refused(witness: Witness, seed: bytes) -> None:
    """By another key of the same name, and by the right one under another text."""
    cosigning = request(5, 0, key=SigningKey(LOG_KEY.name, LOG, seed * 32))
    if seed == b"l":
        fork = Checkpoint(LOG_KEY.name, 5, FORK.root(5))
        cosigning = replace(cosigning, note=replace(cosigning.note, text=str(fork)))

    assert refused(witness, cosigning) == (
        403,
        None,
        "Not signed: the checkpoint does not carry the signature of esar.example.go.th/log by the "
        "key that this witness knows. It is forged, or the log has a new key that must be added "
        "here.",
    )


def test_an_unknown_log_is_refused(witness: Witness) -> None:
    checkpoint = Checkpoint("other.example/log", 5, TREE.root(5))

    assert refused(witness, Request(0, (), signed(checkpoint, LOG_KEY))) == (
        404,
        None,
        "Not signed: this witness does not know the log “other.example/log”. Whoever keeps the "
        "witness adds it with esar witness add.",
    )


def test_a_file_of_the_folder_that_cannot_be_read_is_never_taken_for_a_new_log(
    witness: Witness,
) -> None:
    witness.cosign(request(12, 0), at=AT)
    [path] = witness.folder.glob("*.json")
    path.write_text(path.read_text("utf-8")[:40], "utf-8")

    with pytest.raises(Refused) as error:
        witness.cosign(request(5, 0), at=AT)

    assert [problem.code for problem in error.value.problems] == ["witness.unreadable"]


def test_a_new_key_of_a_log_keeps_what_was_seen(witness: Witness) -> None:
    witness.cosign(request(12, 0), at=AT)
    new = SigningKey(LOG_KEY.name, LOG, b"n" * 32)
    witness.add(LOG_KEY.name, new.public)

    assert refused(witness, request(5, 0, key=new))[:2] == (409, 12)
    witness.cosign(request(20, 12, key=new), at=AT)


def test_a_request_reads_back_as_it_was_written() -> None:
    cosigning = request(12, 5)

    assert read_request(str(cosigning)) == cosigning


@pytest.mark.parametrize(
    "text",
    [
        "",
        "old 5",
        str(request(12, 5)).replace("old 5", "old 05"),
        str(request(12, 5)).replace("old 5", "old ５"),
        str(request(12, 5)).replace("old 5\n", "old 5\nAAAA\n"),
        str(request(12, 5)).replace("old 5\n", "old 5\n" + "A" * 43 + "=\n" * 64),
    ],
)
def test_what_is_no_request_is_refused(text: str) -> None:
    with pytest.raises(NotWitnessed) as error:
        read_request(text)

    assert error.value.status == 400
