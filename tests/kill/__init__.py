"""The kill tests: server, worker and database die in the middle of work; nothing may be lost.

`python -m tests.kill --rounds 100` plays them on SQLite and on PostgreSQL. A real server, a real
worker and, for PostgreSQL, a database server of our own are killed with SIGKILL by the process ids
that we started, a moment after a submission, an upload, an import or a release has set out. Clients
note what was acknowledged and go on as a browser would. Afterwards each acknowledged action must be
there and none may be half done (`checks`), `esar doctor` and `esar audit verify` must end with 0.
"""
