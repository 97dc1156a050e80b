"""The subjects of the documentation: title, summary, values, and an example that runs the rule."""

from datetime import date, timedelta

from filrouge.law import (
    aids,
    article60,
    index_formula,
    iop,
    piis,
    recovery,
    refund,
    sanctions,
    suspension,
)
from filrouge.law.labels import long_date
from filrouge.law.money import format_euros
from filrouge.law.parameter_printing import checks_table, steps_table
from filrouge.law.terms import Regime, TermKind, compute, for_transferred_request


def _terms() -> str:
    start = date(2026, 3, 2)
    lines = list[str]()
    for kind in TermKind:
        term = compute(kind, start, kind.regimes[0])
        lines.append(f"{term.label} : {long_date(term.due)} [{term.status}]")
        lines.append(f"    {term.counting}")
    return "\n".join(lines)


def _transferred() -> str:
    terms = for_transferred_request(date(2026, 3, 2), date(2026, 3, 5), Regime.RIS)
    return "\n".join(f"{term.label} : {long_date(term.due)}\n    {term.counting}" for term in terms)


def _sanction() -> str:
    former = (sanctions.FormerSanction(sanctions.Fault.DECLARATION, date(2024, 3, 10)),)
    facts = sanctions.SanctionFile(
        sanctions.Fault.DECLARATION,
        committed_on=date(2026, 1, 15),
        decided_on=date(2026, 3, 2),
        months=6,
        hearing_told_on=date(2026, 2, 10),
        former=former,
    )
    limit = sanctions.longest(facts.fault, facts.committed_on, former)
    first, last = sanctions.start_window(date(2026, 3, 2), date(2026, 3, 6))
    return "\n".join(
        (
            steps_table(limit.steps),
            checks_table(sanctions.checks(facts)),
            f"Début : du {long_date(first)} au {long_date(last)}.",
        )
    )


def _abroad() -> str:
    days = [(date(2026, 3, 1), 10), (date(2026, 7, 1), 21)]
    stays = [
        suspension.Stay(suspension.Days(first, first + timedelta(days=count - 1)))
        for first, count in days
    ]
    found = suspension.abroad(stays, 2026)
    periods = [
        f"Suspendu du {long_date(item.first)} au {long_date(item.last)}."
        for item in found.suspended
    ]
    return "\n".join((steps_table(found.steps), *periods))


def _recovery() -> str:
    payments = [
        recovery.Payment(date(2021, 1, 31), 1000_00, 400_00),
        recovery.Payment(date(2025, 6, 30), 1000_00, 400_00),
    ]
    found = recovery.recoverable(payments, date(2026, 3, 2))
    plan = recovery.instalments(found.recoverable, 12, date(2026, 4, 1))
    end = found.next_prescription
    text = [steps_table(found.steps)]
    if end:
        checks = recovery.check_instalments(found.recoverable, plan, end, date(2026, 3, 2))
        text += [f"Prescription du plus ancien paiement : {long_date(end)}.", checks_table(checks)]
    return "\n".join(text)


def _piis() -> str:
    birth, decided = date(1990, 1, 1), date(2026, 4, 15)
    found = piis.duty(birth, decided, date(2026, 1, 14))
    held = [piis.Evaluation(date(2026, 8, 20)), piis.Evaluation(date(2026, 12, 18))]
    checks = piis.check_evaluations(date(2026, 5, 4), held, date(2027, 2, 1))
    sign_by = f"À signer au plus tard le {long_date(found.sign_by.due)}." if found.sign_by else ""
    return "\n".join((found.reason, sign_by, checks_table(checks)))


def _article60() -> str:
    found = article60.longest(date(1985, 1, 1), date(2025, 6, 1))
    end = f"Dernier jour : {long_date(found.last_day)}." if found.last_day else ""
    return "\n".join((steps_table(found.steps), end))


def _refund() -> str:
    facts = refund.RefundFacts(0, 55, int(refund.Cohort.FIRST_WAVE), piis=True)
    months = [(date(2026, 12, 1), 1340_47), (date(2027, 1, 1), 1340_47)]
    return "\n\n".join(steps_table(item.steps) for item in refund.expected(facts, months))


