"""Signed notes: as Go's `note` writes them, and nothing signed by anybody else is taken."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from esar.exchange.witnessing.checkpoints import Checkpoint, checkpoint_of, read_checkpoint, signed
from esar.exchange.witnessing.keys import load_signing_key, write_signing_key
from esar.exchange.witnessing.notes import (
    LOG,
    WITNESS,
    SigningKey,
    new_key,
    read_key,
    read_note,
    read_signing_key,
)
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence
from tests.exchange.witnessing.make import LOG_KEY, WITNESS_KEY

pytestmark = pytest.mark.any_database

# The example of golang.org/x/mod/sumdb/note.
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb"
    "6KE6RyyBwJnAM=\n"
)
CHECKPOINT = Checkpoint("esar.example.go.th/log", 7, b"r" * 32)


def refusal(action: object, *arguments: object) -> str:
    with pytest.raises(Refused) as refused:
        action(*arguments)  # type: ignore[operator]
    return problem_sentence(refused.value.problems[0], "en")


def test_keys_and_signatures_are_those_of_go() -> None:
    key = read_signing_key(PRIVATE)

    assert (str(key.public), key.as_file()) == (PUBLIC, f"{PRIVATE}\n")
    assert str(key.sign(TEXT)) == SIGNATURE
    assert read_note(f"{TEXT}\n{SIGNATURE}").is_signed_by(read_key(PUBLIC))


def test_a_cosignature_says_when_the_checkpoint_was_seen() -> None:
    note = signed(CHECKPOINT, LOG_KEY)
    note = note.with_signatures(WITNESS_KEY.sign(note.text, 1_679_315_147))

    again = read_note(str(note))

    assert again == note
    assert again.seen_at(WITNESS_KEY.public) == 1_679_315_147
    assert again.seen_at(SigningKey("witness.example/w2", WITNESS, b"w" * 32).public) is None


def test_a_checkpoint_is_three_lines_and_a_signature() -> None:
    note = str(signed(CHECKPOINT, LOG_KEY))

    assert note.split("\n")[:4] == [
        "esar.example.go.th/log",
        "7",
        "cnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=",
        "",
    ]
    assert read_checkpoint(note, [LOG_KEY.public]) == CHECKPOINT


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_line_changed_after_it_was_signed_is_a_false_signature(line: int) -> None:
    lines = str(signed(CHECKPOINT, LOG_KEY)).split("\n")
    lines[line] = ["other.example/log", "8", "cXJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI="][line]

    assert refusal(read_checkpoint, "\n".join(lines), [LOG_KEY.public]) == (
        "The signature of esar.example.go.th/log does not fit this text: the text was changed "
        "after it was signed, or somebody else signed it. Do not rely on it."
    )


def test_a_checkpoint_that_only_others_signed_is_refused() -> None:
    impostor = SigningKey("esar.example.go.th/log", LOG, b"o" * 32)

    assert refusal(read_checkpoint, str(signed(CHECKPOINT, impostor)), [LOG_KEY.public]) == (
        "The checkpoint of esar.example.go.th/log is not signed by any key that you trust "
        "(esar.example.go.th/log). Check the key, or ask whoever publishes the log for theirs."
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a\n\n",
        "a\n\n— x\n",
        "a\n\n— x ####\n",
        "a\n\n— x AAAA\n",  # no signature after the key's id
        "a\n\n- x AAAAAAAA\n",
        "a\n\n— x AAAAAAAA",
        "a\tb\n\n— x AAAAAAAA\n",
        "a\n\n— x AAAAAAAB=\n",
        "a" * 70_000 + "\n\n— x AAAAAAAA\n",
        "a\n\n" + "— x AAAAAAAA\n" * 65,
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    assert refusal(read_note, text) == (
        "This is no signed note: it needs a text, an empty line, and under it lines that begin "
        "with — and have a name and a signature. Use the file as it was published."
    )


@pytest.mark.parametrize(
    "text",
    [
        "o\n7\n",
        "o\n07\ncnJy\n",
        "o\n7\ncnJy\n",
        "o\n-1\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    note = read_note(f"{text}\n{LOG_KEY.sign(text)}")

    assert refusal(checkpoint_of, note) == (
        "This is no checkpoint: its first three lines must be the name of the log, the number of "
        "its events, and the root in base64. Use the file as it was published."
    )


@pytest.mark.parametrize(
    "text", ["", "name", PUBLIC[:-4], PUBLIC.replace("c74f20a3", "c74f20a4"), "a b+00000000+AAAA"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    assert refusal(read_key, text).startswith("This is no public key of a log or a witness:")


def test_a_key_lies_in_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    path, key = tmp_path / "log.key", new_key("esar.example.go.th/log", LOG)
    write_signing_key(path, key)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_signing_key(path) == key
    assert refusal(write_signing_key, path, key) == (
        f"{path} is there already. A key is never overwritten: name another file."
    )


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "log.key"
    write_signing_key(path, LOG_KEY)
    path.chmod(mode)

    assert refusal(load_signing_key, path) == (
        f"Others than its owner may read or write the key file {path} (mode {mode:04o}). Run "
        f"chmod 600 {path}; if somebody may have read it, make a new key."
    )


def test_a_file_that_is_no_key_is_refused_without_quoting_it(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    path.write_text(PRIVATE[:-2], "utf-8")
    path.chmod(0o600)

    assert refusal(load_signing_key, path) == (
        "The file holds no private key of a log or a witness. Make one with esar checkpoint "
        "--new-key FILE, or esar witness begin NAME."
    )


def test_a_name_with_a_space_or_a_plus_makes_no_key() -> None:
    assert refusal(new_key, "a b", LOG) == (
        "“a b” cannot be the name of a key: no spaces and no plus, like esar.example.go.th/log."
    )
