"""Text that was typed for the fonts of old times, in which letters stand for others: TCVN3 and VNI.

TCVN3 is TCVN 5712:1993 (VN3), of the fonts .VnTime, .VnArial and their like: one letter is one sign, capitals
with tones are small ones in a font of capitals (.VnTimeH). VNI is that of the fonts VNI-Times and their like:
a vowel, then a sign that says its mark and tone. What is neither said by a font nor makes more Vietnamese
syllables of a text than it has is left as it is.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import product

from blocs.imports.opening import Cell, Grid
from blocs.text import lined, nfc

TCVN3, VNI = "TCVN3", "VNI"

# By vowel: the signs of à á ả ã ạ, and so on; then the vowels without a tone.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹»¾¼½ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞßãáâäåèæçéêíëìîïóñòôõøö÷ùúýûüþ",
        "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ",
        strict=True,
    )
)
_TCVN3 |= dict(zip("¨©ª«¬\u00ad®¡¢£¤¥¦§", "ăâêôơưđĂÂÊÔƠƯĐ", strict=True))
_TCVN3["\u2212"] = "ư"  # programs write the soft hyphen, which is ư, as a minus sign

_TONES = "\u0300\u0301\u0309\u0303\u0323"  # à á ả ã ạ
_HAT, _BREVE = "\u0302", "\u0306"


def _vni():
    """{letters of VNI: letter}, capitals too."""
    found = {"ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ"}
    found |= dict(zip("ìíæóò", "ìíỉĩị", strict=True))
    for base, (sign, tone) in product("aeouyôö", zip("øùûõï", _TONES, strict=True)):
        found[base + sign] = {"ô": "ơ", "ö": "ư"}.get(base, base) + tone
    for base, (sign, tone) in product("aeo", zip("àáåãäâ", [*_TONES, ""], strict=True)):
        found[base + sign] = base + _HAT + tone
    for sign, tone in zip("èéúüëê", [*_TONES, ""], strict=True):
        found["a" + sign] = "a" + _BREVE + tone
    small = {signs: unicodedata.normalize("NFC", letter) for signs, letter in found.items()}
    large = {signs.upper(): letter.upper() for signs, letter in small.items()}
    mixed = {signs[0].upper() + signs[1:]: letter.upper() for signs, letter in small.items()}
    return mixed | large | small


_VNI = _vni()
_VNI_SIGNS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

# Letters that no Vietnamese text in Unicode has, but those of old times.
_STRANGE = set("µ¸¶·¹»¾¼½Æ¨©ª«¬®¡¢£¤¥¦§ÇËÎÏÑÖ×ØÜÞßäåæçëîïñöøûüþ÷ÄÅÛ\u00ad")
_ENOUGH = 0.6  # of the words of a text are Vietnamese syllables
_FEWEST = 2  # letters that stand for others: one alone may be a sign, as in 5 µm
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh?|gi|kh|ph|qu|th|tr|ch|[bcdđhklmnprstvx])?"
    r"(?:uyê|uya|uyu|iêu|yêu|oai|oay|oao|oeo|uây|uôi|ươi|ươu|ai|ao|au|âu|ay|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|"
    r"ơi|oo|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])"
    r"(?:ng|nh|ch|[nmctp])?"
)


def convert(text: str, encoding: str) -> str:
    """A text of an old encoding in Unicode."""
    if encoding == TCVN3:
        return "".join(_TCVN3.get(letter, letter) for letter in text)
    return _VNI_SIGNS.sub(lambda found: _VNI[found[0]], text)


def converted(grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """The sheets with their old text in Unicode; each tells which cells were converted, and from what."""
    return tuple(map(_converted, grids))


def _converted(grid):
    cells = [cell for line in grid.lines for cell in line if cell.text and not cell.kind]
    alone = {cell: found for cell in cells if (found := _by_font(cell) or _by_letters(cell.typed))}
    if not alone:
        return grid
    (usual, _times), *_others = Counter(alone.values()).most_common()
    mixed = any(_is_unicode(cell.typed) for cell in cells)
    changes = {}
    for cell in cells:
        encoding = alone.get(cell) or (None if mixed or cell.font else usual)
        text = _text(cell, encoding) if encoding else cell.typed
        is_better = cell in alone or _syllables(text) >= _syllables(cell.typed)
        if text != cell.typed and is_better:
            changes[cell.row, cell.column] = replace(cell, text=nfc(text), typed=text)
    told = tuple(
        (cell.address, cell.text, changes[cell.row, cell.column].text)
        for cell in cells
        if (cell.row, cell.column) in changes
    )
    lines = tuple(tuple(changes.get((cell.row, cell.column), cell) for cell in line) for line in grid.lines)
    return replace(grid, lines=lines, converted=told)


def _text(cell: Cell, encoding):
    text = lined(convert(cell.typed, encoding))
    is_capital = encoding == TCVN3 and re.search(r"H(?:[ ,-]?(?:Bold|Italic))*$", cell.font)
    return text.upper() if is_capital else text


def _by_font(cell):
    if not cell.font or cell.typed.isascii() or _is_unicode(cell.typed):
        return None
    return VNI if cell.font.lower().startswith("vni") else TCVN3


def _by_letters(text):
    """The old encoding of a text by its letters; None where it makes no sense of them."""
    if text.isascii() or _is_unicode(text) or not any(letter in _STRANGE for letter in text):
        return None
    now, found = _syllables(text), []
    for encoding in (VNI, TCVN3):
        letters = _changed(text, encoding)
        share = _syllables(convert(text, encoding))
        if letters >= _FEWEST and share > now and share >= _ENOUGH:
            found.append((share, letters, encoding))
    return max(found)[-1] if found else None


def _changed(text, encoding):
    """How many letters of a text stand for others."""
    return sum(letter in _TCVN3 for letter in text) if encoding == TCVN3 else len(_VNI_SIGNS.findall(text))


def _is_unicode(text):
    """Whether a text has letters that only Unicode has."""
    return any(letter in "ăđĩũơưĂĐĨŨƠƯ" or "\u1ea0" <= letter <= "\u1ef9" for letter in text)


def _syllables(text):
    """The share of its words that are Vietnamese syllables."""
    words = re.findall(r"[^\s\d.,:;()/%+\-–“”\"'?!]+", text)
    return sum(map(_is_syllable, words)) / len(words) if words else 0


def _is_syllable(word):
    letters, tones = [], 0
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in _TONES:
            tones += 1
        else:
            letters.append(letter)
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", "".join(letters))))
