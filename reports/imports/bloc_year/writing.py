"""Writes what a plan says through the models' own rules; the caller's transaction makes it all or nothing."""

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.models import Unit
from campaigns.models import BlocYear, EmulationYear
from campaigns.scores.models import CriteriaSet, ScoreSheet
from reports.imports.bloc_year.comparing import compare
from reports.imports.bloc_year.criteria import CriteriaRow
from reports.imports.bloc_year.row import Row, object_of
from reports.imports.bloc_year.scores import check_results, close_sheets, open_sheets


def lock_roots(file):
    """Lock the rows that the file's rows hang from, as far as they are there."""
    for model in (EmulationYear, CriteriaSet, BlocYear, Unit, ScoreSheet):
        keys = [row.obj.pk for row in file.rows if row.model is model and row.obj]
        list(model.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def rehearse(file):
    """Compare and write the sound rows of a file, take all back, and note in the file what the models refuse.

    Returns the plan as it stood before.
    """
    with transaction.atomic():
        plan = compare(file)
        added = plan.additions[:]
        write(plan)
        transaction.set_rollback(True)
    for row in added:
        row.obj = None
    return plan


def write(plan):
    """Add and change rows in the order in which they depend on each other; faults go to the plan's file."""
    faults = plan.file.faults
    sheets = open_sheets(plan)
    additions = set(plan.additions)
    changes = {}
    for change in plan.changes:
        changes.setdefault(change.row, []).append((change.field, change.after))
    for row in plan.file.rows:
        if row in additions and isinstance(row, CriteriaRow):
            row.make()
        elif row in additions:
            row.obj = _fill(row, row.model(), _fields(row, row.values | row.once | row.follows), faults)
        elif row in changes:
            row.obj.version += 1
            _fill(row, row.obj, [*changes[row], *_fields(row, row.follows)], faults)
    close_sheets(plan.file, sheets)
    check_results(plan.file)


def _fields(row, values):
    return [(row.model._meta.get_field(name), value) for name, value in values.items()]


def _fill(row, obj, spoken_of, faults):
    """Save an object with what the file says of it; None when the models refuse, which is noted."""
    many = {}
    for field, value in spoken_of:
        needed = value if field.many_to_many else [value]
        if any(isinstance(each, Row) and each.obj is None for each in needed):
            return None  # what this one hangs from was refused, and that is noted
        if field.many_to_many:
            many[field.name] = [object_of(each) for each in value]
        else:
            setattr(obj, field.name, object_of(value))
    try:
        obj.full_clean(exclude=[field.name for field in obj._meta.fields if not field.editable])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                faults.add(row.path_of(name) if name in row.values else row.path, message)
        return None
    obj.save()
    for name, objects in many.items():
        getattr(obj, name).add(*objects)
    return obj
