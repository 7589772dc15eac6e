"""The audit: what it finds by arithmetic, what rounding explains, what it must never cry about."""

from types import SimpleNamespace

import pandas as pd
import pytest

from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from metrics.audit import RULES, Severity, audit_sheet, say
from metrics.audit.sheet import COLUMNS, make_sheet
from metrics.audit.words import when
from metrics.catalog import Catalog, Domain, Indicator, Origin
from metrics.catalog.relations import RELATION
from tests.metrics.made_up import ORIGINS, indicator, text

HANOI, HUE, QUANG_BINH, VN = "01", "46", "44", "VN"
CATEGORIES = [{"id": "done", "title": text("xong")}, {"id": "begun", "title": text("đang")}]
STATUS = {"kind": "status", "categories": CATEGORIES, "list": "named_only"}
COUNT = {"kind": "count", "unit": text("nơi"), "aggregation": "sum", "decimals": 0}
PARTS = {"numerator": text("tử số"), "denominator": text("mẫu số")}
KNOWN = [
    indicator("rate", **PARTS),
    indicator("plain-rate"),
    *(indicator(name, **COUNT, **PARTS) for name in ("all", "some", "more", "rest")),
    indicator("named", **STATUS),
    indicator("first", **STATUS),
    indicator("place", kind="rank", decimals=0, direction="lower_better"),
    indicator("since", kind="date"),
    indicator("tons", kind="amount", unit=text("tấn"), aggregation="sum"),
]


def row(indicator, area, value=None, **fields):
    """Make one row as the store has it."""
    edition = "" if area == VN else fields.pop("edition", EDITION_2024)
    level = "country" if area == VN else "province" if len(area) == 2 else "district"
    day = fields.pop("day", "2024-12-31")
    made = dict.fromkeys(COLUMNS, "") | {
        "dataset": "shipped",
        "level": level,
        "indicator": indicator,
        "role": "result",
        "edition": edition,
        "area": area,
        "period_start": pd.Timestamp(day),
        "period_end": pd.Timestamp(day),
        "grain": "instant",
        "value": value,
        "state": "reported",
        "numerator": None,
        "denominator": None,
        "qualifier": "exact",
        "origin": "ministry",
        "locator": "tr. 1",
        "stated": True,
    }
    return made | fields


def audited(rows, *relations, known=KNOWN, rules=tuple(RULES), origins=None):
    """Audit made-up rows by made-up relations."""
    indicators = {i["id"]: Indicator.model_validate(i) for i in known}
    origins = origins or {o["id"]: Origin.model_validate(o) for o in ORIGINS}
    domain = Domain(id="identity", title=text("Định danh"), order=1)
    made = tuple(RELATION.validate_python(relation) for relation in relations)
    catalog = Catalog(indicators, origins, {"identity": domain}, made)
    frame = pd.DataFrame(rows).astype(dict.fromkeys(("value", "numerator", "denominator"), "float"))
    return audit_sheet(make_sheet(frame, catalog), rules)


def told(found):
    return [(f.variant, str(f.severity), f.indicator, f.area) for f in found]


SUM = {"kind": "sum", "total": "all", "parts": ["some", "more"]}
WITHIN = SUM | {"kind": "within"}


def test_parts_that_do_not_make_their_total_are_found_with_the_arithmetic():
    rows = [row("all", HANOI, 1191), row("some", HANOI, 318), row("more", HANOI, 872)]
    (found,) = audited(rows, SUM, rules=["parts"])
    assert (found.variant, found.severity) == ("parts.sum", Severity.CONTRADICTION)
    assert (found.told["sum"], found.told["total"], found.told["parts"]) == (1190, 1191, (318, 872))
    assert [w.value for w in found.witnesses] == [1191, 318, 872]
    assert audited([row("all", HANOI, 1190), *rows[1:]], SUM, rules=["parts"]) == ()


