"""Writes every broken scorecard file in `workbooks/`; always the same bytes.

Run `python -m tests.bad_input.make_workbooks`. What each file must be refused for stands in
`workbooks/expected.yaml`.
"""

from __future__ import annotations

from tests.bad_input.broken_archives import write_archives, write_impostors, write_ods
from tests.bad_input.broken_sheets import write_cells, write_headers, write_sheets
from tests.bad_input.broken_texts import write_csv, write_json, write_json_kpis
from tests.bad_input.good import HOME

WRITERS = (
    write_cells,
    write_headers,
    write_sheets,
    write_archives,
    write_impostors,
    write_ods,
    write_csv,
    write_json_kpis,
    write_json,
)


def main() -> None:
    HOME.mkdir(exist_ok=True)
    for path in HOME.iterdir():
        if path.name != "expected.yaml":
            path.unlink()
    for write in WRITERS:
        write()


if __name__ == "__main__":
    main()
