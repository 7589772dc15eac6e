"""Say how a name was matched, or why not, in Vietnamese and in English."""

from __future__ import annotations

from enum import StrEnum

from base.words.messages import Lang
from geo.editions import Level


class Method(StrEnum):
    """How a name was matched, or why it was not."""

    CODE = "code"
    NAME = "name"
    ALIAS = "alias"
    NO_DIACRITICS = "no_diacritics"
    DIACRITICS_DIFFER = "diacritics_differ"
    TYPE_DIFFERS = "type_differs"
    PREDECESSOR = "predecessor"
    COUNTRY = "country"

    EMPTY = "empty"
    TOTAL = "total"
    PLACEHOLDER = "placeholder"
    REGION = "region"
    AUTHORITY = "authority"
    LIST = "list"
    AMBIGUOUS = "ambiguous"
    ABBREVIATION = "abbreviation"
    SPLIT = "split"
    OTHER_LEVEL = "other_level"
    OTHER_EDITION = "other_edition"
    TYPE_CONFLICT = "type_conflict"
    DIACRITICS_CONFLICT = "diacritics_conflict"
    PARENT_CONFLICT = "parent_conflict"
    PARENT_UNKNOWN = "parent_unknown"
    BAD_CODE = "bad_code"
    ENCODING = "encoding"
    UNKNOWN = "unknown"


MATCHED = frozenset(
    {
        Method.CODE,
        Method.NAME,
        Method.ALIAS,
        Method.NO_DIACRITICS,
        Method.DIACRITICS_DIFFER,
        Method.TYPE_DIFFERS,
        Method.PREDECESSOR,
        Method.COUNTRY,
    }
)

LEVEL_WORDS: dict[Level, tuple[str, str]] = {
    Level.COUNTRY: ("quốc gia", "country"),
    Level.REGION: ("vùng", "region"),
    Level.PROVINCE: ("cấp tỉnh", "province"),
    Level.DISTRICT: ("cấp huyện", "district"),
    Level.COMMUNE: ("cấp xã", "commune"),
}

