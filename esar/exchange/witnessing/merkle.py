"""The Merkle tree of RFC 6962 (section 2.1): its root, its two proofs and how they are checked.

A leaf is the text of an event's hash, 64 digits: by it the leaf binds the whole event and every
event before it, while a proof can be shown to anybody without a word of the event.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

BYTES = 32
EMPTY = hashlib.sha256().digest()


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf. It gives the root and the proofs of each size it has had.

    It keeps 64 bytes for each leaf: `_levels[k]` has the hashes of what holds 2**k leaves whole.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._levels: list[bytearray] = []
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf: bytes) -> None:
        digest, level, index = leaf_hash(leaf), 0, self.size
        self._put(level, digest)
        while index % 2:
            digest = node_hash(self._at(level, index - 1), digest)
            level, index = level + 1, index // 2
            self._put(level, digest)
        self.size += 1

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves. Errors: ValueError when there are fewer."""
        size = self.size if size is None else size
        self._require(0, size)
        return self._hash(0, size) if size else EMPTY

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """That the leaf at `index`, from 0, is among the first `size`. Errors: ValueError."""
        self._require(index + 1, size)
        start, end, path = 0, size, []
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._hash(middle, end))
                end = middle
            else:
                path.append(self._hash(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int, size: int) -> list[bytes]:
        """That the first `old` leaves are the beginning of the first `size`. Errors: ValueError."""
        self._require(old, size)
        if old in (0, size):
            return []
        start, end, proof = 0, size, []
        while end != old:
            middle = start + _split(end - start)
            if old <= middle:
                proof.append(self._hash(middle, end))
                end = middle
            else:
                proof.append(self._hash(start, middle))
                start = middle
        if start:  # else it is the old root, which who checks has
            proof.append(self._hash(start, end))
        return proof[::-1]

    def _require(self, part: int, size: int) -> None:
        if not 0 <= part <= size <= self.size:
            raise ValueError((part, size, self.size))

    def _hash(self, start: int, end: int) -> bytes:
        """The root of the leaves from `start` to before `end`, as RFC 6962 parts them."""
        count = end - start
        if count.bit_count() == 1:
            return self._at(count.bit_length() - 1, start // count)
        middle = start + _split(count)
        return node_hash(self._hash(start, middle), self._hash(middle, end))

    def _at(self, level: int, index: int) -> bytes:
        return bytes(self._levels[level][index * BYTES : (index + 1) * BYTES])

    def _put(self, level: int, digest: bytes) -> None:
        if level == len(self._levels):
            self._levels.append(bytearray())
        self._levels[level] += digest


def _split(count: int) -> int:
    """The largest power of two below `count`, which is 2 or more."""
    return 1 << (count - 1).bit_length() - 1


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows the leaf in the tree of that root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    part, last, digest = index, size - 1, leaf_hash(leaf)
    for sibling in proof:
        if last == 0:
            return False
        if part % 2 or part == last:
            digest = node_hash(sibling, digest)
            while part % 2 == 0 and part:
                part, last = part >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        part, last = part >> 1, last >> 1
    return last == 0 and digest == root


def continues(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows the old tree as the beginning (RFC 9162, section 2.1.4.2)."""
    if not 0 <= old <= size:
        return False
    if old in (0, size):
        beginning = EMPTY if old == 0 else root
        return not proof and old_root == beginning
    path = [old_root, *proof] if old.bit_count() == 1 else list(proof)
    if not path:
        return False
    part, last = old - 1, size - 1
    while part % 2:
        part, last = part >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if part % 2 or part == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while part % 2 == 0 and part:
                part, last = part >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        part, last = part >> 1, last >> 1
    return last == 0 and (before, after) == (old_root, root)
