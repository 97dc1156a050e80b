from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "filrouge.claims"
    label = "claims"
    verbose_name = "Demandes"

    def ready(self) -> None:
        from filrouge.base.trail.protection import protect

        for model in ("Finding", "FrozenEntitlement", "Proposal", "Review", "FirstPayment"):
            protect(f"claims.{model}")
