"""Replies in the portal's shapes, made of figures that it published or of made-up ones.

The scores of provinces are those of data/observations/index766_2026_daily.csv, as the portal
showed them on these days; what the groups are made of, and the communes, is made up.
"""

import csv
import json
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from base.folders import DATA
from metrics.catalog import Text
from metrics.refresh import Reply, Source
from metrics.refresh.adapters.portal import PortalAdapter
from metrics.refresh.adapters.portal.departments import provinces
from metrics.refresh.adapters.portal.groups import GROUPS

ADDRESS = "https://portal.example/api/v1/reporting/evaluation"
SOURCE = Source(
    id="index766",
    adapter="portal",
    title=Text(vi="Chỉ số 766", en="Index 766"),
    address=ADDRESS,
    every="day",
)
NOON = datetime(2026, 10, 10, 5, tzinfo=UTC)
NAMES = {f"index766-{group.name}": code for code, group in GROUPS.items()}
MEASURES = (
    "ORIGINAL_RESULT_AVAILABLE",
    "SO_HOA_GIAY_TO_GIAI_QUYET",
    "REUSED_DIGITIZED_DATA",
    "CITIZEN_DATA_CONNECTED_DOSSIER",
)


def options(**given):
    return PortalAdapter.Options.model_validate(given)


