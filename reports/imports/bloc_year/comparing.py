"""Finds the rows of a bloc-year file in the database by what identifies them, and what differs."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from awards.decisions.models import Exemplar
from awards.nominations.models import Nomination
from blocs.models import UnitState
from campaigns.models import (
    AgendaItem,
    Attendance,
    BlocYear,
    Campaign,
    Meeting,
    Observation,
    Pledge,
    PledgeContent,
    Seat,
    Signature,
    Statement,
)
from campaigns.scores.models import ChosenCriteria, CriteriaSet, KnownResult, Score, ScoreSheet
from reports.imports.bloc_year.row import Row, object_of
from reports.imports.bloc_year.rows import BlocYearFile

# The field by which rows of a model belong to a row above them.
WITHIN = {
    UnitState: "unit",
    BlocYear: "bloc",
    Seat: "bloc_year",
    Observation: "bloc_year",
    Meeting: "bloc_year",
    Nomination: "bloc_year",
    Exemplar: "bloc_year",
    KnownResult: "bloc_year",
    ChosenCriteria: "bloc_year",
    ScoreSheet: "bloc_year",
    Score: "sheet",
    AgendaItem: "meeting",
    Attendance: "meeting",
    Statement: "meeting",
    PledgeContent: "pledge",
    Signature: "pledge",
}
LISTED = WITHIN.keys() - {UnitState, BlocYear, ChosenCriteria}


@dataclass(frozen=True)
class Change:
    """A field in which the database and the file differ."""

    row: Row
    field: models.Field
    before: object
    after: object
    name: str

    def words(self):
        """What stands in the database and what in the file, in words."""
        return words(self.field, self.before), words(self.field, self.after)


@dataclass
class Plan:
    """What loading a file would do: rows to add, fields to change; and rows that only the database has."""

    file: BlocYearFile
    additions: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    unlisted: list = field(default_factory=list)

    @property
    def is_empty(self):
        return not (self.additions or self.changes)

    @property
    def needs_update(self):
        """Whether loading would alter what the database says of this bloc-year or of shared rows."""
        return bool(self.changes) or (bool(self.additions) and self.file.bloc_year.obj is not None)


def compare(file):
    """The plan for the rows of a file that are in order."""
    plan = Plan(file)
    rows = [row for row in file.rows if not file.faults.within(row.path)]
    for model in dict.fromkeys([*(row.model for row in rows), *WITHIN]):
        of_model = [row for row in rows if row.model is model]
        if model is CriteriaSet:
            for row in of_model:
                row.find(file.faults)
            continue
        left = _match(of_model, _candidates(model, of_model, rows))
        if model in LISTED:
            of_this_year = {parent.pk for parent in _parents(model, rows, with_next_year=False)}
            plan.unlisted += [obj for obj in left if getattr(obj, f"{WITHIN[model]}_id") in of_this_year]
    for row in rows:
        if row.obj is None:
            plan.additions.append(row)
        else:
            plan.changes += _changes(row)
    if this_year := file.bloc_year and file.bloc_year.obj:
        listed = [row.obj.pk for row in rows if row.model in (Campaign, Pledge) and row.obj]
        plan.unlisted += [
            *this_year.campaigns.exclude(pk__in=listed),
            *this_year.pledges.exclude(pk__in=listed),
        ]
    return plan


def _candidates(model, of_model, rows):
    within = WITHIN.get(model)
    if within is None:
        return list(model.objects.filter(code__in=[row.lookups[0]["code"] for row in of_model]))
    found = model.objects.filter(**{f"{within}__in": _parents(model, rows)}).order_by("pk")
    found = found.select_related(*[each.name for each in model._meta.fields if each.is_relation])
    if model is UnitState:
        day = _last_day(rows)  # names are compared as they were in the file's year
        return sorted(found, key=lambda state: not state.holds_on(day))
    return list(found)


def _parents(model, rows, *, with_next_year=True):
    above = model._meta.get_field(WITHIN[model]).related_model
    return [
        row.obj for row in rows if row.model is above and row.obj and (with_next_year or not row.is_next_year)
    ]


def _last_day(rows):
    year = next((row.values["year"] for row in rows if row.model is BlocYear), None)
    if isinstance(year, Row):
        return year.values.get("last_day", date.max)
    return year.last_day if year else date.max


def _match(rows, candidates):
    """Give each row the first free candidate that its most exact lookup finds; returns those left over."""
    for row in rows:
        row.obj = None
    free = list(candidates)
    for level in range(max((len(row.lookups) for row in rows), default=0)):
        for row in rows:
            if row.obj is None and level < len(row.lookups):
                row.obj = next((each for each in free if _fits(each, row.lookups[level])), None)
                if row.obj:
                    free.remove(row.obj)
    return free


def _fits(obj, lookup):
    return all(_same(obj._meta.get_field(name), obj, value) for name, value in lookup.items())


def _same(field, obj, value):
    kept = field.value_from_object(obj)
    if field.is_relation:
        return kept == key_of(value) and (value is None or kept is not None)
    return kept == value


def key_of(value):
    """The database key of what a value refers to; None while that is not there."""
    obj = object_of(value)
    return obj.pk if obj else None


def _changes(row):
    for name, value in row.values.items():
        field = row.obj._meta.get_field(name)
        if field.many_to_many:
            kept = list(getattr(row.obj, name).all())
            keys = {obj.pk for obj in kept}
            after = [*kept, *(each for each in value if key_of(each) not in keys)]
        elif isinstance(field, ArrayField):
            kept = getattr(row.obj, name)
            after = [*kept, *(each for each in value if each not in kept)]
        else:
            kept = getattr(row.obj, name)
            after = kept if _same(field, row.obj, value) else value
        if after != kept:
            yield Change(row, field, kept, after, f"{name_of(row.obj)}, {field.verbose_name}")


# Words ------------------------------------------------------------------------------------------------------


def name_of(obj):
    """An object with its kind, in words."""
    return f"{obj._meta.verbose_name} “{obj}”"


def words(field, value):
    """The value of a field, in words."""
    if value in (None, "", [], {}):
        return "(trống)"
    if isinstance(value, list):
        return ", ".join(words(field, each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_told(each)}" for name, each in value.items())
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    if field.choices:
        return str(dict(field.choices).get(value, value))
    return f"“{value}”"


def _told(value):
    return ", ".join(f"{name} {each}" for name, each in value.items()) if isinstance(value, dict) else value
