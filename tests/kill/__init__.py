"""The kill tests: what the site is made of dies in the middle of work; nothing may be lost.

`python -m tests.kill --rounds 100` plays four plays: SQLite and PostgreSQL, each with its evidence
on the disk, and with it in an S3 store (SeaweedFS) and a virus scanner (clamd) beside. Real
programs are killed with SIGKILL by the process ids that we started, each in turn, a moment after a
submission, an upload, an import or a release has set out. Clients note what was acknowledged and go
on as a browser would. Where all lies on one disk its power is cut too (`power`). Afterwards each
acknowledged action must be there and none may be half done (`checks`), no file that was sent with a
virus may be readable at any moment, `esar doctor` and `esar audit verify` must end with 0.
"""
