"""Who reads and who writes: the law is public, what the installation adds to it is not free to write."""

from __future__ import annotations

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission


def may_write(actor: Actor) -> bool:
    """Whether the actor may add values and choose readings."""
    return actor.may(Permission.SETTINGS)


def demand_writing(actor: Actor) -> None:
    """Refuse who may not write. Everybody who is signed in may read: nothing here is personal."""
    actor.demand(Permission.SETTINGS)
