from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "filrouge.council"
    label = "council"
    verbose_name = "Conseil"

    def ready(self) -> None:
        from filrouge.base.trail.protection import protect

        protect("council.Decision")
