"""Ports for the servers that tests start: two suites on one machine run beside each other.

`python -m tests.ports` prints one.
"""

from __future__ import annotations

import socket
from contextlib import ExitStack, suppress
from random import Random

# Below those that Linux gives to outgoing connections (32,768 and above): whoever starts late, or
# again, finds its port still free.
_LOWEST, _HIGHEST = 20_000, 32_000


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on now, each another one."""
    chance = Random()  # of its own: a suite's seed would give two suites the same ports
    with ExitStack() as held:
        ports: list[int] = []
        while len(ports) < count:
            port = chance.randint(_LOWEST, _HIGHEST)
            holder = held.enter_context(socket.socket())
            with suppress(OSError):
                holder.bind(("127.0.0.1", port))
                ports.append(port)
        return ports


if __name__ == "__main__":
    print(free_ports(1)[0])
