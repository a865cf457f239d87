"""What a journey costs the person who takes it: screens, taps, keys, decisions, waiting."""

from dataclasses import asdict, astuple, dataclass
from urllib.parse import urlsplit

# The keystroke-level model of Card, Moran and Newell, with the values by which the journeys are measured.
KEY, TAP, DECISION = 0.28, 1.1, 1.35  # seconds


@dataclass
class Tally:
    """What was counted on the way."""

    screens: int = 0
    taps: int = 0
    keys: int = 0
    decisions: int = 0
    server: float = 0.0  # seconds

    @property
    def seconds(self):
        """How long somebody takes who knows the way and makes no mistake."""
        return KEY * self.keys + TAP * self.taps + DECISION * self.decisions + self.server

    def figures(self):
        """All counts by name."""
        return asdict(self) | {"seconds": self.seconds}

    def share(self, count):
        """What one of so many like deeds costs."""
        return Tally(*(value / count for value in astuple(self)))


class Hands:
    """A page and the tally of what is done on it; every deed is one decision.

    A screen is a page that opens, once for each address; the page where the person stands at first is none.
    A choice in a list is two taps, a file three (open, choose, confirm).
    """

    def __init__(self, page):
        self.page = page
        self.begin()
        page.on("domcontentloaded", self._opened)
        page.on("requestfinished", self._answered)

    def begin(self):
        """Count from the page that is shown now."""
        self.tally = Tally()
        self.seen = {_address(self.page)}

    def _opened(self, page):
        if _address(page) not in self.seen:
            self.seen.add(_address(page))
            self.tally.screens += 1

    def _answered(self, request):
        if request.resource_type in ("document", "xhr", "fetch"):
            timing = request.timing
            self.tally.server += max(timing["responseStart"] - timing["requestStart"], 0) / 1000

    def tap(self, target):
        """Click what is shown: a link, a button, a box to tick."""
        self._deed(taps=1)
        target.click()

    def write(self, target, text):
        """Go to a field and type into it."""
        self._deed(taps=1, keys=len(text))
        target.fill(text)

    def choose(self, target, label):
        """Choose from a list by what is read there."""
        self._deed(taps=2)
        target.select_option(label=label)

    def attach(self, target, path):
        """Attach a file."""
        self._deed(taps=3)
        target.set_input_files(path)

    def _deed(self, taps=0, keys=0):
        self.tally.decisions += 1
        self.tally.taps += taps
        self.tally.keys += keys


def _address(page):
    return urlsplit(page.url).path
