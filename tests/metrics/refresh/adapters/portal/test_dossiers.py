"""The dossiers of the provinces on 10 October 2026, as the portal published them."""

import csv

import pytest

from base.folders import DATA
from metrics.refresh.adapters.portal.departments import provinces
from metrics.refresh.adapters.portal.groups import RATES
from tests.metrics.refresh.adapters.portal.made import of_provinces
from tests.metrics.refresh.adapters.portal.snapshots import of_all


def shipped():
    """Give value, numerator and denominator by area and indicator."""
    with (DATA / "observations" / "dvcqg_2026.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["area"], row["indicator"]): tuple(
                float(row[key]) if row[key] else None
                for key in ("value", "numerator", "denominator")
            )
            for row in csv.DictReader(file)
        }


def filled(figures):
    """Put published figures into replies in the portal's shape, and into a snapshot."""
    replies, snapshot = of_provinces(), of_all(detailed=True)
    rows = zip(
        provinces().values(),
        replies["dvc-progress-tree"]["data"]["children"],
        replies["formality-online-payment-tree"]["data"]["children"],
        replies["dossier-digitized"]["data"]["evaluation"],
        snapshot["provinces"],
        strict=True,
    )
    for area, progress, payment, digitised, one in rows:
        of = {name: figures[area.code, name] for code, name in figures if code == area.code}
        received, (ratio, on_time, _) = of["dvcqg-dossiers-received"][0], of["dvcqg-ontime-rate"]
        days = of["dvcqg-processing-days"][0]
        gone = {"totalReceived": int(received), "totalOnTime": int(on_time), "ratio": ratio}
        gone |= {"avgProcessingDays": days}
        _, paid, due = of["dvcqg-online-payment-rate"]
        money = {"totalDossierOnlinePaymentSuccess": int(paid)}
        money |= {"totalDossierFinancialObligation": int(due)}
        detail = one["componentIndicators"]
        for row in (progress, detail["TDGQ_TienDoGiaiQuyet"]):
            row.update(gone)
        for row in (payment, detail["TTTT_ThanhToanTrucTuyen"]):
            row.update(money)
        for metric in (*digitised["metrics"], *detail["MDSH_SoHoaHoSo"]["metrics"]):
            if metric["code"] in RATES:
                share, part, whole = of[RATES[metric["code"]]]
                metric.update(numerator=int(part), denominator=int(whole), ratio=share)
    return replies, snapshot


@pytest.mark.parametrize("form", ["replies", "snapshot"])
def test_they_come_back_as_they_are_shipped(gather, gather_files, form):
    figures = shipped()
    replies, snapshot = filled(figures)
    if form == "replies":
        frame = gather({"provinces": replies}, figures=["indicators"]).frame
    else:
        frame = gather_files({"details_Provinces.json": snapshot}, figures=["indicators"]).frame
    names = {name for _, name in figures}
    rows = frame[frame["indicator"].isin(names)].astype(object)
    rows = rows.where(rows.notna(), None)
    columns = ["area", "indicator", "value", "numerator", "denominator"]
    found = {(area, name): tuple(rest) for area, name, *rest in rows[columns].to_numpy()}
    assert found.keys() == figures.keys()
    # The source's count has no parts; the rate that it does not print is computed of two figures.
    assert {key: one for key, one in found.items() if one != figures[key]} == {}
