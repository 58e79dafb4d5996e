"""Files sent in parts, as the page's script does."""

from __future__ import annotations

from typing import Any

from django.test import Client

from esar.report.reports.models import Report


def send(
    client: Client, report: Report, name: str, content: bytes, part: int = 100_000
) -> tuple[int, dict[str, Any]]:
    """Send a file in parts as the page's script does; the last answer."""
    base = f"/reports/{report.pk}/kpis/1.1/uploads/"
    begun = client.post(base, {"name": name, "size": len(content)})
    if begun.status_code != 201:
        return begun.status_code, begun.json()
    token = begun.json()["token"]
    answer = begun
    for offset in range(0, len(content), part):
        answer = client.post(
            f"{base}{token}/?offset={offset}",
            content[offset : offset + part],
            content_type="application/octet-stream",
        )
    return answer.status_code, answer.json()
