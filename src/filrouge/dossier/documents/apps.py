from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "filrouge.dossier.documents"
    label = "documents"
    verbose_name = "Documents"
