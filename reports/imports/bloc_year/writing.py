"""Writes what a plan says through the models' own rules; the caller's transaction makes it all or nothing."""

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.models import Unit
from campaigns.models import BlocYear, EmulationYear
from reports.imports.bloc_year.comparing import compare
from reports.imports.bloc_year.rows import Row


def lock_roots(file):
    """Lock the rows that the file's rows hang from, as far as they are there: years, bloc-years, units."""
    for model in (EmulationYear, BlocYear, Unit):
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
    changes = {}
    for change in plan.changes:
        changes.setdefault(change.row, []).append(change)
    for row in plan.file.rows:
        if row in plan.additions:
            _add(row, faults)
        elif row in changes:
            _change(row, changes[row], faults)


def _add(row, faults):
    plain, many = {}, {}
    for name, value in row.values.items():
        if row.model._meta.get_field(name).many_to_many:
            many[name] = [_object(each) for each in value]
        else:
            plain[name] = _object(value)
    if any(isinstance(value, Row) and value.obj is None for value in row.values.values()):
        return  # what it hangs from was refused, and that is noted
    row.obj = _save(row, row.model(**plain), faults)
    if row.obj:
        for name, objects in many.items():
            getattr(row.obj, name).set(objects)


def _change(row, changes, faults):
    for change in changes:
        if change.field.many_to_many:
            getattr(row.obj, change.field.name).add(*map(_object, change.after))
        else:
            setattr(row.obj, change.field.name, _object(change.after))
    row.obj.version += 1
    _save(row, row.obj, faults)


def _save(row, obj, faults):
    try:
        obj.full_clean(exclude=[field.name for field in obj._meta.fields if not field.editable])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                faults.add(row.path_of(name) if name in row.values else row.path, message)
        return None
    obj.save()
    return obj


def _object(value):
    return value.obj if isinstance(value, Row) else value
