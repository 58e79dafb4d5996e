"""A serving process is ready before its first request: seen in one of its own, as of gunicorn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVED = """
import gc, json
from esar.config import wsgi
from django.template import engines
from esar.config.serving import template_names
from esar.kernel.wording.catalogue import catalogue
from esar.platform.ui import books

loader = engines["django"].engine.template_loaders[0]
print(json.dumps({
    "years read": books.book.cache_info().currsize,
    "years": len(books.years()),
    "templates not compiled": sorted(set(template_names()) - set(loader.get_template_cache)),
    "catalogues": catalogue.cache_info().currsize,
    "is frozen": gc.get_freeze_count() > 100_000,
    "new objects": gc.get_threshold()[0],
    "has pages of each group": {"ui/base.html", "reports/report.html"} <= set(template_names()),
}))
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    var = str(tmp_path_factory.mktemp("var"))
    environment = {**os.environ, "ESAR_VAR": var, "ESAR_DEMO": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "esar.config.settings"
    answer = subprocess.run(
        [sys.executable, "-c", SERVED],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def test_rulebooks_templates_and_words_are_read_before_the_first_request(
    served: dict[str, Any],
) -> None:
    assert served["years read"] == served["years"]
    assert served["templates not compiled"] == []
    assert served["catalogues"] == 2
    assert served["has pages of each group"] is True


def test_the_collector_leaves_what_stays_alone_and_looks_seldom(served: dict[str, Any]) -> None:
    assert served["is frozen"] is True
    assert served["new objects"] == 50_000