# Every sentence begins with a letter, so that no spreadsheet takes a note for a formula.
NOTES: dict[str, tuple[str, str]] = {
    "no_diacritics": (
        "Thiếu dấu, nhưng chỉ có một đơn vị viết như vậy.",
        "Diacritics are missing, but only one area is written so.",
    ),
    "diacritics_differ": (
        "Dấu khác tên chính thức “{area}”; không đơn vị nào khác có các chữ này.",
        "Diacritics differ from the official “{area}”; no other area has these letters.",
    ),
    "type_differs": (
        "Loại đơn vị khác tên chính thức “{area}”; chỉ có một đơn vị mang tên này.",
        "The type of area differs from the official “{area}”; only one area has this name.",
    ),
    "alias": ("Tên khác của “{area}”.", "Another name of “{area}”."),
    "iso": ("Mã ISO 3166-2 của “{area}”.", "ISO 3166-2 code of “{area}”."),
    "renamed": (
        "{old} (cũ) nay là toàn bộ {area} ({code}): chỉ đổi tên.",
        "{old} of old is the whole of today's {area} ({code}): only renamed.",
    ),
    "whole": (
        "{old} (cũ): toàn bộ nay là một phần của {area} ({code}).",
        "{old} of old: the whole of it is now a part of {area} ({code}).",
    ),
    "most": (
        "{old} (cũ): phần lớn nay là một phần của {area} ({code}).",
        "{old} of old: most of it is now a part of {area} ({code}).",
    ),
    "now_in": (
        "{old} (cũ) nay thuộc {area} ({code}).",
        "{old} of old now lies in {area} ({code}).",
    ),
    "before": (
        "{area} trước khi sắp xếp: toàn bộ nay là một phần của {area} ({code}).",
        "{area} before the merger: the whole of it is now a part of {area} ({code}).",
    ),
    "enlarged": (
        "{area} của bản đồ này gồm {parts} của bản đồ trước.",
        "{area} of this map is made of {parts} of the one before.",
    ),
    "code_reused": (
        "Cùng mã này, bản đồ {edition} là {area}.",
        "The same code is {area} on the map of {edition}.",
    ),
    "also_district": (
        "Trùng tên với {area} của bản đồ {edition}.",
        "The name of {area} on the map of {edition} as well.",
    ),
    "committee": (
        "Hiểu tên ủy ban nhân dân là địa phương của ủy ban.",
        "The people's committee is taken for the place it governs.",
    ),
    "empty": ("Ô trống.", "The cell is empty."),
    "total": (
        "Dòng tổng hoặc trung bình, không phải một địa phương.",
        "A total or an average, not a place.",
    ),
    "placeholder": ("Không phải tên địa phương.", "Not the name of a place."),
    "region": ("Là một vùng, không phải đơn vị {level}.", "A region, not a {level}."),
    "authority": (
        "Là cơ quan hoặc tổ chức, không phải địa phương.",
        "An authority or organisation, not a place.",
    ),
    "list": ("Một ô có nhiều địa phương: {areas}.", "One cell holds several places: {areas}."),
    "extra": (
        "Ngoài {areas} còn chữ khác, nên không chắc là địa phương này.",
        "There is more text than {areas}, so it is not certain to be this place.",
    ),
    "ambiguous": (
        "Có thể là: {areas}. Hãy ghi rõ loại đơn vị, dấu hoặc tỉnh.",
        "It may be: {areas}. Give the type of area, the diacritics or the province.",
    ),
    "province_name": (
        "Vừa là tên tỉnh, vừa là tên của {areas}. Hãy ghi rõ loại đơn vị hoặc tỉnh.",
        "The name of a province and of {areas} as well. Give the type of area or the province.",
    ),
    "former_type": (
        "Nay và trước đây có các đơn vị viết như vậy: {areas}. Hãy ghi thêm tỉnh.",
        "Today's and earlier areas are written so: {areas}. Give the province too.",
    ),
    "old_or_new": (
        "Không rõ “cũ” hay “mới” chỉ thời kỳ nào đối với {areas}.",
        "Which time “old” or “new” means for {areas} is not clear.",
    ),
    "old_whole": (
        "{old}: từ {day}, toàn bộ là một phần của {area} ({code}).",
        "{old}: since {day} the whole of it is a part of {area} ({code}).",
    ),
    "old_renamed": (
        "{old}: từ {day} là toàn bộ {area} ({code}): chỉ đổi tên.",
        "{old}: since {day} the whole of {area} ({code}): only renamed.",
    ),
    "old_split": (
        "{old}: từ {day} được chia cho nhiều đơn vị ({areas}), không có một mã thay thế.",
        "{old}: since {day} split among several areas ({areas}); no single code replaces it.",
    ),
    "old_communes": (
        "Trước 1/7/2025 có nhiều đơn vị viết như vậy: {olds}. Hãy ghi thêm huyện, tỉnh cũ.",
        "Before 1 July 2025 several units were written so: {olds}. Give the old district too.",
    ),
    "old_or_today": (
        "Vừa là {today}, vừa là đơn vị cũ đã thành nơi khác: {olds}. Hãy ghi thêm tỉnh hoặc huyện.",
        "Both {today} and an old unit that became another: {olds}. Give the province or district.",
    ),
    "also_old": (
        "Trùng tên với đơn vị cũ đã thành nơi khác: {olds}.",
        "Also the name of an old unit that became another: {olds}.",
    ),
    "abbreviation": (
        "Chữ viết tắt có thể là: {areas}. Hãy ghi đủ tên.",
        "The abbreviation may be: {areas}. Give the full name.",
    ),
    "split": (
        "{old} đã được chia thành nhiều đơn vị ({areas}), không có một mã thay thế.",
        "{old} was split into several areas ({areas}); no single code replaces it.",
    ),
    "other_level": (
        "Là {areas} ({what}), không phải đơn vị {level} của bản đồ {edition}.",
        "This is {areas} ({what}), not a {level} of the map of {edition}.",
    ),
    "other_type": (
        "Tên ghi một loại đơn vị không thuộc {level}.",
        "The name gives a type of area that is not a {level}.",
    ),
    "other_edition": (
        "Chỉ có ở bản đồ {other}: {areas}; bản đồ {edition} không có.",
        "Only on the map of {other}: {areas}; the map of {edition} does not have it.",
    ),
    "type_conflict": (
        "Loại đơn vị đã ghi không khớp: chỉ có {areas}.",
        "The type of area given does not fit: there is only {areas}.",
    ),
    "diacritics_conflict": (
        "Dấu không khớp với tên nào; gần nhất: {areas}.",
        "The diacritics fit no name; closest: {areas}.",
    ),
    "parent_conflict": (
        "Tên và đơn vị cấp trên mâu thuẫn: {areas} không thuộc {parent}.",
        "Name and parent contradict each other: {areas} does not lie in {parent}.",
    ),
    "parent_unknown": (
        "Không hiểu đơn vị cấp trên đã ghi, nên không thể đối chiếu tên.",
        "The parent is not understood, so the name cannot be checked against it.",
    ),
    "parent_district": (
        "Cấp trên là đơn vị cấp huyện: có lẽ là xã cũ, bản đồ {edition} không còn cấp huyện.",
        "The parent is a district: probably an old commune; the map of {edition} has no districts.",
    ),
    "bad_code": (
        "Không phải mã {level} của bản đồ {edition}: mã gồm {width} chữ số.",
        "Not a code of a {level} on the map of {edition}: codes have {width} digits.",
    ),
    "code_other_edition": (
        "Mã này chỉ có ở bản đồ {other}: {areas}.",
        "Only the map of {other} has this code: {areas}.",
    ),
    "number_among_names": (
        "Số đứng giữa các tên: không rõ là mã hay số thứ tự. Hãy ghi đủ {width} chữ số hoặc tên.",
        "A number among names: code or ordinal? Give all {width} digits or the name.",
    ),
    "encoding": (
        "Chữ bị hỏng hoặc không phải Unicode (TCVN3, VNI…). Hãy chuyển sang Unicode.",
        "The text is damaged or not Unicode (TCVN3, VNI …). Convert it to Unicode.",
    ),
    "unknown": (
        "Không có đơn vị {level} nào tên như vậy ở bản đồ {edition}.",
        "No {level} of the map of {edition} has such a name.",
    ),
    "suggest": ("Gần giống: {areas}.", "Similar: {areas}."),
}


def note(key: str, lang: Lang, **values: object) -> str:
    """Say a note."""
    return NOTES[key][lang == "en"].format(**values)


def level_word(level: Level, lang: Lang) -> str:
    """Name a level within a sentence."""
    return LEVEL_WORDS[level][lang == "en"]
