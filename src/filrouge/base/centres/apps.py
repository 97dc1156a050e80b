from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "filrouge.base.centres"
    label = "centres"
    verbose_name = "Centres et utilisateurs"
