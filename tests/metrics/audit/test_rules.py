"""What follows from two figures, and figures that are no place's own, by made-up rows."""

import pytest

from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from metrics.audit import Severity, say
from metrics.catalog import Catalog, Domain, Indicator, Origin
from tests.metrics.audit.test_audit import CATEGORIES, HANOI, HUE, VN, audited, row, told
from tests.metrics.made_up import ORIGINS, indicator, text

COUNT = {"kind": "count", "unit": text("người"), "aggregation": "sum", "decimals": 0}
PARTS = {"numerator": text("tử số"), "denominator": text("mẫu số")}
STATUS = {"kind": "status", "categories": CATEGORIES, "list": "named_only"}
KNOWN = [
    indicator("rate", **PARTS),
    indicator("other-rate", **PARTS),
    indicator("growth"),
    *(indicator(name, **COUNT, **PARTS) for name in ("all", "some", "more", "people")),
    indicator("named", **STATUS),
    indicator("score", kind="score", unit=text("điểm"), max_value=18),
]
COMMUNES = [place.code for place in areas(EDITION_2025, Level.COMMUNE, parent="52")]
PROVINCE = "52"


def find(rows, *relations, rule):
    return audited(rows, *relations, known=KNOWN, rules=[rule])


def test_more_units_than_the_group_has_are_found_and_as_many_are_not():
    cohort = {"kind": "cohort", "cohort": "all", "counts": ["some"]}
    rows = [row("all", VN, 11), row("some", VN, 12)]
    assert told(find(rows, cohort, rule="parts")) == [("parts.cohort", "check", "some", VN)]
    assert find([rows[0], row("some", VN, 11)], cohort, rule="parts") == ()
    over = [rows[0], row("some", VN, 11, qualifier="over")]
    assert told(find(over, cohort, rule="parts")) == [("parts.cohort_over", "check", "some", VN)]


@pytest.mark.parametrize(
    ("values", "variants"),
    [
        ((15, 18), [("parts.categories", "gap")]),
        ((40, 30), [("parts.categories_over", "contradiction")]),
        ((33, 30), []),
    ],
)
def test_categories_leave_a_remainder_or_exceed_their_whole(values, variants):
    relation = {"kind": "categories", "counts": ["some", "more"]}
    rows = [
        row(name, VN, n, numerator=n, denominator=63)
        for name, n in zip(("some", "more"), values, strict=True)
    ]
    found = find(rows, relation, rule="parts")
    assert [(f.variant, str(f.severity)) for f in found] == variants


@pytest.mark.parametrize(
    ("value", "said", "more", "found"),
    [
        (130, "tr. 1", (), True),
        (100.4, "tr. 1", (), True),
        (100, "tr. 1", (), False),
        (130, "đoạn 2: “đạt 130%, Vượt kế hoạch”", (), False),
        (130, "tr. 1", ({"kind": "beyond", "rates": ["growth"]},), False),
        (130, "tr. 1", ({"kind": "increase", "of": "rate", "by": "growth"},), False),
        (130, "tr. 1", ({"kind": "plan", "reached": "rate", "share": "growth"},), False),
    ],
)
def test_more_than_all_of_a_whole_is_found_unless_something_accounts_for_it(
    value, said, more, found
):
    rows = [row("growth", HUE, value, locator=said), row("score", HUE, 18)]
    expected = [("whole.over", "check", "growth", HUE)] if found else []
    assert told(find(rows, *more, rule="whole")) == expected


def test_counts_of_unlike_wholes_are_no_categories_of_one():
    relation = {"kind": "categories", "counts": ["some", "more"]}
    rows = [row("some", VN, 15, denominator=63), row("more", VN, 8, denominator=11)]
    assert find(rows, relation, rule="parts") == ()


def test_totals_of_one_table_that_fail_are_one_finding_that_counts_them():
    known = [indicator(name, kind="score", decimals=2) for name in ("all", "some", "more")]
    relation = {"kind": "sum", "total": "all", "parts": ["some", "more"]}
    at = {"edition": EDITION_2025, "level": "commune"}
    rows = [row("all", PROVINCE, 3.01, edition=EDITION_2025)]
    for n, code in enumerate(COMMUNES[:30]):
        total = 3.01 if n else 9.01
        rows += [row("all", code, total, **at), row("some", code, 1.25, **at)]
        rows += [row("more", code, 1.76 if n % 2 else 1.26, **at)]
    (found,) = audited(rows, relation, known=known, rules=["parts"])
    assert (found.variant, found.area, found.told["other"]) == ("parts.sums", "52", COMMUNES[0])
    assert (found.told["n"], found.told["of"], len(found.places)) == (15, 30, 15)


