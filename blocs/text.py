"""Vietnamese text as people search and sort it: NFC, folded for search, keys for order.

PostgreSQL may run without any Vietnamese collation, so the order of names is stored: a key made here, in a
column of collation "C".
"""

import unicodedata

_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}


def nfc(text):
    """The text in Unicode NFC with single spaces, as it is stored."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def lined(text):
    """The text in Unicode NFC with its lines: single spaces within them, none around them."""
    return "\n".join(map(nfc, text.strip().splitlines()))


def fold(text):
    """The text as it is searched: lower case, no tones or marks, đ as d, single spaces."""
    decomposed = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def slug(text):
    """The text as it stands in names of files and addresses: folded, words joined by hyphens."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def sort_key(text):
    """A key whose byte order is the order of the Vietnamese dictionary.

    Syllable by syllable: letters first (a ă â, d đ, e ê, o ô ơ, u ư), then the tone (level, huyền, hỏi, ngã,
    sắc, nặng).
    """
    return " ".join(_syllable_key(word) for word in nfc(text).lower().split())


def person_sort_key(full_name):
    """A key by which persons stand in order: given name, then middle names, then family name."""
    *family, given = nfc(full_name).split() or [""]
    # Parts are joined by less than a space, so that no middle name comes before any middle name.
    return "\t".join(sort_key(part) for part in (given, " ".join(family[1:]), "".join(family[:1])))


def _syllable_key(word):
    letters, tone = [], "1"
    for character in unicodedata.normalize("NFD", word):
        if character in _TONES:
            tone = _TONES[character]
        elif character in _MARKS and letters:
            letters[-1] = letters[-1][0] + _MARKS[character]
        elif character == "đ":
            letters.append("d1")
        elif not unicodedata.combining(character):
            letters.append(character + "0")
    return "".join(letters) + "." + tone