@cache
def published():
    """Give the scores that are shipped: by day, then by area, then by group or ``total``."""
    days = {}
    for name in ("index766_2026_daily.csv", "index766_2026.csv"):
        with (DATA / "observations" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                key = NAMES.get(row["indicator"], "total")
                areas = days.setdefault(row["period_end"], {})
                areas.setdefault(row["area"], {})[key] = float(row["value"])
    return days


def percent(part, whole):
    return round(100 * part / whole, 2) if whole else 0


def metric(code, part, whole, score, most, **more):
    ratio = percent(part, whole)
    told = {"code": code, "name": code.lower(), "numerator": part, "denominator": whole}
    return told | {"ratio": ratio, "score": score, "maxScore": most} | more


def ids(code):
    return f"019d-{code}"


def result(code, name, scores, child=None):
    total = scores["total"]
    row = {"departmentId": ids(code), "departmentName": name, "departmentCode": code}
    row |= {"totalScore": total, "ratio": total, "scoreDelta": None}
    if child:
        return row | {"childGroup": child}
    return row | {"groupScores": {group: scores[group] for group in GROUPS}}


def results(rows, whole, code=None, name="Cả nước"):
    overview = {"departmentName": name, "departmentCode": code, "totalScore": whole}
    rings = [{"code": "ONLINE", "name": "-", "value": 950, "percent": 95.0}]
    rings.append({"code": "OTHER", "name": "-", "value": 50, "percent": 5.0})
    data = {
        "overview": overview | {"totalMaxScore": 100, "ratio": whole},
        "growthPercent": 3.2,
        "radar": [],
        "donuts": {"onlineDossier": rings, "onlineProvision": None},
        "evaluation": rows,
        "monthlyChart": [],
        "dossierChart": [],
    }
    return {"code": "OK", "data": data, "message": "OK"}


def listed(rows, page=1, size=300, total=None):
    total = len(rows) if total is None else total
    pages = {"total": total, "currentPage": page, "pageSize": size, "totalPages": -(-total // size)}
    return {"code": "OK", "data": {"overview": {}, "evaluation": rows, "pagination": pages}}


def tree(rows):
    return {"code": "OK", "data": {"parent": {}, "children": rows, "monthlyChart": []}}


def department(code, name, **own):
    return {"departmentId": ids(code), "departmentName": name} | own


def scored(code, name, group, score, metrics):
    most = GROUPS[group].most
    own = {"totalScore": score, "totalMaxScore": most, "ratio": percent(score, most)}
    return department(code, name, stt=1, **own, metrics=metrics)


def openness(code, name, score, status="TEMP_NATIONAL_REPORT_DENOMINATOR"):
    more = {"dataQualityStatus": status, "dataQualityMessage": "-"} if status else {}
    held = [metric("PUBLISH_ON_TIME", 1, 47, 0.13, 6), metric("DOSSIER_SYNC", 9, 9, 6, 6, **more)]
    return scored(code, name, "CKMB", score, held)


def digitised(code, name, score, received):
    held = [metric(one, received // (n + 2), received, 1, 6) for n, one in enumerate(MEASURES)]
    held.append(metric("ELECTRONIC_CERTIFIED_COPY", None, None, 2, 2) | {"ratio": 100})
    return scored(code, name, "MDSH", score, held)


def satisfaction(code, name, score, petitions):
    earned = 0 if petitions else 6
    held = [
        metric("PETITION_CLASSIFICATION_TTHC", 0, petitions, None, 0),
        metric("DOSSIER_RECEIVING_SATISFACTION", 9, 10, 6, 6),
        metric("PETITION_PROCESSING_ON_TIME", 0, petitions, earned, 6),
        metric("PETITION_HANDLING_SATISFACTION", 0, petitions, earned, 6),
    ]
    return scored(code, name, "MDHL", score, held) | {"totalPetitions": petitions}


def progress(code, name, score, received, on_time):
    own = {"totalReceived": received, "totalOnTime": on_time, "totalOverdue": received - on_time}
    own |= {"avgProcessingDays": 2.75, "ratio": percent(on_time, received)}
    return department(code, name, departmentCode=code, **own, score=score, maxScore=20)


def online(code, name, score):
    own = {"totalScore": score, "totalMaxScore": 12, "ratio": percent(score, 12)}
    return department(code, name, departmentCode=code, level="COMMUNE", **own)


def payment(code, name, score, paid, due):
    own = {"totalScore": score, "totalMaxScore": 10, "ratio": percent(score, 10)}
    own |= {"totalDossierOnlinePaymentSuccess": paid, "totalDossierFinancialObligation": due}
    own |= {"totalDossierOnlineFormalityPaymentSuccess": 15, "totalFeeFormality": 40}
    return department(code, name, departmentCode=code, **own)


def details(units):
    """Make the replies of the groups: of (code, name, scores, received, petitions)."""
    return {
        "transparency": listed([openness(c, n, s["CKMB"]) for c, n, s, _, _ in units]),
        "dvc-progress-tree": tree(
            [progress(c, n, s["TDGQ"], r, r * 9 // 10) for c, n, s, r, _ in units]
        ),
        "provide-online-tree": tree([online(c, n, s["CLGQ"]) for c, n, s, _, _ in units]),
        "formality-online-payment-tree": tree(
            [payment(c, n, s["TTTT"], r // 3, r // 2) for c, n, s, r, _ in units]
        ),
        "handling-satisfaction": listed(
            [satisfaction(c, n, s["MDHL"], p) for c, n, s, _, p in units]
        ),
        "dossier-digitized": listed([digitised(c, n, s["MDSH"], r) for c, n, s, r, _ in units]),
    }


def of_provinces(day="2026-10-10", names=None):
    """Make the replies of the provinces on a day; `names` writes some of them another way."""
    areas = published()[day]
    units = []
    for code, area in provinces().items():
        kind, _, _ = area.name_vi.partition(area.short_vi)
        name = (names or {}).get(code, f"UBND {kind.lower()}{area.short_vi}")
        units.append((code, name, areas[area.code], 1000, 5))
    rows = [result(code, name, scores) for code, name, scores, _, _ in units]
    return {"service-results": results(rows, areas["VN"]["total"])} | details(units)


def commune_scores(n):
    scores = {"CKMB": 11.79, "TDGQ": 19 - n / 100, "CLGQ": 6 + n / 100, "TTTT": 7 + n / 200}
    scores |= {"MDHL": 18, "MDSH": 10 + n / 100}
    scores = {group: round(score, 2) for group, score in scores.items()}
    return scores | {"total": round(sum(scores.values()), 2)}


def of_communes(named, agencies=("Sở Y tế - tỉnh Gia Lai",), petitions=0, within="H21"):
    """Make the replies of one province of communes that are named."""
    units = [
        (f"{within}.{100 + n}", name, commune_scores(n), 20 + n, petitions)
        for n, name in enumerate(named)
    ]
    offices = [(f"{within}.0{n}", name, commune_scores(n), 5, 0) for n, name in enumerate(agencies)]
    rows = [result(c, n, s, "COMMUNE") for c, n, s, _, _ in units]
    rows += [result(c, n, s, "AGENCY") for c, n, s, _, _ in offices]
    own = results(rows, 66.23, within, "UBND tỉnh Gia Lai")
    return {"service-results": own} | details(units + offices)


def answer(folder, ask, body, time=NOON):
    """Keep a reply as the runner would."""
    path = folder / ask.name
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    path.write_bytes(raw)
    return Reply(ask, time, 201, "application/json", path, sha256(raw).hexdigest())


def asked_all(folder, given, replies, source=SOURCE, time=NOON):
    """Ask until nothing more is asked for; `replies` gives bodies by scope and endpoint."""
    adapter, had = PortalAdapter(), []
    for _ in range(20):
        more = adapter.asks(source, given, had)
        if not more:
            return had
        for ask in more:
            scope, _, rest = ask.name.partition("-")
            endpoint, _, page = rest.removesuffix(".json").rpartition("-")
            body = replies[scope][endpoint]
            had.append(answer(folder, ask, body[int(page)] if 1 in body else body, time))
    raise AssertionError("it never has enough")


def places_of(value, path=()):
    """List the paths of a body; of each list, those of its first two."""
    yield path
    if isinstance(value, dict):
        for key, one in value.items():
            yield from places_of(one, (*path, key))
    if isinstance(value, list):
        for n, one in enumerate(value[:2]):
            yield from places_of(one, (*path, n))