def test_parts_within_a_total_may_be_less_but_never_more():
    rows = [row("some", VN, 7), row("more", VN, 3)]
    assert audited([row("all", VN, 11), *rows], WITHIN, rules=["parts"]) == ()
    found = audited([row("all", VN, 9), *rows], WITHIN, rules=["parts"])
    assert told(found) == [("parts.within", "contradiction", "all", VN)]


def test_figures_of_other_dates_places_or_roles_are_not_added_up():
    parts = [row("some", HANOI, 1), row("more", HANOI, 1)]
    for other in ({"day": "2024-12-30"}, {"grain": "month"}, {"role": "target"}):
        assert audited([row("all", HANOI, 9, **other), *parts], SUM, rules=["parts"]) == ()
    assert audited([row("all", HUE, 9), *parts], SUM, rules=["parts"]) == ()


def test_rounded_shares_may_miss_their_total_by_what_rounding_can_do():
    known = [indicator(name, kind="score") for name in ("all", "some", "more")]
    rows = [row("some", HUE, 33.3), row("more", HUE, 66.6)]
    assert audited([row("all", HUE, 100.0), *rows], SUM, known=known, rules=["parts"]) == ()
    rows = [row("some", HUE, 33.31), row("more", HUE, 66.61)]
    found = audited([row("all", HUE, 99.11), *rows], SUM, known=known, rules=["parts"])
    assert [f.severity for f in found] == ["contradiction"]


def test_one_source_is_held_against_itself_before_others_are_asked():
    rows = [row(i, HUE, v) for i, v in (("all", 10), ("some", 4), ("more", 6))]
    other = [row(i, HUE, 100, origin="press") for i in ("some",)]
    assert audited(rows + other, SUM, rules=["parts"]) == ()
    apart = [rows[0], row("some", HUE, 4, origin="press"), row("more", HUE, 7, origin="press")]
    assert told(audited(apart, SUM, rules=["parts"])) == [
        ("parts.sum", "contradiction", "all", HUE)
    ]


@pytest.mark.parametrize(
    ("value", "parts", "severity"),
    [
        (92.0, (890731, 969342), None),
        (91.9, (890731, 969342), None),
        (91.7, (890731, 969342), "contradiction"),
        (33.7, (1400000, 4200000), "check"),
        (84.0, (2400, 2800), "check"),
        (12.0, (2400, 2800), "contradiction"),
        (100.0, (1733, 1733), None),
        (0.0, (0, 5), None),
    ],
)
def test_a_rate_has_to_follow_from_its_parts_within_its_printed_digits(value, parts, severity):
    over, under = parts
    rows = [row("rate", HANOI, value, numerator=over, denominator=under)]
    found = audited(rows, rules=["ratios"])
    assert [f.severity for f in found] == ([severity] if severity else [])


def test_a_bound_contradicts_only_what_lies_outside_it():
    parts = {"numerator": 30, "denominator": 100, "qualifier": "over"}
    assert audited([row("rate", HANOI, 29, **parts)], rules=["ratios"]) == ()
    assert len(audited([row("rate", HANOI, 31, **parts)], rules=["ratios"])) == 1
    about = {**parts, "qualifier": "about"}
    assert audited([row("rate", HANOI, 50, **about)], rules=["ratios"]) == ()


def test_n_of_n_cannot_be_more_than_all():
    rows = [row("some", VN, 64, numerator=64, denominator=63)]
    assert told(audited(rows, rules=["ratios"])) == [("ratios.over", "contradiction", "some", VN)]


def test_a_denominator_has_to_be_the_figure_that_it_is_declared_to_be():
    relation = {"kind": "ratio", "rate": "rate", "denominator": ["all"]}
    rate = row("rate", HUE, 50, numerator=236955.5, denominator=473911)
    found = audited([rate, row("all", HUE, 473913)], relation, rules=["ratios"])
    assert told(found) == [("ratios.denominator", "contradiction", "rate", HUE)]
    assert audited([rate, row("all", HUE, 473911)], relation, rules=["ratios"]) == ()
    both = relation | {"rate": "plain-rate", "numerator": ["some"]}
    rows = [row("plain-rate", HUE, 40.0), row("some", HUE, 1), row("all", HUE, 3)]
    found = audited(rows, both, rules=["ratios"])
    assert found[0].variant == "ratios.figures"
    assert found[0].told["computed"] == pytest.approx(100 / 3)


