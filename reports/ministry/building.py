"""What the demonstration ministry is built with: its words, its chance, its rows in their order."""

import random
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.conf import settings

from blocs.models import Bloc, Person, Unit
from campaigns.models import BlocYear

CODE = "bo-mau"  # of the root unit, by which the ministry is known again


@cache
def words():
    """The words of which names and texts are made."""
    path = settings.BASE_DIR / "reports" / "data" / "demo-ministry.toml"
    return tomllib.loads(path.read_text("utf-8"))


@dataclass
class Member:
    """A unit that sits in a bloc, with those of its people whom the year needs."""

    unit: Unit
    name: str
    symbol: str
    head_title: str
    place: str
    head: Person | None = None
    colleagues: list[Person] = field(default_factory=list)
    secretary: Person | None = None
    absorbed: Unit | None = None


@dataclass
class Group:
    """A bloc with the units that sit in it in both years, and its two years."""

    bloc: Bloc
    name: str
    members: list[Member]
    conference_day: date
    leads_before: Member | None = None
    leads: Member | None = None
    deputy: Member | None = None
    before: BlocYear | None = None
    now: BlocYear | None = None


class Builder:
    """Keeps rows in the order in which they depend on each other, and draws what chance decides."""

    def __init__(self, seed, year):
        self.year = year
        self.rows = []
        chance = random.Random(f"{seed}-{year}")  # noqa: S311  no secret hangs on it
        self.one_of, self.some_of, self.number = chance.choice, chance.sample, chance.randint

    def add(self, row):
        """Keep a row and answer it."""
        self.rows.append(row)
        return row

    def person(self, **known):
        """Somebody with an ordinary name, marked as made up."""
        people = words()["people"]
        sex = self.one_of(Person.Sex.values)
        given = people["women" if sex == Person.Sex.FEMALE else "men"]
        parts = self.one_of(people["family"]), self.one_of(given["middle"]), self.one_of(given["given"])
        return self.add(
            Person(
                full_name=" ".join(parts),
                address_form="Bà" if sex == Person.Sex.FEMALE else "Ông",
                sex=sex,
                is_fictitious=True,
                **known,
            )
        )


def initials(text):
    """The first letters of words, in capitals, as in the symbols of documents."""
    return "".join(word[0] for word in text.split()).upper()
