"""The groups of the index and the measures in them: the portal's codes, and the atlas's ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RESULTS: Final = "service-results"
TOTAL: Final = "total"


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the index.

    Attributes
    ----------
    name
        How the ids of its indicators end.
    most
        Points that it can have.
    endpoint
        Where the reporting service tells of it.
    """

    name: str
    most: float
    endpoint: str


GROUPS: Final[Mapping[str, Group]] = {
    "CKMB": Group("openness", 18, "transparency"),
    "TDGQ": Group("progress", 20, "dvc-progress-tree"),
    "CLGQ": Group("online-services", 12, "provide-online-tree"),
    "TTTT": Group("online-payment", 10, "formality-online-payment-tree"),
    "MDHL": Group("satisfaction", 18, "handling-satisfaction"),
    "MDSH": Group("digitisation", 22, "dossier-digitized"),
}
OPENNESS, PROGRESS, ONLINE, PAYMENT, SATISFACTION, DIGITISED = GROUPS
# Shares of dossiers among the measures of digitisation, by their codes.
RATES: Final[Mapping[str, str]] = {
    "ORIGINAL_RESULT_AVAILABLE": "dvcqg-electronic-result-rate",
    "SO_HOA_GIAY_TO_GIAI_QUYET": "dvcqg-digitised-dossier-rate",
    "REUSED_DIGITIZED_DATA": "dvcqg-reused-data-rate",
    "CITIZEN_DATA_CONNECTED_DOSSIER": "dvcqg-population-data-rate",
}
RECEIVED: Final = "dvcqg-dossiers-received"
ON_TIME: Final = "dvcqg-ontime-rate"
DAYS: Final = "dvcqg-processing-days"
PAID_ONLINE: Final = "dvcqg-online-payment-rate"
SERVICES_PAID: Final = "dvcqg-services-paid-online-rate"
FILED_ONLINE: Final = "dvcqg-online-filed-rate"
