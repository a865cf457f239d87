"""What a benchmark is made of: figures of ours, each with its baseline, taken in turn in the same run."""

from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Row:
    """One figure of ours beside its baseline, in the same unit; `than` says what the baseline is.

    Without a baseline the figure stands alone.
    """

    figure: str
    ours: float
    baseline: float | None
    than: str
    unit: str = "ms"

    @property
    def ratio(self):
        """How many baselines ours is; None where there is none, or nothing to divide by."""
        return self.ours / self.baseline if self.baseline else None


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
