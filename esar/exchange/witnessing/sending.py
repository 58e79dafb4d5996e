"""A log asks its witnesses to sign its checkpoint."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass

from esar.exchange.witnessing.checkpoints import checkpoint_of
from esar.exchange.witnessing.merkle import Tree
from esar.exchange.witnessing.notes import (
    WITNESS,
    Key,
    Note,
    Signature,
    read_key,
    read_signatures,
)
from esar.exchange.witnessing.serving import SIZE
from esar.exchange.witnessing.witness import CONFLICT, FORBIDDEN, UNKNOWN, UNPROCESSABLE, Request
from esar.kernel import outgoing
from esar.kernel.problems import Problem, Refused

SECONDS = outgoing.SECONDS  # a witness that is silent for longer is asked again next time
MOST_BYTES = 100_000


@dataclass(frozen=True)
class WitnessAddress:
    """Where a witness answers, and the key that it signs with."""

    address: str
    key: Key


def read_addresses(text: str) -> list[WitnessAddress]:
    """The witnesses of a setting: address and key with a space between, commas between them.

    Errors: Refused for every one that is not.
    """
    witnesses: list[WitnessAddress] = []
    problems: list[Problem] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        address, _, key = part.partition(" ")
        try:
            witness = WitnessAddress(address.rstrip("/"), read_key(key))
        except Refused as refused:
            problems += refused.problems
            continue
        if not address.startswith(("https://", "http://")) or witness.key.kind != WITNESS:
            problems.append(Problem("witness.not_an_address", {"setting": f"“{part[:120]}”"}))
        witnesses.append(witness)
    if problems:
        raise Refused(problems)
    return witnesses


@dataclass(frozen=True)
class Answer:
    """What a witness answered: its signature, or why there is none."""

    witness: WitnessAddress
    signature: Signature | None = None
    problem: Problem | None = None


def cosignatures(
    note: Note, tree: Tree, witnesses: Sequence[WitnessAddress], seen_sizes: dict[str, int]
) -> list[Answer]:
    """The answer of each. `seen_sizes`: what each is thought to have seen, by name; 0 if not told.

    One that fails keeps no other from signing.
    """
    answers = []
    for witness in witnesses:
        try:
            size = seen_sizes.get(witness.key.name, 0)
            answers.append(Answer(witness, _cosigned(note, tree, witness, size)))
        except Refused as refused:
            answers.append(Answer(witness, problem=refused.problems[0]))
    return answers


def _cosigned(note: Note, tree: Tree, witness: WitnessAddress, old: int) -> Signature:
    """Errors: Refused when the witness does not sign."""
    size = checkpoint_of(note).size
    status, kind, text = _posted(witness, _request(note, tree, min(old, size)))
    if status == CONFLICT and kind == SIZE:  # it has seen another than was thought
        seen = _size(witness, text)
        if seen > size:
            figures = {"witness": witness.key.name, "seen": seen, "size": size}
            raise Refused([Problem("checkpoint.rolled_back", figures)])
        status, kind, text = _posted(witness, _request(note, tree, seen))
    if status != 200:
        raise Refused([_refusal(witness, status, text)])
    return _checked(note, witness, text)


def _request(note: Note, tree: Tree, old: int) -> Request:
    return Request(old, tuple(tree.consistency(old, checkpoint_of(note).size)), note)


def _size(witness: WitnessAddress, text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        raise Refused([_refusal(witness, CONFLICT, text)])
    return int(digits)


def _checked(note: Note, witness: WitnessAddress, text: str) -> Signature:
    try:
        signed = Note(note.text, read_signatures(text))
        signature = signed.signature_of(witness.key)
    except Refused:
        signature = None
    if signature is None:
        raise Refused([Problem("checkpoint.false_cosignature", {"witness": witness.key.name})])
    return signature


def _refusal(witness: WitnessAddress, status: int, text: str) -> Problem:
    codes = {
        CONFLICT: "checkpoint.forked",
        UNPROCESSABLE: "checkpoint.forked",
        FORBIDDEN: "checkpoint.unknown_key",
        UNKNOWN: "checkpoint.unknown_log",
    }
    code = codes.get(status, "checkpoint.not_cosigned")
    answer = " ".join(text.split())[:300] or "–"
    return Problem(code, {"witness": witness.key.name, "status": status, "answer": f"“{answer}”"})


def _posted(witness: WitnessAddress, request: Request) -> tuple[int, str, str]:
    """Status, media type and text of the answer. Errors: Refused when there is none."""
    message = urllib.request.Request(
        f"{witness.address}/add-checkpoint", str(request).encode(), method="POST"
    )
    try:
        try:
            answer = urllib.request.urlopen(message, timeout=SECONDS)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            text = answer.read(MOST_BYTES).decode("utf-8", errors="replace")
            return answer.status, answer.headers.get_content_type(), text
    except (OSError, ValueError, http.client.HTTPException) as error:
        figures = {"witness": witness.key.name, "address": witness.address, "why": str(error)}
        raise Refused([Problem("checkpoint.silent", figures)]) from None
