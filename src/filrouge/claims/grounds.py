"""Drafting the grounds of a proposal, in fact and in law, from what the inquiry found.

A draft only: the social worker reads it, corrects it and signs what it says. Articles come from
the rules that were applied, never from memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from filrouge.claims.models import CONDITIONS, Aid, Claim, Finding, FrozenEntitlement, Result
from filrouge.council.models import GRANTING, Measure
from filrouge.law.category import Category
from filrouge.law.money import Cents, format_euros


def in_fact(
    claim: Claim, findings: Mapping[str, Finding], entitlement: FrozenEntitlement | None
) -> str:
    """What was established, one sentence a line."""
    lines = [
        _("La demande a été reçue le %(day)s, %(how)s.")
        % {"day": claim.received_on.strftime("%d/%m/%Y"), "how": claim.get_channel_display()}
    ]
    if Aid(claim.aid) is not Aid.RIS and claim.state_of_need:
        lines.append(claim.state_of_need)
    for key, condition in CONDITIONS.items():
        finding = findings.get(key)
        if finding is not None:
            lines.append(_finding_sentence(condition.label, finding))
    if entitlement is not None:
        lines.append(entitlement.category_reason)
        lines.append(_amount_sentence(entitlement))
    return "\n".join(lines)


def _finding_sentence(label: str, finding: Finding) -> str:
    outcome = str(finding.get_result_display())
    if finding.exemption:
        outcome = _("dispensée, %(ground)s appréciée par %(who)s") % {
            "ground": finding.get_exemption_display(),
            "who": finding.appraised_by,
        }
    text = f" {finding.text}" if finding.text else ""
    return f"{label} : {outcome}.{text}"


def _amount_sentence(entitlement: FrozenEntitlement) -> str:
    return _(
        "Le calcul du %(day)s donne un droit de %(amount)s par mois en catégorie %(category)d (%(name)s)."
    ) % {
        "day": entitlement.on.strftime("%d/%m/%Y"),
        "amount": format_euros(Cents(entitlement.monthly_cents)),
        "category": entitlement.category,
        "name": Category(entitlement.category).label,
    }


def in_law(
    claim: Claim,
    measure: Measure,
    findings: Mapping[str, Finding],
    entitlement: FrozenEntitlement | None,
) -> str:
    """The articles that carry the decision, one a line."""
    if Aid(claim.aid) is Aid.RIS:
        lines = list(_ris_articles(measure, findings, entitlement))
    else:
        lines = [
            _(
                "Loi organique du 8 juillet 1976, art. 1er : l'aide sociale permet à chacun de "
                "mener une vie conforme à la dignité humaine."
            ),
            _(
                "Loi organique du 8 juillet 1976, art. 57, § 1er : le centre assure l'aide que la "
                "collectivité doit aux personnes et aux familles."
            ),
            _(
                "Loi organique du 8 juillet 1976, art. 60 : l'aide repose sur une enquête sociale "
                "qui établit l'existence et l'étendue du besoin."
            ),
        ]
    return "\n".join(lines)


def _ris_articles(
    measure: Measure, findings: Mapping[str, Finding], entitlement: FrozenEntitlement | None
) -> Iterable[str]:
    failing = [CONDITIONS[key] for key, found in findings.items() if found.result == Result.NOT_MET]
    if measure in GRANTING or not failing:
        yield _(
            "Loi du 26 mai 2002 concernant le droit à l'intégration sociale, art. 3 et 4 : "
            "les conditions du droit."
        )
    for condition in failing if measure not in GRANTING else []:
        yield _("%(article)s : la condition « %(label)s » n'est pas remplie.") % {
            "article": condition.article,
            "label": condition.label,
        }
    if entitlement is None:
        return
    articles = dict.fromkeys(
        step["article"] for step in entitlement.result["steps"] if step.get("article")
    )
    yield _("Articles appliqués au calcul : %s.") % " ; ".join(articles)


def suggested_measure(
    findings: Mapping[str, Finding], entitlement: FrozenEntitlement | None
) -> Measure:
    """What the findings point to; the worker chooses."""
    if any(finding.result == Result.NOT_MET for finding in findings.values()):
        return Measure.REFUSE
    if entitlement is not None and entitlement.monthly_cents == 0:
        return Measure.REFUSE
    return Measure.GRANT
