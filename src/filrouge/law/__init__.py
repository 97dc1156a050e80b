"""The law as dated data and pure functions.

Ground floor of the house: imports neither Django nor any other room. Start with
`filrouge.law.ris.entitlement(case)`, `filrouge.law.terms.compute(kind, start)`,
`filrouge.law.category.propose(members, on)`.
"""
