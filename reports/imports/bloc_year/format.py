"""The tables and keys of a bloc-year file; docs/bloc-year-file.md explains them to those who write one.

What a key may hold follows from the field it fills: its type, length, choices and validators.
"""

from dataclasses import dataclass, field

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from awards.decisions.models import Exemplar
from awards.nominations.models import Nomination
from blocs.models import Bloc, Unit, UnitState
from campaigns.models import (
    AgendaItem,
    Attendance,
    BlocYear,
    Campaign,
    EmulationYear,
    Meeting,
    Observation,
    Pledge,
    PledgeContent,
    Seat,
    Signature,
    Statement,
)
from campaigns.scores.models import CriteriaSection, KnownResult, Score, ScoreSheet

VERSION = 1


@dataclass(frozen=True)
class Table:
    """A kind of table in the file: its keys, each with the field it fills, and the tables within it."""

    keys: dict[str, models.Field] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    tables: dict[str, "Table"] = field(default_factory=dict)
    repeats: bool = False


def fields(model, *names, **renamed):
    """Keys that fill fields of a model, under the field's own name or another."""
    named = {name: name for name in names} | renamed
    return {key: model._meta.get_field(name) for key, name in named.items()}


COUNT = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(1000)])
DAYS = fields(Meeting, "first_day", "last_day") | {"day": models.DateField()}
LOCAL_NAME = models.SlugField(max_length=80)
TIME = models.CharField(max_length=40)
YEAR = models.CharField(max_length=40)  # its code, or words that hold it: "năm học 2020-2021"

SEATS = Table(
    keys=fields(
        Seat,
        "unit",
        "role",
        "place",
        "representative",
        "representative_title",
        "first_day",
        "last_day",
        "group",
    ),
    repeats=True,
)
PLEDGES = Table(
    keys=fields(
        Pledge,
        "code",
        "theme",
        "first_day",
        "last_day",
        "presented_by",
        "presented_by_title",
        "signed_on",
        "signed_at",
        "signed_count",
        "signing_units",
        "content_count",
    ),
    required=("code", "first_day", "last_day"),
    tables={
        "contents": Table(keys=fields(PledgeContent, "text"), required=("text",), repeats=True),
        "signatures": Table(
            keys=fields(Signature, "unit", "signer_name", "signer_title", "signed_on"),
            required=("unit",),
            repeats=True,
        ),
    },
    repeats=True,
)
YEAR_OF_BLOC = {"year": YEAR} | fields(
    BlocYear,
    "name",
    "organiser",
    "leader_label",
    "deputy_label",
    "leader_chosen_by",
    "known_member_count",
    "plan_reference",
    "plan_issued_on",
)
MEETINGS = Table(
    keys=fields(
        Meeting,
        "kind",
        "title",
        "form",
        "place_name",
        "host",
        "chair_name",
        "chair_title",
        "secretary_name",
        "secretary_title",
    )
    | DAYS
    | {"time": TIME, "until": TIME, "id": LOCAL_NAME},
    required=("kind", "title"),
    tables={
        "agenda": Table(keys=fields(AgendaItem, "title", "outcome"), required=("title",), repeats=True),
        "attendance": Table(
            keys=fields(Attendance, "name", "title", "unit", "capacity"),
            required=("title", "capacity"),
            repeats=True,
        ),
        "statements": Table(
            keys=fields(Statement, "kind", "speaker", "speaker_title", "text", "is_request"),
            required=("kind", "text"),
            repeats=True,
        ),
    },
    repeats=True,
)

FILE = Table(
    keys={"format": models.PositiveSmallIntegerField(choices=[(VERSION, str(VERSION))])},
    required=("format", "bloc_year"),
    tables={
        "units": Table(
            keys=fields(Unit, "code", "decree_place", root="is_root")
            | fields(
                UnitState,
                "short_name",
                "symbol",
                "aliases",
                "kind",
                "superior",
                "standing_department",
                "place_of_issue",
                "head_count",
                "first_day",
                "last_day",
                name="official_name",
            ),
            required=("code", "name"),
            repeats=True,
        ),
        "years": Table(
            keys={"code": YEAR} | fields(EmulationYear, "first_day", "last_day"),
            required=("code", "first_day", "last_day"),
            repeats=True,
        ),
        "bloc_year": Table(
            keys=YEAR_OF_BLOC | fields(Bloc, bloc="code"), required=("bloc", "year", "name", "organiser")
        ),
        "criteria": Table(keys={"shipped": LOCAL_NAME, "file": models.CharField(max_length=255)}),
        "seats": SEATS,
        "observations": Table(
            keys=fields(Observation, "kind", "text", "said_by"), required=("kind", "text"), repeats=True
        ),
        "meetings": MEETINGS,
        "nominations": Table(
            keys={"award": models.CharField(max_length=300), "count": COUNT, "meeting": LOCAL_NAME}
            | fields(Nomination, "unit", "given_to", "achievement"),
            required=("award",),
            repeats=True,
        ),
        "exemplars": Table(
            keys={"count": COUNT, "meeting": LOCAL_NAME} | fields(Exemplar, "kind", "unit", "achievement"),
            required=("kind",),
            repeats=True,
        ),
        "results": Table(
            keys=fields(KnownResult, "unit", "total", "rank", "note"),
            required=("unit",),
            tables={
                "sections": Table(
                    keys=fields(CriteriaSection, "code") | fields(KnownResult, points="total"),
                    required=("code", "points"),
                    repeats=True,
                )
            },
            repeats=True,
        ),
        "scores": Table(
            keys=fields(ScoreSheet, "unit", "tier")
            | {"criterion": models.CharField(max_length=40)}
            | fields(Score, "figures", "points", "not_applicable", "reason"),
            required=("unit", "tier", "criterion"),
            repeats=True,
        ),
        "campaigns": Table(
            keys=fields(
                Campaign, "code", "launched_by", "name", "theme", "launched_at", "first_day", "last_day"
            )
            | {"parent": LOCAL_NAME, "of_bloc": models.BooleanField()},
            required=("code", "launched_by", "first_day", "last_day"),
            repeats=True,
        ),
        "pledges": PLEDGES,
        "next_year": Table(
            keys=YEAR_OF_BLOC,
            required=("year", "name", "organiser"),
            tables={"seats": SEATS, "meetings": MEETINGS, "pledges": PLEDGES},
        ),
    },
)
