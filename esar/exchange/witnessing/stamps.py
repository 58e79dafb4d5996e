"""Time stamps (RFC 3161): an authority that a court trusts says when a text was there."""

from __future__ import annotations

import base64
import binascii
import http.client
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from esar.exchange.witnessing.sending import MOST_BYTES, SECONDS
from esar.kernel.problems import Problem, Refused

QUERY = {"Content-Type": "application/timestamp-query"}


@dataclass(frozen=True)
class StampAuthority:
    """Where the authority answers, and the certificates that its answers must lead up to."""

    address: str
    roots: Sequence[Certificate]


def read_authority(address: str, roots: Path) -> StampAuthority:
    """Errors: Refused for an address that is none, and for roots that cannot be read."""
    if not address.startswith(("https://", "http://")):
        raise Refused([Problem("stamp.not_an_address", {"setting": f"“{address[:120]}”"})])
    try:
        certificates = load_pem_x509_certificates(roots.read_bytes())
    except (OSError, ValueError) as error:
        raise Refused([Problem("stamp.no_roots", {"path": roots, "why": str(error)})]) from None
    return StampAuthority(address, certificates)


def ask_for_stamp(text: str, authority: StampAuthority) -> str:
    """The authority's answer in base64, checked. Errors: Refused when none or a false one came."""
    request = TimestampRequestBuilder().data(text.encode()).nonce(nonce=True).build()
    message = urllib.request.Request(authority.address, request.as_bytes(), QUERY, method="POST")
    try:
        with urllib.request.urlopen(message, timeout=SECONDS) as response:
            answer = base64.b64encode(response.read(MOST_BYTES)).decode()
    except (OSError, ValueError, http.client.HTTPException) as error:
        figures = {"address": authority.address, "why": str(error)}
        raise Refused([Problem("stamp.silent", figures)]) from None
    _checked(answer, text, authority.roots, nonce=request.nonce)
    return answer


def stamped_at(answer: str, text: str, roots: Sequence[Certificate]) -> datetime:
    """When the authority says that the text was there. Errors: Refused for a false stamp."""
    return _checked(answer, text, roots)


def _checked(
    answer: str, text: str, roots: Sequence[Certificate], nonce: int | None = None
) -> datetime:
    builder = VerifierBuilder(roots=list(roots), nonce=nonce)
    try:
        stamp = decode_timestamp_response(base64.b64decode(answer, validate=True))
        builder.build().verify_message(stamp, text.encode())
        return stamp.tst_info.gen_time
    except (VerificationError, ValueError, binascii.Error) as error:
        raise Refused([Problem("stamp.false", {"why": str(error)})]) from None
