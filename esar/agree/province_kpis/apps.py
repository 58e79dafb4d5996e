"""The KPIs that provinces choose from OPDC's list: it has no tables of its own."""

from __future__ import annotations

from django.apps import AppConfig


class ProvinceKpisConfig(AppConfig):
    name = "esar.agree.province_kpis"
