"""The journal in plain words, as the pages of the things it tells of show it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, TimeField
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from blocs import notation
from blocs.journal import acts
from blocs.models import Entry


@dataclass(frozen=True)
class Change:
    """What an act changed of a row: the field, what stood there before and after where that reads well."""

    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Line:
    """One entry: when, what was done, by whom in which post, why, and the paper it was recorded from."""

    at: datetime
    act: str
    who: str
    reason: str
    is_from_paper: bool
    paper: str
    changes: tuple[Change, ...]


def history_of(*objects, with_changes=False):
    """The entries about objects of one kind, newest first; the caller has checked that they may be seen."""
    entries = Entry.objects.filter(
        object_kind=objects[0]._meta.label_lower, object_key__in=[str(each.pk) for each in objects]
    ).select_related("paper")
    if with_changes:
        entries = entries.select_related("payload")
    return [_line(entry, with_changes) for entry in entries.order_by("-pk")]


def from_paper(objects, *acts):
    """The keys of those objects of one kind with which one of the acts was done on paper, in one query."""
    objects = list(objects)
    if not objects:
        return set()
    entries = Entry.objects.filter(
        object_kind=objects[0]._meta.label_lower,
        object_key__in=[str(each.pk) for each in objects],
        act__in=[each.act.code for each in acts],
        paper__isnull=False,
    )
    return {int(key) for key in entries.values_list("object_key", flat=True)}


def differing(stale):
    """(part or "", field, what is saved, the own text) of all that a refused save tells otherwise.

    Of a part that was to be deleted, what was saved of it meanwhile.
    """
    told = [("", stale.row, stale.theirs, stale.yours)] if stale.row else []
    told += [(str(part.row), part.row, part.theirs, part.yours) for part in stale.parts]
    names = _Names(told)
    for name, row, theirs, yours in told:
        for field in _fields(row):
            if not field.editable or field.name not in theirs:
                continue
            saved = names.of(field, theirs[field.name])
            if yours is None:
                yield name, field.verbose_name, saved, pgettext("of a row", "xoá")
            elif theirs[field.name] != yours.get(field.name):
                yield name, field.verbose_name, saved, names.of(field, yours.get(field.name))


def _fields(row):
    return (*row._meta.concrete_fields, *row._meta.many_to_many)


class _Names:
    """Stored values as people read them; what rows refer to is asked once for each kind."""

    def __init__(self, told):
        keys = defaultdict(set)
        for _name, row, *both in told:
            for field in _fields(row):
                for stored in (each[field.name] for each in both if each and field.name in each):
                    if field.is_relation and stored is not None:
                        keys[field.related_model] |= set(stored if isinstance(stored, list) else [stored])
        self.known = {model: _for_choice(model).in_bulk(found) for model, found in keys.items()}

    def of(self, field, value):
        if value is None:
            return ""
        if field.is_relation:
            values = value if isinstance(value, list) else [value]
            return ", ".join(str(self.known[field.related_model].get(each, "")) for each in values)
        if isinstance(field, DateField):
            return notation.day(value)
        if isinstance(field, TimeField):
            return notation.clock(value)
        if isinstance(value, Decimal):
            return notation.number(value.normalize())
        return _value(field, value)


def _for_choice(model):
    rows = model._default_manager.all()
    return rows.for_choice() if hasattr(rows, "for_choice") else rows


def both_texts(stale):
    """What both texts of a refused save say, in one line; empty where they say the same."""
    return "; ".join(
        _("%(what)s: bản đã lưu “%(theirs)s”, bản của anh/chị “%(yours)s”")
        % {"what": ", ".join(filter(None, [name, str(label)])), "theirs": theirs, "yours": yours}
        for name, label, theirs, yours in differing(stale)
    )


def title_of(code):
    """What an act is called; the code itself of an act that is no longer known."""
    return str(acts[code].title) if code in acts else code


def _line(entry, with_changes):
    who = f"{entry.actor_name}, {entry.post_title}"
    if entry.on_behalf_of:
        who = _("%(who)s (làm thay %(other)s)") % {"who": who, "other": entry.on_behalf_of}
    return Line(
        at=entry.at,
        act=title_of(entry.act),
        who=who,
        reason=entry.reason,
        is_from_paper=entry.paper is not None,
        paper=_paper(entry.paper) if entry.paper else "",
        changes=tuple(_changes(entry)) if with_changes else (),
    )


def _paper(paper):
    day = _("ngày %(day)s") % {"day": notation.day(paper.day)}
    return ", ".join(part for part in (day, paper.place, paper.participants) if part)


def _changes(entry):
    """The difference that an edit left in the journal; nothing where it was erased."""
    payload = getattr(entry, "payload", None)
    if payload is None:
        return
    before, after = payload.data["before"], payload.data["after"]
    model = apps.get_model(entry.object_kind)
    for name in sorted((before.keys() | after.keys()) - {"parts", "version"}):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if not field.editable and name != "state":
            continue
        label = capfirst(str(field.verbose_name))
        if field.is_relation:
            yield Change(label)
        else:
            yield Change(label, _value(field, before.get(name)), _value(field, after.get(name)))
    for part in after.get("parts", ()):
        yield Change(_part(part))


def _value(field, value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ""
    if isinstance(field, DateTimeField):
        return date_format(timezone.localtime(parse_datetime(value)), "SHORT_DATETIME_FORMAT")
    if isinstance(field, DateField):
        return notation.day(parse_date(value))
    return str(dict(field.flatchoices).get(value, value))


def _part(part):
    name = apps.get_model(part["model"])._meta.verbose_name
    if "added" in part:
        return _("Thêm %(part)s") % {"part": name}
    return (_("Xoá %(part)s") if "removed" in part else _("Sửa %(part)s")) % {"part": name}
