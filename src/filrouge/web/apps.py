from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "filrouge.web"
    label = "web"
    verbose_name = "Coquille"
