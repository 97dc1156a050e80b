from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _install_triggers(using: str, **_: object) -> None:
    from filrouge.base.trail import protection

    protection.install(using)


class TrailConfig(AppConfig):
    name = "filrouge.base.trail"
    label = "trail"
    verbose_name = "Traces"

    def ready(self) -> None:
        post_migrate.connect(_install_triggers, dispatch_uid="filrouge.trail.protection")
