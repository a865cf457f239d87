"""References to documents in a paragraph as officials paste it: what kind, its number, its day.

"Công văn số 05/UBND-TNMT ngày 05/1/2022; các Kế hoạch: 146/KH-UBND ngày 01/6/2020, 12/KH-STP (15/02/2021)".
"""

import re
from dataclasses import asdict, dataclass
from datetime import date

from blocs.text import fold, nfc

# What officials call their documents, and the short forms that stand before a number.
KINDS = {
    "công văn": "Công văn",
    "cv": "Công văn",
    "kế hoạch": "Kế hoạch",
    "kh": "Kế hoạch",
    "quyết định": "Quyết định",
    "qđ": "Quyết định",
    "báo cáo": "Báo cáo",
    "bc": "Báo cáo",
    "tờ trình": "Tờ trình",
    "ttr": "Tờ trình",
    "thông báo": "Thông báo",
    "tb": "Thông báo",
    "chỉ thị": "Chỉ thị",
    "ct": "Chỉ thị",
    "nghị quyết": "Nghị quyết",
    "nq": "Nghị quyết",
    "nghị định": "Nghị định",
    "nđ": "Nghị định",
    "thông tư liên tịch": "Thông tư liên tịch",
    "thông tư": "Thông tư",
    "tt": "Thông tư",
    "hướng dẫn": "Hướng dẫn",
    "hd": "Hướng dẫn",
    "chương trình": "Chương trình",
    "ctr": "Chương trình",
    "quy chế": "Quy chế",
    "quy định": "Quy định",
    "biên bản": "Biên bản",
    "bb": "Biên bản",
    "giấy mời": "Giấy mời",
    "gm": "Giấy mời",
    "giấy chứng nhận": "Giấy chứng nhận",
    "kết luận": "Kết luận",
    "kl": "Kết luận",
    "luật": "Luật",
    "pháp lệnh": "Pháp lệnh",
    "đề án": "Đề án",
    "phương án": "Phương án",
    "công điện": "Công điện",
    "văn bản": "Văn bản",
    "tài liệu": "Tài liệu",
}
MOST = 200

_KIND = "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True))
_LETTERS = "A-ZĐĂÂÊÔƠƯ"
# 05/UBND-TNMT, 146/KH-UBND, 275/QĐ-CĐSP, 91/2017/NĐ-CP, 06/2022/QH15, 12-KH/TU, 12A/BC-STP, 1490/QĐ.TTg
_SYMBOL = (
    rf"[{_LETTERS}][{_LETTERS}a-zđ0-9]*(?:\s?[-–.,&+]\s?[{_LETTERS}][{_LETTERS}a-zđ0-9]*|[-–.][a-zđ0-9]+)*"
)
_NUMBER = (
    rf"\d{{1,5}}[a-zA-ZĐđ]?\s?(?:/\s?(?:19|20)\d{{2}})?\s?/\s?{_SYMBOL}(?:/{_SYMBOL})?"
    rf"|\d{{1,5}}\s?[-–]\s?{_SYMBOL}/{_SYMBOL}"
)
_DAY = (
    r"ngày\s+(?P<d1>\d{1,2})\s+tháng\s+(?P<m1>\d{1,2})\s+năm\s+(?P<y1>\d{4})"
    r"|(?:ngày\s*|[(,]\s*)?(?<!\d)(?P<d2>\d{1,2})\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>\d{4})(?!\d)"
)
_FOUND = re.compile(
    rf"(?:(?<!\w)(?P<kind>{_KIND})(?!\w)[^\d\n;]{{0,30}}?)?(?<![\w/.])(?P<number>{_NUMBER})(?![\w])",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"\s*,?\s*(?:[(]\s*)?(?:ký\s+|ban hành\s+)?(?:{_DAY})", re.IGNORECASE)
_FROM_SYMBOL = {
    fold(code): KINDS[code]
    for code in ("qđ", "kh", "bc", "ttr", "tb", "ct", "nq", "nđ", "tt", "hd", "ctr", "bb", "gm", "kl")
}


@dataclass(frozen=True)
class Citation:
    """One document that is referred to: what it is called, its number and its day as far as they are told."""

    kind: str
    number: str
    day: date | None = None

    def kept(self):
        """The citation as JSON keeps it."""
        return asdict(self) | {"day": self.day and self.day.isoformat()}


def citations(text: str) -> list[Citation]:
    """The documents that a text refers to, each once, in their order; no more than 200 of them."""
    text = "\n".join(nfc(line) for line in text.splitlines())
    found, kind, last = {}, "", 0
    for match in _FOUND.finditer(text):
        number = _number(match["number"])
        symbol = _of_symbol(number)
        if not symbol:
            continue
        if match["kind"]:
            kind = KINDS[match["kind"].lower()]
        elif re.search(r"[.\n]\s", text[last : match.start()] + " "):
            kind = ""  # a new sentence: what was named before does not go on
        own = symbol if symbol is not True else kind
        citation = Citation((kind if match["kind"] else own) or kind, number, _day(text, match.end()))
        known = found.get(number)
        if known is None or (known.day is None and citation.day):
            found[number] = citation
        last = match.end()
        if len(found) == MOST:
            break
    return list(found.values())


def _number(text):
    return re.sub(r"\s?([-–/.,&+])\s?", r"\1", text).replace("–", "-").rstrip(".,-")


def _of_symbol(number):
    """What the symbol says the document is, True where it says nothing; False where it is no symbol."""
    parts = re.split(r"[/.,&+-]", number)[1:]
    words = [part for part in parts if not part.isdigit()]
    if not any(re.match(rf"[{_LETTERS}]{{2}}|[{_LETTERS}][{_LETTERS}a-zđ]", part) for part in words):
        return False
    return next((_FROM_SYMBOL[fold(part)] for part in words if fold(part) in _FROM_SYMBOL), True)


def _day(text, start):
    found = _AFTER.match(text, start)
    if found is None:
        return None
    told = found["d1"], found["m1"], found["y1"]
    if not all(told):
        told = found["d2"], found["m2"], found["y2"]
    day, month, year = map(int, told)
    try:
        return date(year, month, day)
    except ValueError:
        return None