def test_a_figure_of_a_table_has_the_digits_of_the_table():
    known = [indicator(name, kind="score", decimals=2) for name in ("all", "some", "more")]
    relation = {"kind": "sum", "total": "all", "parts": ["some", "more"]}
    at = {"edition": EDITION_2025, "level": "commune"}
    rows = []
    for code in COMMUNES[:30]:
        rows += [row("all", code, 7.31, **at), row("some", code, 2.31, **at)]
        rows += [row("more", code, 5.0, **at)]
    rows += [row("all", COMMUNES[30], 7.46, **at), row("some", COMMUNES[30], 2.21, **at)]
    rows += [row("more", COMMUNES[30], 5.11, **at)]
    found = audited(rows, relation, known=known, rules=["parts"])
    assert [f.area for f in found] == [COMMUNES[30]]


def test_one_denominator_in_several_prints_is_one_finding_a_day():
    relation = {"kind": "shared", "whole": "all", "rates": ["rate", "other-rate"]}
    rows = []
    for code, whole in ((HANOI, 200), (HUE, 100)):
        rows += [row("all", code, whole), row("rate", code, 50, numerator=1, denominator=whole)]
        rows += [row("other-rate", code, 50, numerator=1, denominator=whole - 2)]
    (found,) = find(rows, relation, rule="denominators")
    assert (found.severity, len(found.places)) == (Severity.CHECK, 2)
    same = [one | {"denominator": None} for one in rows if one["indicator"] != "other-rate"]
    assert find(same, relation, rule="denominators") == ()


def test_an_increase_has_two_bases():
    relation = {"kind": "increase", "of": "rate", "by": "growth"}
    rows = [row("rate", VN, 63, grain="month"), row("growth", VN, 32.5, day="2024-12-01")]
    (found,) = find(rows, relation, rule="implied")
    assert (round(found.told["ratio"], 1), found.told["points"]) == (47.5, 30.5)
    assert find([rows[0], rows[1] | {"origin": "press"}], relation, rule="implied") == ()


def test_what_was_nothing_or_less_before_has_no_base():
    relation = {"kind": "increase", "of": "rate", "by": "growth"}
    for by in (-100, -250):
        assert find([row("rate", VN, 63), row("growth", VN, by)], relation, rule="implied") == ()


def test_nobody_lives_where_the_population_is_naught():
    relation = {"kind": "people", "population": "people", "counts": ["some"]}
    assert find([row("people", HUE, 0), row("some", HUE, 5)], relation, rule="people") == ()


def test_many_targets_that_are_met_cost_little():
    at = {"edition": EDITION_2025, "level": "commune", "day": "2024-06-30"}
    rows = [row("rate", code, 50, role="target", **at) for code in COMMUNES]
    rows += [row("rate", code, 60, **at) for code in COMMUNES]
    assert find(rows, rule="goals") == ()
    rows[-1] = row("rate", COMMUNES[-1], 40, **at)
    assert [f.area for f in find(rows, rule="goals")] == [COMMUNES[-1]]


def test_a_count_and_its_share_tell_the_whole_unless_it_is_printed():
    relation = {"kind": "implied", "count": "some", "rate": "rate"}
    rows = [row("some", HUE, 530_000), row("rate", HUE, 47.2)]
    (found,) = find(rows, relation, rule="implied")
    assert (round(found.told["whole"]), found.severity) == (1_122_881, Severity.GAP)
    printed = [rows[0], row("rate", HUE, 47.2, numerator=530_000, denominator=1_122_881)]
    assert find(printed, relation, rule="implied") == ()
    assert find([rows[0], row("rate", HUE, 0)], relation, rule="implied") == ()


@pytest.mark.parametrize(
    ("fields", "variants"),
    [
        ({"value": 1_200_000}, ["people.more"]),
        ({"value": 1_200_000, "qualifier": "about"}, ["people.more"]),
        ({"value": 1_010_000}, []),
        ({"value": 100_000, "numerator": 100_000, "denominator": 1_100_000}, ["people.whole"]),
    ],
)
def test_more_records_than_people_are_found(fields, variants):
    relation = {"kind": "people", "population": "people", "counts": ["some"]}
    rows = [row("people", HUE, 1000, grain="year"), row("some", HUE, day="2024-11-30", **fields)]
    found = find(rows, relation, rule="people")
    assert [f.variant for f in found] == variants
    # The population of another place tells nothing.
    assert find([rows[0] | {"area": HANOI}, rows[1]], relation, rule="people") == ()


