from django.apps import AppConfig


class LawbookConfig(AppConfig):
    name = "filrouge.lawbook"
    label = "lawbook"
    verbose_name = "La loi"

    def ready(self) -> None:
        from filrouge.base.trail.protection import protect

        protect("lawbook.ParameterLine")
        protect("lawbook.CentreChoice")
