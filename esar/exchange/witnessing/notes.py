"""Signed notes and their keys (C2SP signed-note), and cosignatures of them (tlog-cosignature)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from esar.kernel.problems import Problem, Refused

LOG, WITNESS = 0x01, 0x04  # what a key signs with: a note, or a note with the time it was seen
MOST_CHARACTERS, MOST_SIGNATURES = 64_000, 64
_ID, _TIME = 4, 8  # bytes
_NAME = re.compile(r"[^\s+\x00-\x20]+")
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")


def from_base64(text: str) -> bytes:
    """Errors: ValueError for what is not just the base64 of some bytes."""
    data = base64.b64decode(text, validate=True)
    if as_base64(data) != text:
        raise ValueError(text)
    return data


def as_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass(frozen=True)
class Key:
    """Who signs, by name, and the public half of their Ed25519 key: a "verifier key" of C2SP."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The first four bytes of the hash that C2SP says; with the name they tell the key."""
        content = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(content).digest()[:_ID]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{as_base64(bytes([self.kind]) + self.public)}"


def read_key(text: str) -> Key:
    """Errors: Refused when it is no public key of a log or a witness."""
    name, kind, public = _parts(text)
    try:
        Ed25519PublicKey.from_public_bytes(public)
    except ValueError:
        _refuse_key(text)
    key = Key(name, kind, public)
    return key if str(key) == text.strip() else _refuse_key(text)


@dataclass(frozen=True)
class SigningKey:
    """A key with its private half, which only its own file holds."""

    name: str
    kind: int
    private: bytes

    @property
    def public(self) -> Key:
        signer = Ed25519PrivateKey.from_private_bytes(self.private)
        return Key(self.name, self.kind, signer.public_key().public_bytes_raw())

    def sign(self, text: str, at: int = 0) -> Signature:
        """The signature under a note's text; of a witness, as of `at` in seconds since 1970."""
        signer = Ed25519PrivateKey.from_private_bytes(self.private)
        time = at.to_bytes(_TIME) if self.kind == WITNESS else b""
        return Signature(self.name, self.public.id, time + signer.sign(_signed(text, time)))

    def as_file(self) -> str:
        """What the key's file holds: the form that Go's tools read and write too."""
        private = as_base64(bytes([self.kind]) + self.private)
        return f"PRIVATE+KEY+{self.name}+{self.public.id.hex()}+{private}\n"


def new_key(name: str, kind: int) -> SigningKey:
    """Errors: Refused for a name with spaces or a plus."""
    if not _NAME.fullmatch(name):
        raise Refused([Problem("key.bad_name", {"name": f"“{ascii(name)[1:-1]}”"})])
    return SigningKey(name, kind, Ed25519PrivateKey.generate().private_bytes_raw())


def read_signing_key(text: str) -> SigningKey:
    """Errors: Refused when it is no private key. The refusal never quotes it."""
    marks = "PRIVATE+KEY+"
    if not text.startswith(marks):
        raise Refused([Problem("key.not_private")])
    try:
        key = SigningKey(*_parts(text.removeprefix(marks)))
        is_whole = key.as_file() == text.strip() + "\n"
    except (Refused, ValueError):
        is_whole = False
    if not is_whole:
        raise Refused([Problem("key.not_private")])
    return key


def _parts(text: str) -> tuple[str, int, bytes]:
    """Name, kind and 32 bytes of a key's text. Errors: Refused."""
    name, _, rest = text.strip().partition("+")
    _id, _, material = rest.partition("+")
    try:
        kind, *key = from_base64(material)
    except ValueError:
        _refuse_key(text)
    if kind not in (LOG, WITNESS) or len(key) != 32 or not _NAME.fullmatch(name):
        _refuse_key(text)
    return name, kind, bytes(key)


def _refuse_key(text: str) -> NoReturn:
    raise Refused([Problem("key.not_a_key", {"key": f"“{ascii(text)[1:-1][:120]}”"})]) from None


def _signed(text: str, time: bytes) -> bytes:
    """What is signed under a note: its text, of a witness after the time."""
    if not time:
        return text.encode()
    return f"cosignature/v1\ntime {int.from_bytes(time)}\n{text}".encode()


@dataclass(frozen=True)
class Signature:
    """A line under a note: whose key, and what it signed."""

    name: str
    id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"— {self.name} {as_base64(self.id + self.data)}\n"


def read_signatures(text: str) -> tuple[Signature, ...]:
    """Errors: Refused for a line that is none, or too many."""
    lines = text.split("\n")
    if lines.pop() != "" or not 0 < len(lines) <= MOST_SIGNATURES:
        raise Refused([Problem("note.not_a_note")])
    return tuple(_signatures(lines))


def _signatures(lines: list[str]) -> Iterator[Signature]:
    for line in lines:
        parts = _LINE.fullmatch(line)
        try:
            data = from_base64(parts[2]) if parts else b""
        except (ValueError, binascii.Error):
            data = b""
        if not parts or len(data) <= _ID:
            raise Refused([Problem("note.not_a_note")])
        yield Signature(parts[1], data[:_ID], data[_ID:])


@dataclass(frozen=True)
class Note:
    """A text that ends with a line's end, and who signed it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n" + "".join(map(str, self.signatures))

    def with_signatures(self, *signatures: Signature) -> Note:
        return replace(self, signatures=(*self.signatures, *signatures))

    def is_signed_by(self, key: Key) -> bool:
        """Errors: Refused when it says that the key signed it, and the key did not."""
        return self.signature_of(key) is not None

    def seen_at(self, key: Key) -> int | None:
        """When the witness saw it, in seconds since 1970; None when it has not. Errors: Refused."""
        signature = self.signature_of(key)
        return None if signature is None else int.from_bytes(signature.data[:_TIME])

    def signature_of(self, key: Key) -> Signature | None:
        """The key's signature, checked. Errors: Refused when it is a false one."""
        own = [line for line in self.signatures if (line.name, line.id) == (key.name, key.id)]
        for line in own:
            time = line.data[:_TIME] if key.kind == WITNESS else b""
            try:
                checker = Ed25519PublicKey.from_public_bytes(key.public)
                checker.verify(line.data[len(time) :], _signed(self.text, time))
            except InvalidSignature:
                raise Refused([Problem("note.false_signature", {"name": key.name})]) from None
        return own[0] if own else None


def read_note(text: str) -> Note:
    """Errors: Refused for what is no signed note."""
    body, gap, signatures = text.rpartition("\n\n")
    controls = any(character < " " and character != "\n" for character in text)
    if not gap or controls or len(text) > MOST_CHARACTERS:
        raise Refused([Problem("note.not_a_note")])
    return Note(f"{body}\n", read_signatures(signatures))