def _size() -> str:
    averages = {2020: 480, 2021: 510, 2022: 525, 2023: 498, 2024: 470, 2025: 468}
    sums = {year: 12 * average for year, average in averages.items()}
    return "\n".join(
        f"{year} : {refund.size_rate(sums, year)} % ({averages[year - 2]} bénéficiaires en moyenne "
        f"en {year - 2})"
        for year in range(2022, 2028)
    )


def _iop() -> str:
    monday = date(2026, 3, 2)
    days = [monday + timedelta(days=offset) for offset in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
    plan = iop.Placement(dict.fromkeys(days, 456), "maison de repos", "cuisine")
    former = iop.Placement(
        {day - timedelta(days=182): 456 for day in days[:5]}, "maison de repos", "buanderie"
    )
    request = iop.Request(plan, date(2000, 1, 1), (former,), evaluated=True, signed=3)
    examination = iop.examine(request)
    attended = dict.fromkeys(days[:9], 456)
    payout = iop.flat_indemnity(plan, attended)
    return "\n".join(
        (
            steps_table(examination.steps),
            checks_table(examination.checks),
            steps_table(payout.steps),
        )
    )


def _premium() -> str:
    found = aids.installation_premium(date(2026, 3, 2), had_before=False)
    return "\n".join((steps_table(found.steps), checks_table(found.checks)))


def _heating() -> str:
    request = aids.Heating(
        aids.Fuel.BULK_OIL,
        1800,
        date(2024, 11, 4),
        date(2024, 12, 1),
        per_litre=17,
        income=25_000_00,
        dependants=1,
    )
    found = aids.heating_allowance(request)
    return "\n".join((steps_table(found.steps), checks_table(found.checks)))


def _guarantee() -> str:
    found = [
        aids.guarantee_limit(650_00, form, date(2026, 3, 2))
        for form in (aids.Guarantee.ADVANCE, aids.Guarantee.BANK)
    ]
    return "\n".join(steps_table(item.steps) for item in found)


def _urgent() -> str:
    kinds = (TermKind.MEDICAL_DECISION, TermKind.MEDICAL_ENTRY)
    terms = [compute(kind, date(2026, 3, 2), Regime.SOCIAL_AID) for kind in kinds]
    return "\n".join(
        f"{term.label} : {long_date(term.due)} [{term.status}]\n    {term.counting}"
        for term in terms
    )


def _index() -> str:
    years, months = index_formula.amounts_at_step(29, date(2026, 3, 1))
    coefficient = f"{index_formula.coefficient(29):05d}"
    lines = [f"Échelon 29, coefficient {coefficient[:-4]},{coefficient[-4:]}"]
    for rank, (year, month) in enumerate(zip(years, months, strict=True), 1):
        lines.append(
            f"Catégorie {rank} : {format_euros(year)} par an, {format_euros(month)} par mois"
        )
    for item in index_formula.deviations():
        lines.append(
            f"Écart connu : {item.valid_from:%d/%m/%Y}, catégorie {item.category}, "
            f"{format_euros(item.published)} publié pour {format_euros(item.computed)}"
        )
    return "\n".join(lines)


SUBJECTS = (
    (
        "terms",
        "Délais de la procédure",
        "Quand chaque délai finit. Le jour du fait ne compte pas ; chaque délai a son unité et sa "
        "règle pour les jours de repos. Exemple : un fait du lundi 2 mars 2026.",
        ("term",),
        (),
        _terms,
        ("Les jours fériés sont les dix jours légaux belges ; le samedi n'est pas ouvrable.",),
    ),
    (
        "transferred-request",
        "Demande transmise par un autre centre",
        "Les trente jours courent depuis le jour où le premier centre a envoyé la demande.",
        ("term.decision", "term.second_refusal", "term.minister"),
        (),
        _transferred,
    ),
    (
        "sanctions",
        "Sanctions",
        "La suspension la plus longue par cas, la récidive, l'audition, le début, le sursis.",
        ("sanction", "hearing"),
        sanctions.RULES,
        _sanction,
        (
            "La récidive compare le jour du nouveau fait au jour où la sanction est devenue "
            "définitive.",
            "La révocation d'un sursis n'est pas modélisée : texte non vu.",
        ),
    ),
    (
        "abroad",
        "Séjour à l'étranger et détention",
        "Les jours dont le paiement est suspendu.",
        ("abroad", "detention"),
        suspension.RULES,
        _abroad,
        ("Les jours du départ et du retour : règle non trouvée, les deux jours donnés comptent.",),
    ),
    (
        "recovery",
        "Récupération",
        "Ce qui peut être récupéré, jusqu'à quand, en combien de fois, ou pas du tout.",
        ("recovery", "term.recovery", "term.recovery_debtor", "term.recovery_third_party"),
        recovery.RULES,
        _recovery,
        ("La décision de récupérer dit : " + " ; ".join(recovery.MENTIONS) + ".",),
    ),
    (
        "piis",
        "Projet individualisé d'intégration sociale (PIIS)",
        "Qui doit en avoir un, quand, avec quelles évaluations et quel code.",
        ("piis", "term.piis_signature", "term.piis_reflection", "term.piis_evaluation"),
        (),
        _piis,
        (
            "Les codes après 17 et les codes 1 à 7, valables jusqu'au 31 octobre 2016, ne sont "
            "pas repris.",
        ),
    ),
    (
        "article60",
        "Durée d'un article 60",
        "Le temps qu'il faut pour obtenir des prestations sociales complètes, pas plus.",
        ("article60", "unemployment"),
        article60.RULES,
        _article60,
        ("Le temps partiel est compté en proportion : à confirmer.",),
    ),
    (
        "refund",
        "Remboursement fédéral d'un droit",
        "Le revenu attendu de l'État pour un droit, mois par mois.",
        (
            "refund.first_wave",
            "refund.new_entrants",
            "refund.piis",
            "refund.temporary_protection",
            "refund.reform",
            "refund.staff",
            "refund.lasting_job",
            "refund.full",
        ),
        refund.RULES,
        _refund,
        (
            "Les remboursements à 100 % (sans-abri, registre de la population) ne sont pas calculés.",
        ),
    ),
    (
        "refund-size",
        "Taux de remboursement selon la taille du centre",
        "55, 65 ou 70 %, suivi d'année en année : premier accès, baisse, tolérance.",
        ("refund.size",),
        (),
        _size,
        (
            "Un taux déjà atteint revient avec le seuil seul : à confirmer.",
            "La diminution de moins de 3 % est comparée à l'année précédente : à confirmer.",
        ),
    ),
    (
        "iop",
        "Stage d'insertion par l'observation professionnelle (IOP)",
        "Durée, crédit, semaine, suite de stages, personnes, papiers, indemnité, déplacements.",
        ("iop",),
        iop.RULES,
        _iop,
        ("Étapes de la procédure : " + " ; ".join(iop.PROCEDURE) + ".",),
    ),
    (
        "installation-premium",
        "Prime d'installation",
        "Un mois de la catégorie 3, une fois dans la vie.",
        ("installation",),
        (aids.PREMIUM,),
        _premium,
    ),
    (
        "heating",
        "Allocation de chauffage",
        "Litres, montants, plafonds, délai.",
        ("heating", "term.heating_request"),
        (aids.LITRES, aids.HEATING, aids.PUMP),
        _heating,
        ("L'allocation par litre dépend du prix payé : l'échelle du fonds n'a pas été trouvée.",),
    ),
    (
        "guarantee",
        "Garantie locative",
        "Le montant le plus haut d'une avance ou d'une garantie bancaire.",
        ("guarantee",),
        (aids.GUARANTEE,),
        _guarantee,
    ),
    (
        "index",
        "Indexation",
        "Montant annuel = base × coefficient, arrondi au cent ; coefficient = 1,02 à la puissance "
        "de l'échelon, arrondi à quatre décimales ; mois = année ÷ 12, arrondi au cent. Ce qui est "
        "publié reste comme publié : la formule contrôle.",
        ("ris.base", "ris.index_step"),
        (),
        _index,
    ),
    (
        "urgent-aid",
        "Aide urgente",
        "Le président peut décider seul, le conseil ratifie ; l'aide médicale urgente a ses délais.",
        ("urgent", "term.medical_decision", "term.medical_entry"),
        (),
        _urgent,
    ),
    (
        "figures",
        "Chiffres connus",
        "Quelques chiffres nationaux, tels que publiés.",
        ("figure",),
        (),
        lambda: "Aucun calcul.",
    ),
)
