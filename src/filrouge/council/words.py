"""How sessions and decisions are told, in whole French sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from filrouge.council.models import Decision, Measure
from filrouge.law.labels import long_date
from filrouge.law.money import format_euros


def day(value: date) -> str:
    """A date in full French words."""
    return long_date(value)


def outcome(decision: Decision) -> str:
    """What was decided, in one sentence, without the person's name."""
    sentences = {
        Measure.GRANT: _("%(body)s : accordé, %(aid)s."),
        Measure.GRANT_LESS: _("%(body)s : accordé en partie, %(aid)s."),
        Measure.REFUSE: _("%(body)s : refusé, %(aid)s."),
        Measure.NO_ACTION: _("%(body)s : pas de suite donnée, %(aid)s."),
        Measure.TAKE_NOTE: _("%(body)s : pris acte, %(aid)s."),
    }
    sheet: dict[str, Any] = decision.sheet
    return sentences[Measure(decision.measure)] % {
        "body": decision.body,
        "aid": sheet["aid_label"],
    }


def terms_of_aid(decision: Decision) -> str:
    """Amount and period of what was granted; empty when there is neither."""
    if decision.amount_cents is None:
        return _period(decision)
    amount = _("%(amount)s par mois") % {"amount": format_euros(decision.amount_cents)}
    period = _period(decision)
    return f"{amount}, {period}" if period else f"{amount}."


def _period(decision: Decision) -> str:
    if decision.starts_on is None:
        return ""
    if decision.ends_on is None:
        return _("à partir du %(start)s.") % {"start": day(decision.starts_on)}
    return _("du %(start)s au %(end)s.") % {
        "start": day(decision.starts_on),
        "end": day(decision.ends_on),
    }


def full_outcome(decision: Decision) -> str:
    """The outcome with amount and period."""
    return " ".join(part for part in (outcome(decision), terms_of_aid(decision)) if part)


def event_title(decision: Decision) -> str:
    """The knot's title on the thread."""
    titles = {
        Measure.GRANT: _("Décision : aide accordée"),
        Measure.GRANT_LESS: _("Décision : aide accordée en partie"),
        Measure.REFUSE: _("Décision : aide refusée"),
        Measure.NO_ACTION: _("Décision : pas de suite donnée"),
        Measure.TAKE_NOTE: _("Décision : le conseil prend acte"),
    }
    return titles[Measure(decision.measure)]


def votes(decision: Decision) -> str:
    """The vote in words."""
    text = _("%(for)d pour, %(against)d contre, %(abstentions)d abstention(s)") % {
        "for": decision.votes_for,
        "against": decision.votes_against,
        "abstentions": decision.abstentions,
    }
    if decision.casting_vote_used:
        text += _(" ; la voix du président a départagé")
    return text
