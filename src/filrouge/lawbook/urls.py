from django.urls import path

from filrouge.lawbook.views import reading, trial, writing

app_name = "lawbook"

urlpatterns = [
    path("loi/", reading.parameters, name="parameters"),
    path("loi/export.xlsx", reading.export, name="export"),
    path("loi/comparer/", reading.compare, name="compare"),
    path("loi/essayer/", trial.page, name="trial"),
    path("loi/essayer/export.xlsx", trial.export, name="trial_export"),
    path("loi/ajouter/", writing.add, name="add"),
    path("loi/choix/", writing.choices, name="choices"),
    path("loi/parametres/<str:name>/", reading.parameter, name="parameter"),
]
