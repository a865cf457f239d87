"""Which rows of a table are totals: an exact short phrase with its tones, and a number that adds up.

"Công tác chuyên môn", "Tổng cục Một" and "Cổng Thông tin điện tử" begin as totals do and are none.
"""

import re
from decimal import Decimal
from itertools import combinations

from blocs import numbers
from blocs.text import nfc

LONGEST = 80  # letters of a phrase
MOST_LEVELS = 6  # kinds of numbering of which every choice is added up

_OF = r"(?:các )?(?:mục|phần|chương|nhóm|tiêu chuẩn|tiêu chí|nội dung|khối)"
_PHRASE = re.compile(
    r"(?:tổng cộng|tổng số|tổng|cộng)(?: số)?(?: điểm)?"
    r"(?: (?:chuẩn|tối đa|thưởng|cộng|trừ|tự chấm|đạt|đạt được|thẩm định|thi đua|chung))?"
    rf"(?: (?:của )?{_OF}(?: [\w.]{{1,5}})?| [ivx]{{1,4}}| [a-z]{{1,4}}(?: ?[+,-] ?[a-z]{{1,4}}){{1,20}})?"
)


def is_phrase(text: str) -> bool:
    """Whether a text says that its row is a total, and says nothing else."""
    bare = re.sub(r"\([^)]*\)", " ", nfc(text).lower())
    if len(bare) > LONGEST:
        return False
    return bool(_PHRASE.fullmatch(nfc(bare.strip(" .:;=*-–\t"))))


def readings(text: str) -> set[Decimal]:
    """The numbers that a cell may say; none where it says no number."""
    try:
        return {Decimal(numbers.read(text))}
    except numbers.Asked as asked:
        return {Decimal(each) for each in asked.readings}
    except ValueError:
        return set()


class Sums:
    """Adds up one column from the top: in all, and since the last row of each kind of numbering."""

    def __init__(self):
        self.whole, self.since = {}, {}

    def add(self, level, text):
        """Count a row: the kind of its numbering, and what its cell says."""
        value = min(readings(text), default=Decimal(0))
        for begun in (self.whole, *(sums for of, sums in self.since.items() if of != level)):
            begun[level] = begun.get(level, Decimal(0)) + value
        self.since[level] = {}

    def reach(self, text) -> bool:
        """Whether a number is the sum of rows above: of some kinds of numbering, in all or since one."""
        said = readings(text)
        return not said or any(
            sum(chosen) in said for sums in (self.whole, *self.since.values()) for chosen in _choices(sums)
        )


def _choices(sums):
    values = list(sums.values())
    sizes = range(1, len(values) + 1) if len(values) <= MOST_LEVELS else (1, len(values))
    for size in sizes:
        yield from combinations(values, size)
