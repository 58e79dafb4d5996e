"""The witness on the network: `POST /add-checkpoint` as C2SP tlog-witness says, and its key."""

from __future__ import annotations

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from esar.exchange.witnessing.witness import (
    BAD_REQUEST,
    NotWitnessed,
    Witness,
    read_request,
)
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import problem_sentence

MOST_BYTES = 100_000
SECONDS = 10  # for a whole request: who sends slower is left
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"


def server(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """A server for the witness; `serve_forever` runs it. Errors: OSError, Refused for its key."""
    witness.key()  # whoever has none learns it now and not at the first request

    class Handler(WitnessHandler):
        pass

    Handler.witness = witness
    return ThreadingHTTPServer((host, port), Handler)


class WitnessHandler(BaseHTTPRequestHandler):
    """Answers logs; why it does not sign is told to them and on its own terminal."""

    witness: Witness
    timeout = SECONDS
    server_version, sys_version = "esar-witness", ""

    def do_GET(self) -> None:
        if self.path == "/":
            self._answer(200, f"{self.witness.key().public}\n")
        else:
            self._answer(404, "")

    def do_POST(self) -> None:
        if self.path != "/add-checkpoint":
            self._answer(404, "")
            return
        try:
            signature = self.witness.cosign(read_request(self._body()), at=int(time.time()))
        except NotWitnessed as refused:
            sentences = self._say(refused)
            if refused.seen_size is None:
                self._answer(refused.status, sentences)
            else:
                self._answer(refused.status, f"{refused.seen_size}\n", SIZE)
        except Refused as refused:  # its own folder or key
            self._answer(500, self._say(refused))
        else:
            self._answer(200, str(signature))

    def _body(self) -> str:
        """Errors: NotWitnessed for none, one too large, or one that is no text."""
        length = self.headers.get("Content-Length", "")
        try:
            if not length.isascii() or not length.isdigit() or int(length) > MOST_BYTES:
                raise ValueError(length)
            return self.rfile.read(int(length)).decode("utf-8")
        except ValueError:
            self.close_connection = True
            raise NotWitnessed(BAD_REQUEST, [Problem("witness.not_a_request")]) from None

    def _say(self, refused: Refused) -> str:
        sentences = "".join(
            f"{problem_sentence(problem, language)}\n"
            for problem in refused.problems
            for language in ("th", "en")
        )
        sys.stderr.write(sentences)
        return sentences

    def _answer(self, status: int, text: str, kind: str = TEXT) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """What was signed is in the folder, what was not is said: no line for each request."""
