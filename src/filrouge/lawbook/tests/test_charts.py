"""The step curve of a parameter: one step per value, nothing in a gap, labels apart."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from filrouge.law import parameter_store
from filrouge.lawbook.charts import LABEL_GAP, chart, holding

TODAY = date(2026, 3, 2)
SHIPPED = parameter_store.shipped()


def test_each_figure_of_a_table_has_its_own_curve_with_its_name():
    drawn = chart(SHIPPED.history("ris.amount.monthly"), TODAY)
    assert [one.label for one in drawn.series] == ["catégorie 1", "catégorie 2", "catégorie 3"]
    steps = {one.path.count("H") for one in drawn.series}
    assert steps == {len(holding(SHIPPED.history("ris.amount.monthly")))}
    assert drawn.left < drawn.mark < drawn.right
    assert "41 valeurs" in drawn.summary and "1\u202f811,57" in drawn.summary


def test_the_scale_begins_at_zero_and_holds_every_value():
    drawn = chart(SHIPPED.history("ris.amount.monthly"), TODAY)
    assert drawn.up[0].label == "0\u00a0€"
    assert drawn.up[0].at == drawn.bottom and drawn.up[-1].at >= drawn.top
    assert 3 <= len(drawn.up) <= 7


def test_a_measure_that_stopped_leaves_a_gap():
    first, second = SHIPPED.history("ris.amount.monthly")[:2]
    stopped = replace(first, valid_to=date(2003, 1, 1))
    drawn = chart([stopped, second], TODAY)
    assert drawn.series[0].path.count("M") == 2


def test_labels_never_cover_one_another():
    for name in SHIPPED.names():
        drawn = chart(SHIPPED.history(name), TODAY)
        if drawn is None:
            continue
        heights = sorted(one.label_y for one in drawn.series)
        gaps = [b - a for a, b in pairwise(heights)]
        assert all(gap >= LABEL_GAP - 0.2 for gap in gaps), name


def test_a_word_or_a_value_that_never_changed_has_no_curve():
    assert chart(SHIPPED.history("cohabitants.regime"), TODAY) is None
    assert chart(SHIPPED.history("exemption.general"), TODAY) is None
