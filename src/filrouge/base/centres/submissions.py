"""A form posted twice makes one record (double click, reload, lost answer)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction

from filrouge.base.centres.models import Submission


def once(*, centre_id: UUID, user_id: UUID, key: str, action: Callable[[], str]) -> str:
    """Run *action* the first time that *key* is posted; afterwards give its outcome again.

    *action* returns the address to go to. The key is written in the same transaction as the
    record: either both stay or none does.
    """
    if not key:
        return action()
    known = Submission.objects.filter(centre_id=centre_id, user_id=user_id, key=key).first()
    if known is not None:
        return known.outcome
    try:
        with transaction.atomic():
            kept = Submission.objects.create(
                centre_id=centre_id, user_id=user_id, key=key, outcome=""
            )
            kept.outcome = action()
            kept.save(update_fields=["outcome"])
            return kept.outcome
    except IntegrityError:
        known = Submission.objects.filter(centre_id=centre_id, user_id=user_id, key=key).first()
        if known is None:
            raise
        return known.outcome
