"""Which criterion or unit a row or column of somebody's table is about, by its code or words."""

from collections import defaultdict
from difflib import SequenceMatcher

from blocs.imports.reading import plain
from campaigns.scores.spreadsheets.lines import code_parts

ALIKE = 0.6  # how alike words are of which a code already says the same
COMPARED = 120  # letters of them that are compared


class Matcher:
    """Finds what stands under a code or words: [(key, code, words)] of what is known."""

    def __init__(self, known):
        self.by_code, self.by_words, self.words = defaultdict(dict), defaultdict(dict), {}
        for key, code, words in known:
            if code:
                self.by_code[code_parts(code)][key] = True
            self.by_words[plain(words)][key] = True
            self.words[key] = plain(words)

    def find(self, code, words):
        """The one key that a code and words are of; None where none is, or several are."""
        said = plain(words)
        equal = list(self.by_words.get(said, ())) if said else []
        coded = list(self.by_code.get(code_parts(code), ())) if code else []
        for found in ([key for key in equal if key in coded], equal):
            if len(found) == 1:
                return found[0]
        alike = [key for key in coded if not said or self._alike(said, self.words[key])]
        if len(alike) == 1:
            return alike[0]
        begun = [key for key, known in self.words.items() if len(said) > 20 and known.startswith(said)]
        return begun[0] if not coded and len(begun) == 1 else None

    def _alike(self, one, other):
        one, other = one[:COMPARED], other[:COMPARED]
        return (
            one in other or other in one or SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
        )


def names_of(plan):
    """(key, code, words) of every criterion, by its own code and by that with its section's."""
    for key, each in plan.criteria.items():
        yield key, each.code, each.text
        if each.code:
            yield key, plan.codes[key], each.text