def listing(names, *areas_named):
    relation = {"kind": "listed", "count": "all", "status": "named", "category": "done"}
    rows = [row("named", code, category="done") for code in areas_named]
    return relation | {"names": names}, rows


def test_a_count_is_held_against_the_names_of_its_list():
    relation, named = listing("all", HANOI, HUE)
    found = audited([row("all", VN, 3), *named], relation, rules=["lists"])
    assert told(found) == [("lists.count", "contradiction", "all", VN)]
    assert (found[0].told["named"], found[0].places) == (2, (("2024", HANOI), ("2024", HUE)))
    assert audited([row("all", VN, 2), *named], relation, rules=["lists"]) == ()


def test_a_list_that_names_only_some_may_be_shorter_but_not_longer():
    relation, named = listing("some", HANOI, HUE)
    assert audited([row("all", VN, 3), *named], relation, rules=["lists"]) == ()
    assert len(audited([row("all", VN, 1), *named], relation, rules=["lists"])) == 1


def test_provinces_have_to_add_up_to_the_country_within_rounding():
    codes = [area.code for area in areas(EDITION_2025, Level.PROVINCE)]
    rows = [row("tons", code, 1.1, edition=EDITION_2025) for code in codes]
    total = 1.1 * len(codes)
    assert audited([row("tons", VN, total + 1.6), *rows], rules=["areas"]) == ()
    found = audited([row("tons", VN, total + 2), *rows], rules=["areas"])
    assert told(found) == [("areas.sum", "contradiction", "tons", VN)]
    # Without one of them nothing can be said, but that the rest is too much already.
    assert audited([row("tons", VN, total), *rows[1:]], rules=["areas"]) == ()
    found = audited([row("tons", VN, 5), *rows[1:]], rules=["areas"])
    assert told(found) == [("areas.some", "contradiction", "tons", VN)]


def test_the_rate_of_a_whole_lies_between_those_of_its_parts():
    districts = [a.code for a in areas(EDITION_2024, Level.DISTRICT, QUANG_BINH)]
    rows = [row("rate", code, 20 + at) for at, code in enumerate(districts)]
    assert audited([row("rate", QUANG_BINH, 24), *rows], rules=["areas"]) == ()
    found = audited([row("rate", QUANG_BINH, 60), *rows], rules=["areas"])
    assert told(found) == [("areas.range", "contradiction", "rate", QUANG_BINH)]
    assert audited([row("rate", QUANG_BINH, 60), *rows[1:]], rules=["areas"]) == ()


def test_sources_that_differ_are_found_unless_rounding_explains_it():
    both = [row("all", VN, 2148), row("all", VN, 2418, origin="press")]
    assert told(audited(both, rules=["sources"])) == [
        ("sources.number", "contradiction", "all", VN)
    ]
    same = [row("all", VN, 12812345), row("all", VN, 12800000, origin="press")]
    assert [f.severity for f in audited(same, rules=["sources"])] == ["check"]
    over = [row("all", VN, 12812345), row("all", VN, 12e6, origin="press", qualifier="over")]
    assert audited(over, rules=["sources"]) == ()
    once = [row("all", VN, 7), row("all", VN, 7, locator="tr. 9")]
    assert audited(once, rules=["sources"]) == ()
    twice = [row("all", VN, 7), row("all", VN, 8, locator="tr. 9")]
    assert audited(twice, rules=["sources"])[0].variant == "sources.number_one"


def test_a_place_cannot_be_in_two_states_at_once():
    rows = [row("named", HUE, category=c, origin=o) for c, o in (("done", "press"), ("begun", ""))]
    found = audited(rows, rules=["statuses"])
    assert found[0].told["said"] == ("begun", "done")
    days = [row("since", HUE, category=c) for c in ("2024-01-01", "2024-02-01")]
    assert audited(days, rules=["sources"])[0].variant == "sources.date_one"


