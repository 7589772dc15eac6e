"""Files of daily snapshots, in the forms that they were seen in."""

from metrics.refresh import Ask
from tests.metrics.refresh.adapters.portal.made import (
    answer,
    commune_scores,
    digitised,
    ids,
    of_provinces,
    openness,
    payment,
    progress,
    satisfaction,
)

_SPELLED = {"CLGQ": "ONLINE"}


def groups(scores):
    """Write the scores as snapshots do: their own code for one group."""
    return {_SPELLED.get(code, code): s for code, s in scores.items() if code != "total"}


def metadata(at="2026-10-10T07:00:40Z", province=None, time="year", period=None):
    told = {"runDateStr": "10102026", "timeType": time, "year": 2026, "period": period}
    told |= {"periodLabel": "-", "extractedAt": at, "sourceUrl": "-"}
    if province:
        return told | {"provinceCode": province, "province": "-", "rootDepartmentId": ids(province)}
    return told | {"scope": "Provinces"}


def components(code, name, scores, received, petitions):
    def of(row, *keys):
        score = row.get("score", row.get("totalScore"))
        most = row.get("maxScore", row.get("totalMaxScore"))
        return {"score": score, "maxScore": most} | {key: row[key] for key in ("ratio", *keys)}

    paid = ("totalDossierOnlinePaymentSuccess", "totalDossierFinancialObligation")
    paid += ("totalDossierOnlineFormalityPaymentSuccess", "totalFeeFormality")
    gone = ("totalReceived", "totalOnTime", "totalOverdue", "avgProcessingDays")
    bare = {"totalScore": scores["CLGQ"], "totalMaxScore": 12, "ratio": None}
    return {
        "TDGQ_TienDoGiaiQuyet": of(progress(code, name, scores["TDGQ"], received, received), *gone),
        "CKMB_CongKhaiMinhBach": of(openness(code, name, scores["CKMB"]), "metrics"),
        "MDSH_SoHoaHoSo": of(digitised(code, name, scores["MDSH"], received), "metrics"),
        "ONLINE_DichVuTrucTuyen": of(bare),
        "TTTT_ThanhToanTrucTuyen": of(payment(code, name, scores["TTTT"], 3, 4), *paid),
        "MDHL_MucDoHaiLong": of(satisfaction(code, name, scores["MDHL"], petitions), "metrics"),
    }


def of_all(day="2026-10-10", at="2026-10-10T07:00:40Z", detailed=False):
    """Make the snapshot of the provinces on a day."""
    reply = of_provinces(day)["service-results"]["data"]
    rows = []
    for rank, row in enumerate(reply["evaluation"], start=1):
        scores, code = row["groupScores"], row["departmentCode"]
        told = row | {"groupScores": groups(scores), "rank": rank, "totalMaxScore": 100}
        if detailed:
            more = components(code, row["departmentName"], scores, 1000, 5)
            told |= {"componentIndicators": more}
        rows.append(told)
    overview = reply["overview"] | {"growthPercent": 3.2, "totalProvincesCount": 34}
    return {"metadata": metadata(at), "overview": overview, "provinces": rows}


def of_one(named, key="communes", at="2026-10-10T07:00:13Z", petitions=0, **span):
    """Make the snapshot of the communes of one province; `key` is how their list is called."""
    rows = []
    for n, name in enumerate(named):
        code, scores = f"H21.{100 + n}", commune_scores(n)
        row = {"departmentId": ids(code), "departmentName": name, "departmentCode": code}
        row |= {"childGroup": "COMMUNE", "totalScore": scores["total"], "ratio": scores["total"]}
        row |= {"scoreDelta": None, "groupScores": groups(scores), "rank": n, "groupRank": n}
        if key != "communes":
            row |= {"componentIndicators": components(code, name, scores, 20, petitions)}
        rows.append(row)
    own = groups({group: score - 0.5 for group, score in commune_scores(0).items()})
    own |= {"CKMB": 11.79}
    overview = {"departmentName": "UBND tỉnh Gia Lai", "departmentCode": "H21", "totalScore": 66.23}
    told = {"metadata": metadata(at, "H21", **span), "count": len(rows), key: rows}
    return told | ({"overview": overview | {"groupScores": own}} if key == "communes" else {})


def kept(folder, files):
    """Keep snapshots under their names, as replies of a folder."""
    return [answer(folder, Ask(name, f"{folder}/{name}"), body) for name, body in files.items()]
