from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "filrouge.dossier.terms"
    label = "terms"
    verbose_name = "Délais"
