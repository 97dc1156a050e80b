"""Half-filled forms that wait for their author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.web.models import Draft

KEPT = timedelta(days=30)
LONGEST = 100_000
"""Characters in all; a form is no place for a book."""


class OwnDrafts:
    """The drafts of one user in one centre."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def kept(self, key: str) -> Mapping[str, Sequence[str]] | None:
        """What was typed under *key*, field by field; ``None`` when there is nothing."""
        draft = self._own().filter(key=key).first()
        if draft is None or draft.updated_at < self.actor.now - KEPT:
            return None
        content: dict[str, list[str]] = draft.content
        return content

    def forget(self, key: str) -> None:
        """The form was sent: the draft has done its work."""
        self._own().filter(key=key).delete()

    @transaction.atomic
    def keep(self, key: str, typed: Mapping[str, Sequence[str]]) -> None:
        """Keep what is typed; drafts of more than thirty days go."""
        content = {name: list(values) for name, values in typed.items()}
        if sum(len(value) for values in content.values() for value in values) > LONGEST:
            raise ValidationError(_("Ce brouillon est trop long pour être gardé."))
        Draft.objects.filter(
            centre_id=self.actor.centre_id, updated_at__lt=self.actor.now - KEPT
        ).delete()
        Draft.objects.update_or_create(
            centre_id=self.actor.centre_id,
            user=self.actor.user,
            key=key,
            defaults={"content": content, "updated_at": self.actor.now},
        )

    def _own(self) -> QuerySet[Draft]:
        return Draft.objects.filter(centre_id=self.actor.centre_id, user=self.actor.user)
