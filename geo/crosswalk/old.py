"""The communes of before July 2025: units that the crosswalk has and no edition."""

from __future__ import annotations

from dataclasses import dataclass, fields

TYPE_WORDS_OLD = ("Phường", "Xã", "Thị trấn", "Huyện")


@dataclass(frozen=True, slots=True)
class OldCommune:
    """Hold a commune of before July 2025; no edition has areas of that level.

    Attributes
    ----------
    code
        Code of the statistics office. The five island districts without communes stand under their
        district's code.
    name_vi, name_en, type
        As of an area; type ``township`` is a thị trấn.
    district, province
        Codes of edition 2024.
    """

    code: str
    name_vi: str
    name_en: str
    type: str
    district: str
    province: str

    @property
    def short_vi(self) -> str:
        """Give the name without its type word; numbered ones keep it (Phường 1)."""
        rest = self.name_vi
        for word in TYPE_WORDS_OLD:
            rest = rest.removeprefix(word + " ")
        return self.name_vi if rest[:1].isdigit() else rest


OLD_COMMUNE_COLUMNS = tuple(field.name for field in fields(OldCommune))
