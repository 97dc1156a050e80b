"""Filrouge: one red thread per person, for Belgian public centres for social welfare (CPAS)."""

__version__ = "0.1.0"