def test_a_status_that_means_all_is_held_against_the_rate():
    relation = {"kind": "full", "status": "named", "category": "done", "rate": "rate"}
    for category, value, variant in (
        ("begun", 100, "statuses.full"),
        ("done", 80, "statuses.not_full"),
    ):
        rows = [row("named", HUE, category=category), row("rate", HUE, value)]
        assert [f.variant for f in audited(rows, relation, rules=["statuses"])] == [variant]
    rows = [row("named", HUE, category="done"), row("rate", HUE, 100)]
    assert audited(rows, relation, rules=["statuses"]) == ()


def test_some_do_not_and_all_do_cannot_both_be():
    relation = {"kind": "not_all", "status": "named", "category": "begun", "count": "all"}
    said = row("named", VN, category="begun")
    (found,) = audited([said, row("all", VN, 63)], relation, rules=["statuses"])
    assert (found.variant, found.told["of"]) == ("statuses.not_all", 63)
    assert audited([said, row("all", VN, 62)], relation, rules=["statuses"]) == ()
    assert audited([said, row("all", VN, 63, day="2020-01-01")], relation, rules=["statuses"]) == ()


def test_the_first_is_not_the_first_where_another_had_it_before():
    relation = {"kind": "first", "claim": "first", "evidence": ["named"]}
    claim = [row("first", HANOI, category="done"), row("named", HANOI, category="done")]
    later = row("named", HUE, category="done", day="2025-01-31")
    assert audited([*claim, later], relation, rules=["statuses"]) == ()
    before = row("named", HUE, category="done", day="2022-01-31")
    (found,) = audited([*claim, before], relation, rules=["statuses"])
    assert (found.told["other"], found.severity) == (HUE, Severity.CHECK)
    planned = row("named", HUE, category="done", day="2022-01-31", role="target")
    assert audited([*claim, planned], relation, rules=["statuses"]) == ()


def ranked(ranks):
    codes = [area.code for area in areas(EDITION_2025, Level.PROVINCE)]
    pairs = zip(codes, ranks, strict=False)
    return [row("place", code, rank, edition=EDITION_2025) for code, rank in pairs]


def test_a_complete_ranking_numbers_its_ties_somehow():
    plain = list(range(1, 35))
    for ranks in (plain, [1, 1, *plain[2:]], [1, 1, *plain[1:-1]], [2, 2, *plain[2:]]):
        assert audited(ranked(ranks), rules=["ranks"]) == ()
    assert audited(ranked([1, 2, 2, 3, *plain[4:]]), rules=["ranks"])[0].variant == "ranks.gaps"
    assert audited(ranked([35]), rules=["ranks"])[0].variant == "ranks.beyond"
    assert audited(ranked([33, 34]), rules=["ranks"]) == ()


def test_ranks_have_to_follow_what_they_rank():
    relation = {"kind": "ranking", "rank": "place", "of": "rate"}
    rows = [row("place", HANOI, 1), row("place", HUE, 2), row("rate", HUE, 50.0)]
    assert audited([*rows, row("rate", HANOI, 60.0)], relation, rules=["ranks"]) == ()
    (found,) = audited([*rows, row("rate", HANOI, 40.0)], relation, rules=["ranks"])
    assert (found.variant, found.area, found.told["other"]) == ("ranks.order", HANOI, HUE)
    catalog = Catalog({i["id"]: Indicator.model_validate(i) for i in KNOWN}, {}, {}, ())
    assert "Đứng thứ 1 với 40%" in say(found, catalog, "vi")
    assert "but Hue" in say(found, catalog, "en")


