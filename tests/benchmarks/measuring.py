"""What a benchmark is made of: figures of ours, each with its baseline, taken in turn in the same run."""

from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Row:
    """One figure of ours beside its baseline, in the same unit; `than` says what the baseline is."""

    figure: str
    ours: float
    baseline: float
    than: str
    unit: str = "ms"

    @property
    def ratio(self):
        return self.ours / self.baseline


def compare(figure, ours, baseline, *, than, rounds=30):
    """The median times of two functions in milliseconds, called in turn after one call of each to warm up."""
    times = {ours: [], baseline: []}
    for round_number in range(rounds + 1):
        for function, taken in times.items():
            start = perf_counter()
            function()
            if round_number:
                taken.append((perf_counter() - start) * 1000)
    return Row(figure, median(times[ours]), median(times[baseline]), than)
