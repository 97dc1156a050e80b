from django.urls import path

from filrouge.claims.views import acts, intake, lists, outcome, steps

app_name = "claims"

urlpatterns = [
    path("demandes/", lists.claim_list, name="list"),
    path("demandes/export.xlsx", lists.export, name="export"),
    path("registre/", lists.register, name="register"),
    path("demandes/nouvelle/<uuid:person_id>/", intake.new, name="new"),
    path("demandes/<uuid:claim_id>/accuse.pdf", intake.receipt, name="receipt"),
    path("demandes/<uuid:claim_id>/attribuer/", intake.assign, name="assign"),
    path("demandes/<uuid:claim_id>/transmettre/", intake.transfer, name="transfer"),
    path("demandes/<uuid:claim_id>/retirer/", intake.withdraw, name="withdraw"),
    path("demandes/<uuid:claim_id>/urgence/", outcome.urgent, name="urgent"),
    path("demandes/<uuid:claim_id>/signer/", outcome.sign, name="sign"),
    path("demandes/<uuid:claim_id>/payer/", outcome.pay, name="pay"),
    path("demandes/<uuid:claim_id>/apercu.pdf", outcome.preview, name="preview"),
    path("demandes/<uuid:claim_id>/", steps.current, name="claim"),
    path("demandes/<uuid:claim_id>/<slug:step>/", steps.step, name="step"),
    path("demandes/<uuid:claim_id>/<slug:step>/<slug:act>/", acts.act, name="act"),
    path("paiements/", outcome.payments, name="payments"),
]
