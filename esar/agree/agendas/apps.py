"""The app of the agendas."""

from django.apps import AppConfig


class AgendasConfig(AppConfig):
    name = "esar.agree.agendas"
    label = "agendas"
