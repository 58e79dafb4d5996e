"""0011: an indicator of a rulebook's list has no direction until someone chooses it.

Before: those that the list made read "higher", which nobody had said. Only texts that nobody has
written since (no unit) and that no scorecard holds are touched: 18 in a year's list of provinces.
Runs beside the old version: yes, it reads the direction as not "higher". Reverse: leaves them.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations


def forget_directions(apps: Any, schema_editor: Any) -> None:
    versions = apps.get_model("scorecards", "IndicatorVersion")
    kpis = apps.get_model("scorecards", "Kpi")
    listed = versions.objects.filter(
        indicator__body=None, indicator__listed_as__contains="/", unit="", direction="higher"
    )
    listed.exclude(pk__in=kpis.objects.values("template")).update(direction="")


class Migration(migrations.Migration):

    dependencies = [
        ('scorecards', '0010_indicators_of_the_rules'),
    ]

    operations = [migrations.RunPython(forget_directions, migrations.RunPython.noop)]
