"""Each step of the build of boundaries by itself, mostly on the made-up country."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data.build.boundaries import islands, named, outline, quality, recipe, sources, tidy, vector
from data.build.boundaries.claims import claims, shares
from data.build.boundaries.paint import OUTSIDE, Painter
from data.build.boundaries.records import Extent, Grid, grown
from data.build.boundaries.sources import read_box
from tests.data.made_up_country import GRID, OVERLAP, SIDE, SOUTH, WEST, land, ocean, square, units


def with_ward(country, code, **changed):
    ward = replace(country.wards[code], **changed)
    return replace(country, wards=country.wards | {code: ward})


class TestBoxes:
    def test_a_box_is_read_as_south_west_and_north_east(self):
        assert read_box("20.5,105.25 – 21.0,106.0") == (105.25, 20.5, 106.0, 21.0)

    @pytest.mark.parametrize(
        "text", ["", "1,2", "3,2 – 1,4", "a,b – c,d", "nan,1 – 2,3", "1,2,3,4"]
    )
    def test_what_is_no_box_is_refused(self, text):
        with pytest.raises(ValueError, match=r"box|unpack|convert"):
            read_box(text)

    def test_a_window_holds_the_cells_whose_centre_lies_in_the_box(self):
        grid = Grid.over((0.0, 0.0, 1.0, 1.0), 0.1)
        rows, columns = grid.window((0.24, 0.0, 0.56, 0.26))
        assert np.allclose(grid.longitudes(columns), [0.25, 0.35, 0.45, 0.55])
        assert np.allclose(grid.latitudes(rows), [0.25, 0.15, 0.05])

    def test_a_window_beyond_the_grid_is_empty_or_cut(self):
        grid = Grid.over((0.0, 0.0, 1.0, 1.0), 0.1)
        rows, columns = grid.window((2.0, 2.0, 3.0, 3.0))
        assert rows.start == rows.stop or columns.start == columns.stop
        assert grid.window((-5.0, -5.0, 5.0, 5.0)) == (slice(0, 10), slice(0, 10))


class TestQuality:
    def extent(self, country, code):
        return quality.checked(country).wards[code].extent

    def test_nothing_is_wrong_with_the_country_as_it_is(self):
        checked = quality.checked(units())
        assert {ward.extent for ward in checked.wards.values()} == {Extent.BOX}
        assert checked.districts == units().districts

    def test_a_copy_of_the_box_of_the_district_or_province_is_set_aside(self):
        country = units()
        for box in (country.districts["D00"].box, country.provinces["P0"]):
            assert self.extent(with_ward(country, "00", box=box), "00") is Extent.NONE

    def test_nearly_the_box_of_a_district_is_not_that_of_a_small_ward(self):
        country = units()
        district = country.districts["D00"].box
        country = with_ward(country, "00", box=grown(district, -0.015))
        assert self.extent(country, "00") is Extent.BOX
        small = replace(country.communes["C00"], area_km2=20.0)
        country = replace(country, communes=country.communes | {"C00": small})
        assert self.extent(country, "00") is Extent.NONE

    def test_a_district_that_is_its_own_only_ward_keeps_its_box(self):
        country = units()
        assert country.wards["Disle"].box == country.districts["Disle"].box
        assert self.extent(country, "Disle") is Extent.BOX

    def test_a_tiny_box_is_only_a_point(self):
        tiny = (106.05, 16.05, 106.051, 16.051)
        assert self.extent(with_ward(units(), "00", box=tiny), "00") is Extent.POINT

    def test_a_ward_outside_its_district_is_set_aside(self):
        away = square(0, 3)
        assert self.extent(with_ward(units(), "00", box=away), "00") is Extent.NONE

    def test_it_stays_where_its_commune_says_the_same(self):
        country = with_ward(units(), "00", box=square(0, 3))
        commune = replace(country.communes["C00"], lon=106.35, lat=16.05)
        country = replace(country, communes=country.communes | {"C00": commune})
        assert self.extent(country, "00") is Extent.BOX

    def test_a_box_that_two_districts_have_is_set_aside_in_both(self):
        border = grown(square(1, 1), 0.005)
        country = with_ward(with_ward(units(), "11", box=border), "12", box=border)
        wards = quality.repeated(country.wards)
        assert wards["11"].extent is wards["12"].extent is Extent.NONE

    def test_a_district_box_that_leaves_out_its_wards_is_replaced_by_theirs(self):
        country = units()
        small = replace(country.districts["D00"], box=(106.0, 16.0, 106.06, 16.06))
        country = replace(country, districts=country.districts | {"D00": small})
        box = quality.checked(country).districts["D00"].box
        assert box == pytest.approx(grown((WEST, SOUTH, WEST + 0.2, SOUTH + 0.2), OVERLAP))

    def test_a_commune_known_to_have_a_neighbour_s_point_has_a_published_one(self):
        country = units()
        code, point = next(iter(quality.PUBLISHED.items()))
        wrong = replace(country.communes["C00"], code=code)
        country = replace(country, communes=country.communes | {code: wrong})
        moved = quality.published(country).communes
        assert moved[code].point == point
        assert moved["C00"] == country.communes["C00"]

    def test_two_communes_trade_points_where_what_is_known_of_wards_says_so(self):
        country = units()
        own, other = country.communes["C00"], country.communes["C11"]
        one = replace(other, code="X1", lon=own.lon + 0.1)
        two = replace(own, code="X2")
        kept = next(ward for ward in country.wards.values() if ward.communes == ("C00",))
        known = replace(kept, code="W2", communes=("X2",), extent=Extent.POINT)
        near = (one.lon - 0.01, one.lat, one.lon + 0.01, one.lat + 0.01)
        unknown = replace(kept, code="W1", communes=("X1",), extent=Extent.NONE)
        communes = {"X1": one, "X2": two}
        wards = {"W1": unknown, "W2": replace(known, box=near)}
        found = quality.exchanged(communes, wards)
        assert found == {
            "X1": replace(one, lon=two.lon, lat=two.lat),
            "X2": replace(two, lon=one.lon, lat=one.lat),
        }
        own_place = (two.lon - 0.01, two.lat, two.lon + 0.01, two.lat + 0.01)
        wards["W2"] = replace(known, box=own_place)
        assert quality.exchanged(communes, wards) == communes
        wards = {"W1": replace(unknown, extent=Extent.POINT), "W2": replace(known, box=near)}
        assert quality.exchanged(communes, wards) == communes

    def test_the_point_of_a_commune_far_from_its_wards_is_replaced(self):
        country = units()
        astray = replace(country.communes["C00"], lon=108.0)
        country = replace(country, communes=country.communes | {"C00": astray})
        assert quality.checked(country).communes["C00"].lon == pytest.approx(106.1)

    def test_an_area_is_at_most_what_its_wards_fill_of_their_boxes(self):
        country = units()
        large = replace(country.communes["C00"], area_km2=9_999.0, sure=False)
        country = replace(country, communes=country.communes | {"C00": large})
        assert quality.checked(country).communes["C00"].area_km2 < 250

    def test_boxes_of_villages_are_points_where_an_area_is_many_times_theirs(self):
        country = units()
        for at, (x, y) in {"00": (0, 0), "01": (0, 1), "10": (1, 0), "11": (1, 1)}.items():
            west, south, *_ = square(x, y)
            country = with_ward(country, at, box=(west, south, west + 0.005, south + 0.005))
        unsure = replace(country.communes["C00"], sure=False)
        country = replace(country, communes=country.communes | {"C00": unsure})
        assert self.extent(country, "00") is Extent.POINT
        assert quality.checked(country).communes["C00"].area_km2 == unsure.area_km2

    def test_a_commune_without_a_box_keeps_its_own_point(self):
        country = units()
        for ward in country.wards.values():
            if "C00" in ward.communes:
                box = country.districts[ward.district].box
                country = with_ward(country, ward.code, box=box)
        astray = replace(country.communes["C00"], lon=106.5)
        country = replace(country, communes=country.communes | {"C00": astray})
        assert quality.checked(country).communes["C00"].lon == 106.5

    def test_an_overstated_area_gives_way_to_what_the_wards_with_a_box_hold(self):
        country = units()
        unknown = country.districts[country.wards["00"].district].box
        country = with_ward(country, "00", box=unknown)
        for sure, least, most in ((False, 0.0, 300.0), (True, 9_999.0, 9_999.0)):
            commune = replace(country.communes["C00"], area_km2=9_999.0, sure=sure)
            given_it = replace(country, communes=country.communes | {"C00": commune})
            assert least <= quality.checked(given_it).communes["C00"].area_km2 <= most

    def test_the_box_of_a_village_is_only_a_point_of_a_commune_that_is_larger(self):
        country = units()
        village = (106.05, 16.05, 106.06, 16.06)
        country = with_ward(with_ward(country, "00", box=village), "01", box=square(0, 1))
        assert self.extent(country, "00") is Extent.POINT
        assert self.extent(country, "01") is Extent.BOX
        assert quality.checked(country).communes["C00"].area_km2 == country.communes["C00"].area_km2


class TestHome:
    """A commune crowded out of its own place gets a disc there."""

    def home(self, area_km2):
        country = units()
        atoms = sorted({(w.district, c) for w in country.wards.values() for c in w.communes})
        mine = next(i for i, atom in enumerate(atoms) if atom[1] == "C00")
        other = next(i for i, a in enumerate(atoms) if a[0] == atoms[mine][0] and i != mine)
        commune = replace(country.communes["C00"], area_km2=area_km2)
        country = replace(country, communes=country.communes | {"C00": commune})
        painting = np.full(GRID.shape, other, np.int32)
        found = recipe.at_home(painting, atoms, country, GRID)
        return country, atoms, found

    @pytest.mark.parametrize("area_km2", [50.0, 20_000.0])
    def test_it_holds_its_own_point_and_no_other_s(self, area_km2):
        country, atoms, found = self.home(area_km2)
        for code, commune in country.communes.items():
            rows, columns = GRID.window(grown((*commune.point, *commune.point), GRID.step))
            held = {atoms[i][1] for i in np.unique(found[rows, columns]).tolist()}
            assert ("C00" in held) == (code == "C00")


class TestOutline:
    def test_the_coast_is_the_mask_s_and_the_border_the_polygons(self):
        dry = outline.outline(land(), ocean(), GRID)
        columns = np.nonzero(dry)[1]
        assert GRID.longitudes()[columns].min() == pytest.approx(WEST, abs=GRID.step)
        assert GRID.longitudes()[columns].max() == pytest.approx(WEST + 0.405, abs=2 * GRID.step)

    def test_leaving_land_costs_more_inland_and_nothing_out_at_sea(self):
        dry = outline.outline(land(), ocean(), GRID)
        cost = outline.outside_cost(dry, GRID, [])
        row = cost[GRID.rows // 2]
        inland, sea = GRID.window((106.2, 16.2, 106.21, 16.21))[1].start, -1
        assert np.isposinf(row[inland])
        assert np.isneginf(row[sea])

    def test_land_of_unsure_districts_is_never_left(self):
        dry = outline.outline(land(), ocean(), GRID)
        box = units().districts["D01"].box
        cost = outline.outside_cost(dry, GRID, [box])
        window = GRID.window(box)
        assert np.isposinf(cost[window][dry[window]]).all()


class TestIslands:
    def test_a_ward_at_sea_is_an_ellipse_of_its_area_in_its_box(self):
        country = quality.checked(units())
        dry = outline.outline(land(), ocean(), GRID)
        (island,) = islands.missing_islands(country, dry, GRID, ocean())
        assert (island.ward, island.district, island.commune) == ("Disle", "Disle", "Cisle")
        box = shapely.box(*country.wards["Disle"].box)
        assert box.contains(island.shape)
        assert "Disle" not in islands.without(country, [island]).wards

    def test_an_island_leans_to_the_point_of_its_ward(self):
        country = quality.checked(units())
        dry = outline.outline(land(), ocean(), GRID)
        west, south, east, north = country.wards["Disle"].box
        for lon, lat in ((west, south), (east, north)):
            leaning = with_ward(country, "Disle", lon=lon, lat=lat)
            (island,) = islands.missing_islands(leaning, dry, GRID, ocean())
            middle = island.shape.centroid
            assert (middle.x > (west + east) / 2) == (lon == east)
            assert (middle.y > (south + north) / 2) == (lat == north)
            assert shapely.box(west, south, east, north).buffer(1e-3).contains(island.shape)

    def test_islands_with_a_box_elsewhere_are_put_at_their_place(self):
        country = units()
        ward = replace(country.wards["00"], code="30781", communes=("30781",))
        commune = replace(country.communes["C00"], code="30781")
        country = replace(
            country,
            wards=country.wards | {"30781": ward},
            communes=country.communes | {"30781": commune},
        )
        country = islands.placed(country)
        assert country.communes["30781"].point == islands.PLACED["30781"][0]
        assert country.wards["30781"].extent is Extent.BOX
        assert islands.known_islands(country) == []
        known = replace(country, wards=country.wards | {"32248": ward})
        (island,) = islands.known_islands(known)
        assert (island.district, island.commune) == ("973", "32248")

    def test_a_box_by_hand_around_several_islets_has_each_that_the_mask_knows(self, monkeypatch):
        country = quality.checked(units())
        dry = outline.outline(land(), ocean(), GRID)
        west, south, east, north = country.wards["Disle"].box
        places = [(west + 0.01, south + 0.01), (east - 0.01, north - 0.01)]
        monkeypatch.setitem(islands.PLACED, "Disle", (places[0], 0.1))
        monkeypatch.setattr(sources.Ocean, "land", lambda *_: places)
        (island,) = islands.missing_islands(country, dry, GRID, ocean())
        parts = shapely.get_parts(island.shape)
        assert len(parts) == 2
        assert all(p.contains(shapely.Point(at)) for p, at in zip(parts, places, strict=True))
        assert parts[0].area == pytest.approx(parts[1].area, rel=1e-3)

    def test_the_mask_gives_its_points_of_land_in_a_box(self):
        mask = np.array([[True, False], [True, True], [False, True]])
        wet = sources.Ocean(mask, west=104.0, north=10.0, step=0.5)
        assert wet.land((103.9, 8.0, 104.6, 10.1)) == [(104.5, 10.0), (104.0, 9.0)]
        assert wet.land((103.9, 8.0, 104.4, 8.9)) == []

    def test_places_put_in_by_hand_are_no_finer_than_where_they_come_from(self):
        points = [point for point, _ in islands.PLACED.values()]
        points += [point for *_, point, _ in islands.KNOWN]
        points += quality.PUBLISHED.values()
        assert all(round(x, 2) == x for point in points for x in point)

    def test_an_island_far_from_the_point_of_its_commune_is_an_ellipse_too(self):
        country = quality.checked(units())
        dry = outline.outline(land(), ocean(), GRID)
        box = country.wards["Disle"].box
        dry[GRID.window(grown(box, -GRID.step))] = True
        assert islands.missing_islands(country, dry, GRID, ocean()) == []
        commune = replace(country.communes["Cisle"], lon=country.communes["Cisle"].lon - 0.4)
        country = replace(country, communes=country.communes | {"Cisle": commune})
        (island,) = islands.missing_islands(country, dry, GRID, ocean())
        assert shapely.box(*box).contains(island.shape)

    def test_an_island_known_by_name_is_the_land_of_the_mask_where_nothing_is_drawn(
        self, monkeypatch, tmp_path
    ):
        (tmp_path / "islands.csv").write_text(
            "name,lon,lat,radius_km,commune_2025,district_2024\n"
            "Hòn A,106.8,16.3,3,C00,D00\n"  # the mask has two cells, and one beyond its sea
            "Hòn B,106.81,16.3,3,C01,D00\n"  # the same once more
            "Hòn C,106.2,16.2,3,C00,D00\n"  # amid what is drawn
            "Hòn D,106.85,16.5,3,C00,D00\n"  # the mask has no land
            "Hòn E,106.8,16.3,3,X,X\n",  # no unit
            encoding="utf-8",
        )
        monkeypatch.setattr(named, "EDITIONS_DIR", tmp_path)
        mask = np.ones((200, 200), bool)
        mask[70, [179, 180, 189]] = False  # 16.3 N; 106.79, 106.80 and 106.89 E
        mask[80, 120] = False
        wet = sources.Ocean(mask, 105.0, 17.0, 0.01)
        (island,) = named.named_islands([shapely.box(106, 16, 106.4, 16.4)], wet, units())
        assert (island.ward, island.district, island.commune) == ("", "D00", "C00")
        (part,) = shapely.get_parts(island.shape)
        cells = shapely.box(106.785, 16.295, 106.805, 16.305)
        assert cells.buffer(1e-6).contains(part)
        assert part.area > 0.8 * cells.area

    def test_the_archipelagos_are_always_there(self):
        found = islands.archipelagos(land().islets)
        assert [island.district for island in found] == ["498", "576"]
        assert not any(island.shape.is_empty for island in found)


class TestPaint:
    def painting(self, country):
        dry = outline.outline(land(), ocean(), GRID)
        found = [*claims(country, GRID)]
        painter = Painter(GRID, dry, outline.outside_cost(dry, GRID, []), found)
        return found, painter.paint(country.communes, country.wards)

    def test_wards_get_back_the_land_that_they_had(self):
        country = quality.checked(units())
        found, labels = self.painting(country)
        for row in range(4):
            for column in range(4):
                true = np.zeros(GRID.shape, bool)
                true[GRID.window(square(row, column))] = True
                mine = [i for i, claim in enumerate(found) if claim.ward == f"{row}{column}"]
                painted = np.isin(labels, mine)
                assert (painted & true).sum() / (painted | true).sum() > 0.85

    def test_a_tilt_takes_the_claim_s_cost_down_everywhere(self):
        country = quality.checked(units())
        found, _ = self.painting(country)
        dry = outline.outline(land(), ocean(), GRID)
        painter = Painter(GRID, dry, outline.outside_cost(dry, GRID, []), found)
        level = painter.level()
        raised = level.area.copy()
        raised[painter.communes.index("C10")] = 0.3
        mine = painter.commune_of == painter.communes.index("C10")
        more = np.isin(painter.once(replace(level, area=raised)), np.flatnonzero(mine))
        less = np.isin(painter.once(level), np.flatnonzero(mine))
        assert (less & ~more).sum() == 0
        assert more.sum() > less.sum()

    def test_a_side_that_is_not_reached_is_tilted(self):
        country = quality.checked(units())
        found, labels = self.painting(country)
        dry = outline.outline(land(), ocean(), GRID)
        painter = Painter(GRID, dry, outline.outside_cost(dry, GRID, []), found)
        boxes = np.array([country.wards[code].box for code in painter.wards])
        targets = painter.targets(country.communes)
        labels = painter.once(painter.level())
        number = painter.wards.index("11")
        labels[np.isin(labels, np.flatnonzero(painter.ward_of == number))] = OUTSIDE
        middle = GRID.window(grown(square(1, 1), -0.03))
        labels[middle] = int(np.flatnonzero(painter.ward_of == number)[0])
        sides = painter.tilted(painter.level(), labels, targets, boxes).sides[number]
        assert (sides > 0.05).all()

    def test_shares_of_a_commune_add_up(self):
        parts = shares(quality.checked(units()))
        assert parts["C3m", "D10"] == pytest.approx(0.5)
        assert parts["C00", "D00"] == pytest.approx(1.0)


class TestTidy:
    def test_a_fringe_is_smoothed_and_water_stays_water(self):
        labels = np.zeros((40, 40), np.int32)
        labels[:, 20:] = 1
        labels[::4, 20] = 0
        labels[:, :5] = OUTSIDE
        found = tidy.smoothed(labels)
        assert (found == OUTSIDE).sum() == (labels == OUTSIDE).sum()
        assert len({tuple(row) for row in found[10:30]}) == 1

    def test_bits_that_touch_others_are_given_up_and_islands_are_kept(self):
        labels = np.full((30, 30), OUTSIDE, np.int32)
        labels[:, :20] = 0
        labels[5:10, 5:10] = 1
        labels[20:22, 5:7] = 1
        labels[20:22, 25:27] = 1
        found = tidy.joined(labels)
        assert (found[20:22, 5:7] == 0).all()
        assert (found[20:22, 25:27] == 1).all()
        assert (found[5:10, 5:10] == 1).all()

    def test_atoms_follow_the_borders_of_their_groups(self):
        atoms = np.repeat(np.array([[0, 0, 1, 1, 2, 2]], np.int32), 4, axis=0)
        groups = np.repeat(np.array([[0, 0, 0, 1, 1, 1]], np.int32), 4, axis=0)
        found = tidy.regrouped(atoms, groups, np.array([0, 0, 1]))
        assert found[0].tolist() == [0, 0, 1, 2, 2, 2]

    def test_undecided_land_goes_to_the_nearest_and_water_to_none(self):
        labels = np.array([[0, OUTSIDE, OUTSIDE, 1, OUTSIDE]], np.int32)
        dry = np.array([[True, True, True, True, False]])
        assert tidy.filled(labels, dry)[0].tolist() == [0, 0, 1, 1, OUTSIDE]

    def test_new_specks_are_removed_and_islets_of_the_outline_stay(self):
        dry = np.zeros((60, 60), bool)
        dry[:, :30] = True
        dry[10, 50] = True
        labels = np.where(dry, 0, OUTSIDE).astype(np.int32)
        labels[40:42, 50:52] = 0
        labels[20:22, 10:12] = OUTSIDE
        outside = np.where(dry, 1.0, -1.0).astype(np.float32)
        found = tidy.settled_land(labels, dry, outside)
        assert (found == dry).all()

    def test_islands_nobody_sees_are_left_out(self):
        labels = np.full((40, 40), OUTSIDE, np.int32)
        labels[:, :10] = 0
        labels[5:8, 20:23] = 1
        labels[20:30, 20:30] = 1
        found = tidy.without_crumbs(labels)
        assert (found[5:8, 20:23] == OUTSIDE).all()
        assert (found[20:30, 20:30] == 1).all()


class TestVector:
    @given(st.integers(0, 2**31))
    def test_any_painting_becomes_a_valid_coverage_of_its_labels(self, seed):
        random = np.random.default_rng(seed)
        labels = np.kron(random.integers(OUTSIDE, 4, (5, 5)), np.ones((6, 6))).astype(np.int32)
        grid = Grid.over((100.0, 10.0, 100.3, 10.3), 0.01)
        found = vector.polygons(labels, grid)
        assert set(found) == set(np.unique(labels).tolist()) - {OUTSIDE}
        shapes = np.array(list(found.values()), dtype=object)
        assert shapely.is_valid(shapes).all()
        assert shapely.coverage_is_valid(shapes)

    def test_the_same_painting_gives_the_same_bytes(self):
        labels = np.kron(np.arange(9).reshape(3, 3), np.ones((8, 8))).astype(np.int32)
        one, other = vector.polygons(labels, GRID), vector.polygons(labels, GRID)
        assert [shapely.to_wkb(s) for s in one.values()] == [
            shapely.to_wkb(s) for s in other.values()
        ]

    def test_ends_stay_and_corners_are_cut(self):
        found = vector.chaikin([(0, 0), (4, 0), (4, 4)])
        assert found.tolist() == [[0, 0], [3, 0], [4, 1], [4, 4]]

    def test_a_ring_loses_all_its_corners(self):
        found = vector.chaikin([(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)])
        assert len(found) == 9
        assert (found[0] == found[-1]).all()
        assert SIDE not in found
