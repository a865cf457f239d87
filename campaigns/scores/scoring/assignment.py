"""Who checks whom, drawn by the system and the same again for the same seed."""

from collections.abc import Hashable, Iterable
from hashlib import sha256


def assign(units: Iterable[Hashable], checkers: int, seed: str) -> dict[Hashable, tuple[Hashable, ...]]:
    """{unit: the units that check it}, so many each: nobody their own, the load even.

    The units are put in a circle drawn by the seed, and each is checked by those that follow it. Two units
    check each other only where there are too few for anything else: half of them as checkers, or more. Raises
    ValueError where there are fewer other units than checkers.
    """
    circle = sorted(set(units), key=lambda unit: sha256(f"{seed}/{unit}".encode()).digest())
    if not 0 < checkers < len(circle):
        raise ValueError("each unit needs that many others to check it")
    places = range(len(circle))
    return {
        circle[place]: tuple(circle[(place + step) % len(circle)] for step in range(1, checkers + 1))
        for place in places
    }
