"""Mail servers of the tests, and mail that waits."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from esar.platform.mail.actions import send_due


def mail_goes_out(**later: float) -> int:
    """What the worker does with mail that waits, some time later. How many went."""
    return send_due(at=timezone.now() + timedelta(**later))


@contextmanager
def silent_server() -> Iterator[tuple[str, int]]:
    """Takes every connection and never answers. Its address and port."""
    lines: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0), backlog=256) as door:

        def take() -> None:
            while True:
                try:
                    lines.append(door.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        host, port = door.getsockname()[:2]
        try:
            yield host, port
        finally:
            door.shutdown(socket.SHUT_RDWR)
            for line in lines:
                line.close()
