"""Keys, logs and requests for tests of witnesses."""

from __future__ import annotations

from esar.exchange.witnessing.checkpoints import Checkpoint, signed
from esar.exchange.witnessing.merkle import Tree
from esar.exchange.witnessing.notes import LOG, WITNESS, Note, SigningKey
from esar.exchange.witnessing.witness import Request

LOG_KEY = SigningKey("esar.example.go.th/log", LOG, b"l" * 32)
WITNESS_KEY = SigningKey("witness.example/w1", WITNESS, b"w" * 32)
TREE = Tree(str(number).encode() for number in range(20))
FORK = Tree(b"fork" if number == 2 else str(number).encode() for number in range(20))


def checkpoint(size: int, tree: Tree = TREE, key: SigningKey = LOG_KEY) -> Note:
    return signed(Checkpoint(LOG_KEY.name, size, tree.root(size)), key)


def request(size: int, old: int, tree: Tree = TREE, key: SigningKey = LOG_KEY) -> Request:
    proof = tree.consistency(old, size) if old <= size else []
    return Request(old, tuple(proof), checkpoint(size, tree, key))