def test_a_deadline_that_no_figure_reaches_is_found_and_many_alike_are_one():
    aim = {"role": "target", "day": "2024-06-30"}
    now = row("all", VN, 1, day="2026-01-01")
    rows = [row("named", code, category="done", **aim) for code in (HANOI, HUE)]
    (found,) = audited([now, *rows], rules=["deadlines"])
    assert (found.variant, found.n, found.severity) == ("deadlines.none_many", 2, Severity.GAP)
    before = row("named", HUE, category="begun", day="2024-05-01")
    old, none = sorted(audited([now, *rows, before], rules=["deadlines"]), key=lambda f: f.area)[
        ::-1
    ]
    assert {old.variant, none.variant} == {"deadlines.old", "deadlines.none"}
    after = [row("named", code, category="begun", day="2024-07-01") for code in (HANOI, HUE)]
    assert audited([now, *rows, *after], rules=["deadlines"]) == ()
    assert audited([*rows, row("all", VN, 1, day="2024-01-01")], rules=["deadlines"]) == ()
    unsaid = [r | {"stated": False} for r in rows]
    assert audited([now, *unsaid], rules=["deadlines"]) == ()


def test_periods_of_findings_are_as_known_as_their_sources_have_them():
    catalog = Catalog({i["id"]: Indicator.model_validate(i) for i in KNOWN}, {}, {}, ())
    now, tet = row("all", VN, 1, day="2026-01-01"), "từ nay đến Tết Nguyên đán Giáp Thìn 2024"
    aim = {"role": "target", "day": "2024-02-10", "grain": "before", "period_text": tet}
    (found,) = audited([now, row("named", HUE, category="done", **aim)], rules=["deadlines"])
    assert when(found, "vi") == tet.removeprefix("từ nay ")
    assert f"là {when(found, 'vi')}" in say(found, catalog, "vi")
    late = {"day": "2024-12-31", "grain": "unknown", "period_text": "cuối năm 2024"}
    rows = [row("rate", code, 50, **late) for code in (HANOI, HUE)]
    (silent,) = audited(rows, rules=["silent"])
    assert (when(silent, "vi"), when(silent, "en")) == ("cuối năm 2024", "late 2024")


def test_one_place_of_many_is_said_in_the_singular():
    domains = {"identity": Domain(id="identity", title=text("Định danh"), order=1)}
    catalog = Catalog({i["id"]: Indicator.model_validate(i) for i in KNOWN}, {}, domains, ())
    codes = [area.code for area in areas(EDITION_2025, Level.PROVINCE)]
    rows = [row("rate", code, 50, edition=EDITION_2025) for code in codes]
    heads = {
        n: say(found, catalog, "en")
        for n in (1, 2)
        for found in audited(rows[n:], rules=["silent"])
        if found.variant == "silent.domain"
    }
    assert heads[1].startswith("1 of 34 provinces has no figure")
    assert heads[2].startswith("2 of 34 provinces have no figure")


def test_areas_are_silent_only_where_most_others_report():
    codes = [area.code for area in areas(EDITION_2025, Level.PROVINCE)]
    rows = [row("rate", code, 50, edition=EDITION_2025) for code in codes]
    never = [f for f in audited(rows[2:], rules=["silent"]) if f.variant == "silent.never"]
    assert [f.places for f in never] == [(("2025", codes[0]), ("2025", codes[1]))]
    few = audited(rows[:4], rules=["silent"])
    assert [f.variant for f in few] == ["silent.domain"]
    newer = [row("rate", c, 60, edition=EDITION_2025, day="2025-12-31") for c in codes[3:]]
    (stopped,) = audited(rows + newer, rules=["silent"])
    assert (stopped.variant, len(stopped.places)) == ("silent.stopped", 3)
    spoken = row("rate", codes[0], edition=EDITION_2025, state="not_applicable")
    assert len(audited([spoken, *rows[2:]], rules=["silent"])[0].places) == 1


def test_nothing_is_found_in_nothing():
    nothing = [row("rate", HANOI, 1)][:0]
    frame = pd.DataFrame(nothing, columns=[*COLUMNS, "stated"])
    catalog = SimpleNamespace(indicators={}, relations=())
    assert audit_sheet(make_sheet(frame, catalog)) == ()
