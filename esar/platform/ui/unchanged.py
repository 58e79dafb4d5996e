"""What does not change is given out once: who has it already is told so, by 304 (RFC 9110)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response


def given_once(
    request: HttpRequest, sha256: str, give: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """What `give` gives, with the hash of its content as its ETag; 304 to who names that ETag.

    Whether the reader may have it is asked before.
    """
    etag = f'"{sha256}"'
    response = get_conditional_response(request, etag=etag) or give()
    response.headers["ETag"] = etag
    return response
