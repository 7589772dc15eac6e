"""What a reader changed in the form stays when an answer changes the proposal."""

from metrics.importing import Mapping, Measure
from ui.load.edits import Edits


def mapping(**more):
    columns = ("Số người", "Tỷ lệ")
    measures = more.pop("measures", tuple(Measure(column=c) for c in columns))
    return Mapping(edition="2025", level="province", place="Tỉnh", measures=measures, **more)


def changed(start):
    first = start.measures[0].model_copy(update={"indicator": "people", "scale": 1000})
    return start.model_copy(update={"note": "Ghi chú", "measures": (first,)})


def test_changes_are_put_over_another_proposal_and_answers_before_them():
    start = mapping()
    edits = Edits().after(start, changed(start))
    other = mapping(decimal="point")
    found = edits.over(other, {"decimal": "point"})
    assert (found.note, found.decimal) == ("Ghi chú", "point")
    assert [(m.column, m.indicator, m.scale) for m in found.measures] == [
        ("Số người", "people", 1000)
    ]
    answered = edits.over(other, {"scales": {"Số người": 1}})
    assert answered.measures[0].scale is None
    assert answered.measures[0].indicator == "people"


def test_an_answer_about_the_map_comes_before_changes_of_it():
    start = mapping()
    edits = Edits().after(start, start.model_copy(update={"within": "80", "note": "x"}))
    found = edits.over(mapping(), {"edition": "2025", "level": "province"})
    assert (found.within, found.note) == (None, "x")


def test_changes_stay_while_the_form_begins_with_them_and_go_when_taken_back():
    start = mapping()
    edits = Edits().after(start, changed(start))
    begun = edits.over(start, {})
    assert edits.after(begun, begun) == edits
    back = edits.after(start, start)
    assert back.over(start, {}) == start
