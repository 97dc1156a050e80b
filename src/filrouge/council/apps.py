from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "filrouge.council"
    label = "council"
    verbose_name = "Conseil"
