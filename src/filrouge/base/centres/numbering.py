"""Numbers that people see: gapless per centre, series and year."""

from __future__ import annotations

from filrouge.base.centres.models import Centre, Counter


def next_number(centre: Centre, series: str, year: int = 0) -> int:
    """Give the next number of a series; call it inside the registering transaction.

    The row stays locked until that transaction ends, so an aborted registration gives its
    number back and no gap appears.
    """
    counters = Counter.objects.select_for_update().filter(centre=centre, series=series, year=year)
    counter = counters.first()
    if counter is None:
        Counter.objects.get_or_create(centre=centre, series=series, year=year)
        counter = counters.get()
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
