from django.apps import AppConfig


class ThreadConfig(AppConfig):
    name = "filrouge.dossier.thread"
    label = "thread"
    verbose_name = "Fil"

    def ready(self) -> None:
        from filrouge.base.trail.protection import protect

        protect("thread.Event")