@pytest.mark.parametrize(("share", "variants"), [(40, ["people.implied"]), (47.2, []), (0, [])])
def test_a_count_and_its_share_cannot_make_more_than_all_who_live_there(share, variants):
    people = {"kind": "people", "population": "people", "counts": ["some"]}
    implied = {"kind": "implied", "count": "some", "rate": "rate"}
    rows = [row("people", HUE, 1150, grain="year"), row("some", HUE, 530_000, qualifier="nearly")]
    found = find([*rows, row("rate", HUE, share)], people, implied, rule="people")
    assert [f.variant for f in found] == variants
    assert [round(f.told["whole"]) for f in found] == [1_325_000] * len(variants)


def test_groups_that_hardly_overlap_are_not_more_than_all():
    relation = {"kind": "people", "population": "people", "counts": ["some", "more"]}
    relation |= {"added": True, "overlap": 4}
    people = row("people", HUE, 1000, grain="year")
    rows = [people, row("some", HUE, 800_000), row("more", HUE, 1, denominator=350_000)]
    (found,) = find(rows, relation, rule="people")
    assert (found.variant, found.told["sum"]) == ("people.added", 1_150_000)
    few = [people, row("some", HUE, 800_000), row("more", HUE, 240_000)]
    assert find(few, relation, rule="people") == ()


def test_low_beside_a_high_rate_of_the_same_source_is_found():
    relation = {"kind": "verdict", "status": "named", "category": "begun", "rate": "rate"}
    relation |= {"at_most": 80}
    rows = [row("named", HUE, category="begun", grain="month"), row("rate", HUE, 92)]
    found = find(rows, relation, rule="statuses")
    assert told(found) == [("statuses.verdict", "check", "named", HUE)]
    assert find([rows[0], row("rate", HUE, 80)], relation, rule="statuses") == ()
    assert find([rows[0] | {"category": "done"}, rows[1]], relation, rule="statuses") == ()


def test_low_beside_a_count_that_is_nearly_its_whole_is_found_once():
    relation = {"kind": "verdict", "status": "named", "category": "begun", "rate": "rate"}
    relation |= {"at_most": 80, "counts": ["some"]}
    low = row("named", HUE, category="begun", grain="month")
    most = row("some", HUE, 95, numerator=95, denominator=100)
    (found,) = find([low, most], relation, rule="statuses")
    assert (found.variant, found.told["value"]) == ("statuses.verdict", 95)
    assert found.witnesses[1].value == 95
    assert len(find([low, most, row("rate", HUE, 95)], relation, rule="statuses")) == 1
    few = row("some", HUE, 60, numerator=60, denominator=100)
    assert find([low, few], relation, rule="statuses") == ()
    assert find([low, row("some", HUE, 95)], relation, rule="statuses") == ()


def test_a_result_short_of_its_target_is_found_and_an_earlier_one_is_not():
    aim = row("rate", VN, 40, role="target", day="2023-12-31", grain="year")
    short = row("rate", VN, 31.7, day="2023-12-31")
    assert told(find([aim, short], rule="goals")) == [("goals.short", "check", "rate", VN)]
    assert find([aim, row("rate", VN, 31.7, day="2023-06-30")], rule="goals") == ()
    assert find([aim, row("rate", VN, 40, day="2023-12-31")], rule="goals") == ()


def test_a_target_in_words_is_answered_by_a_count_and_then_has_no_silent_deadline():
    relation = {"kind": "answers", "target": "named", "by": ["some"], "rule": "zero"}
    aim = row("named", VN, category="done", role="target", day="2024-03-31", grain="quarter")
    rows = [aim, row("some", VN, 761, day="2024-10-31")]
    assert [f.variant for f in find(rows, relation, rule="goals")] == ["goals.missed"]
    assert find(rows, relation, rule="deadlines") == ()
    assert [f.variant for f in find(rows, rule="deadlines")] == ["deadlines.none"]
    assert find([aim, row("some", VN, 0, day="2024-10-31")], relation, rule="goals") == ()


def test_a_deadline_of_no_day_is_none():
    aim = row("named", VN, category="done", role="target", day="2024-03-31", grain="unknown")
    assert find([aim, row("some", VN, 1)], rule="deadlines") == ()


def _scores(values):
    at = {"edition": EDITION_2025, "level": "commune"}
    rows = [row("score", code, value, **at) for code, value in zip(COMMUNES, values, strict=False)]
    return [row("score", PROVINCE, 11.0, edition=EDITION_2025), *rows]


def test_one_score_for_all_and_full_marks_of_many_are_found():
    (same,) = find(_scores([11.79] * 20), rule="given")
    assert (same.variant, same.area, same.told["n"]) == ("given.inherited", PROVINCE, 20)
    (full,) = find(_scores([18] * 12 + [n / 7 for n in range(20)]), rule="given")
    assert (full.variant, full.told["n"], full.told["of"]) == ("given.full", 12, 32)
    assert find(_scores([18] * 3 + [n / 7 for n in range(30)]), rule="given") == ()
    assert find(_scores([11.79] * 9), rule="given") == ()


def test_readings_of_one_publisher_on_several_days_are_revisions():
    days = {"first": "2026-09-27", "second": "2026-10-10"}
    origins = {
        name: Origin.model_validate(ORIGINS[0] | {"id": name, "date_accessed": day})
        for name, day in days.items()
    }
    rows = [row("rate", VN, 38.55, origin="first"), row("rate", VN, 37.0, origin="second")]
    (found,) = audited(rows, known=KNOWN, rules=["sources", "revised"], origins=origins)
    assert (found.variant, found.severity) == ("revised.periods", Severity.GAP)
    assert [values for *_, values in found.told["changes"]] == [(38.55, 37.0)]
    indicators = {i["id"]: Indicator.model_validate(i) for i in KNOWN}
    domain = Domain(id="identity", title=text("Định danh"), order=1)
    catalog = Catalog(indicators, origins, {"identity": domain}, ())
    assert "38,55 → 37,00" in say(found, catalog, "vi")
    # A hundredth is a change too; what a round number was rounded from is none.
    near = [rows[0], row("rate", VN, 38.56, origin="second")]
    (found,) = audited(near, known=KNOWN, rules=["sources", "revised"], origins=origins)
    assert [values for *_, values in found.told["changes"]] == [(38.55, 38.56)]
    round_ = [
        row("all", VN, 1_200_000, origin="first", qualifier="about"),
        row("all", VN, 1_204_311, origin="second"),
    ]
    assert audited(round_, known=KNOWN, rules=["revised"], origins=origins) == ()
    # Of one day they contradict one another.
    same = {k: one.model_copy(update={"date_accessed": "2026-10-10"}) for k, one in origins.items()}
    (found,) = audited(rows, known=KNOWN, rules=["sources", "revised"], origins=same)
    assert found.variant == "sources.number"


def test_a_count_of_areas_is_at_most_as_many_as_there_are():
    counted = {"kind": "counted", "level": "district", "counts": ["some"]}
    districts = len(areas(EDITION_2024, Level.DISTRICT, parent=HANOI))
    most = [row("some", HANOI, districts)]
    assert find(most, counted, rule="lists") == ()
    (found,) = find([row("some", HANOI, districts + 1)], counted, rule="lists")
    assert (found.variant, found.severity) == ("lists.more", Severity.CONTRADICTION)
    assert (found.told["value"], found.told["of"]) == (districts + 1, districts)
    of_more = [row("some", VN, 20, numerator=20, denominator=65)]
    provinces = counted | {"level": "province"}
    assert [f.told["of"] for f in find(of_more, provinces, rule="lists")] == [63]


def test_two_lists_that_say_one_thing_say_the_same():
    same = {"kind": "same", "indicators": ["some", "more"]}
    rows = [row("some", HANOI, 23), row("more", HANOI, 3), row("some", HUE, 4), row("more", HUE, 4)]
    assert told(find(rows, same, rule="sources")) == [
        ("sources.same", "contradiction", "some", HANOI)
    ]


def test_two_targets_of_one_deadline_are_found_and_of_two_are_not():
    aims = [row("rate", HANOI, value, role="target") for value in (80, 95)]
    (found,) = find(aims, rule="sources")
    assert (found.variant, found.severity) == ("sources.targets", Severity.CHECK)
    later = row("rate", HANOI, 95, role="target", day="2025-12-31")
    assert find([aims[0], later, aims[0]], rule="sources") == ()


@pytest.mark.parametrize(
    ("first", "then", "variants"),
    [
        ("2025-06-01", "2024-12-31", ["dates.order"]),
        ("2024-06-01", "2024-12-31", []),
        ("2024-06", "2024", []),  # a year is after no day in it
        ("2025", "2024-12-31", ["dates.order"]),
    ],
)
def test_what_has_to_follow_is_not_dated_before(first, then, variants):
    known = [indicator(name, kind="date") for name in ("from", "until")]
    rows = [row("from", HANOI, category=first), row("until", HANOI, category=then)]
    relation = {"kind": "ordered", "dates": ["from", "until"]}
    found = audited(rows, relation, known=known, rules=["dates"])
    assert [f.variant for f in found] == variants


@pytest.mark.parametrize(
    ("rule", "count", "variants"),
    [
        ("zero", {"value": 118}, ["statuses.not_borne"]),
        ("zero", {"value": 0}, []),
        ("whole", {"value": 40, "denominator": 63}, ["statuses.not_borne"]),
        ("whole", {"value": 63, "denominator": 63}, []),
        ("some", {"value": 0}, ["statuses.not_borne"]),
        ("value", {"value": 0}, []),
    ],
)
def test_what_is_said_to_be_reached_is_held_against_what_answers_it(rule, count, variants):
    relation = {"kind": "answers", "target": "named", "category": "done", "by": ["some"]}
    rows = [row("named", HANOI, category="done"), row("some", HANOI, **count)]
    found = find(rows, relation | {"rule": rule}, rule="statuses")
    assert [f.variant for f in found] == variants
    begun = [row("named", HANOI, category="begun"), rows[1]]
    assert find(begun, relation | {"rule": rule}, rule="statuses") == ()


def test_only_one_place_is_the_first():
    first = {"kind": "first", "claim": "named", "evidence": ["rate"]}
    claims = [row("named", place, category="done") for place in (HANOI, HUE)]
    (found,) = find(claims, first, rule="statuses")
    assert (found.variant, len(found.places)) == ("statuses.firsts", 2)
    assert find(claims[:1], first, rule="statuses") == ()


def test_nearly_all_may_be_called_all():
    full = {"kind": "full", "status": "named", "category": "done", "rate": "rate"}

    def variants(value):
        rows = [row("named", HANOI, category="done"), row("rate", HANOI, value)]
        return [f.variant for f in find(rows, full, rule="statuses")]

    assert variants(99.8) == []
    assert variants(92) == ["statuses.not_full"]


def test_a_denominator_is_what_the_other_rate_counts():
    chain = {"kind": "ratio", "rate": "rate", "numerator_of": ["other-rate"]}
    filed = row("other-rate", HANOI, 80, numerator=800, denominator=1000)
    assert (
        find([filed, row("rate", HANOI, 90, numerator=720, denominator=800)], chain, rule="ratios")
        == ()
    )
    off = [filed, row("rate", HANOI, 90, numerator=810, denominator=900)]
    assert told(find(off, chain, rule="ratios")) == [
        ("ratios.denominator", "contradiction", "rate", HANOI)
    ]


def test_a_share_beside_n_of_n_has_to_follow_from_it():
    share = {"kind": "implied", "count": "some", "rate": "rate"}
    count = row("some", HANOI, 165, numerator=165, denominator=179)
    assert find([count, row("rate", HANOI, 92)], share, rule="ratios") == ()
    (found,) = find([count, row("rate", HANOI, 100)], share, rule="ratios")
    assert (found.variant, found.told["numerator"]) == ("ratios.figures", 165)
    assert find([count, row("rate", HANOI, 100)], share, rule="implied") == ()


def test_what_a_share_leaves_out_tells_the_whole_too():
    rest = {"kind": "implied", "count": "some", "rate": "rate", "rest": True}
    rows = [row("some", HANOI, 36), row("rate", HANOI, 98)]
    (found,) = find(rows, rest, rule="implied")
    assert (found.variant, round(found.told["whole"])) == ("implied.rest", 1800)
    assert find([rows[0], row("rate", HANOI, 100)], rest, rule="implied") == ()


@pytest.mark.parametrize(
    ("before", "variants"), [(47.5, []), (30.5, []), (55, ["implied.base_off"])]
)
def test_a_printed_base_settles_an_increase_or_contradicts_it(before, variants):
    increase = {"kind": "increase", "of": "rate", "by": "growth"}
    rows = [
        row("rate", VN, 63, day="2023-12-31"),
        row("growth", VN, 32.5, day="2023-12-31"),
        row("rate", VN, before, day="2022-12-31"),
    ]
    assert [f.variant for f in find(rows, increase, rule="implied")] == variants
