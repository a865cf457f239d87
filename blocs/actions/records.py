"""Editing rows: one door for the admin, the web pages and commands."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import CASCADE, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.history import both_texts
from blocs.journal import act, record
from blocs.permissions import Refusal, Refused, may_edit, refuse, require, require_open


@dataclass(frozen=True)
class StalePart:
    """A part of a row that somebody else has saved since it was shown, with both texts.

    `prefix` names its fields in the form, `yours` is None where it was to be deleted.
    """

    row: object
    prefix: str
    theirs: dict
    yours: dict | None


class Stale(Refused):
    """Somebody else has saved the row since it was shown, or `parts` of it; carries both texts.

    Nothing is saved.
    """

    def __init__(self, theirs, yours, row=None, parts=()):
        self.theirs, self.yours, self.row, self.parts = theirs, yours, row, parts
        super().__init__(
            Refusal(
                _(
                    "Người khác vừa sửa dữ liệu này sau khi anh/chị mở trang. Chưa lưu gì: "
                    "hãy so hai bản dưới đây, rồi sửa lại từ bản mới."
                )
            )
        )

    def __str__(self):
        return " ".join(filter(None, [str(self.refusal), both_texts(self)]))


@act("record.edit", gettext_lazy("Sửa dữ liệu"))
def edit(*, form, by, formsets=(), reason="", paper=None):
    """Save a valid form and its formsets, and return the row.

    Locks the row's root first. A new row is added; a known one that the form would change must still have the
    version it was shown (`Stale` otherwise, with both texts), and so must every part that is changed or
    deleted. Outside the row's window it is recorded from paper, with a reason. The journal keeps the
    difference.
    """
    day = timezone.localdate()
    obj = form.instance
    _lock_root(obj)
    before = {}
    if obj.pk:
        kept = _locked(obj)
        require(may_edit(by, kept, day))
        before = _snapshot(kept)
        parts = [each for formset in formsets for each in _stale_parts(formset)]
        if parts or _is_stale(form, kept):
            raise Stale(theirs=before, yours=_snapshot(obj), row=kept, parts=parts)
    form.save()
    post = require(may_edit(by, obj, day))  # after the save: only now does a new row know all it belongs to
    require_open(obj, paper=paper, reason=reason)
    parts = [change for formset in formsets for change in _save_formset(formset, by, day)]
    after = _snapshot(obj)
    changed = {name for name in after if before.get(name) != after[name]} - {"version"}
    record(
        obj,
        by=by,
        post=post,
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed} | ({"parts": parts} if parts else {}),
        reason=reason,
        paper=paper,
    )
    return obj


@act("record.remove", gettext_lazy("Xoá dữ liệu"))
def remove(*, obj, by, reason="", paper=None):
    """Delete a row that nothing but its own parts refers to; the journal keeps what stood in all of them."""
    _lock_root(obj)
    obj = _locked(obj)
    post = require(may_edit(by, obj, timezone.localdate()))
    require_open(obj, paper=paper, reason=reason)
    parts = [
        {"model": relation.related_model._meta.label_lower, "removed": _snapshot(part)}
        for relation in obj._meta.related_objects
        if relation.on_delete is CASCADE
        for part in relation.related_model._base_manager.filter(**{relation.field.name: obj})
    ]
    before = _snapshot(obj) | ({"parts": parts} if parts else {})
    record(obj, by=by, post=post, before=before, reason=reason, paper=paper)
    try:
        obj.delete()
    except ProtectedError:
        refuse(_("Không xoá được: còn dữ liệu khác gắn với dữ liệu này."))


def _lock_root(obj):
    """Lock the row's root and read it anew, so that permissions see whether it was closed meanwhile."""
    root = obj.root()
    if root is not obj:
        root.refresh_from_db(from_queryset=type(root)._base_manager.select_for_update())


def _locked(obj):
    try:
        return type(obj)._default_manager.locked(obj.pk)
    except ObjectDoesNotExist:
        refuse(_("Dữ liệu này vừa được người khác xoá."))


def _snapshot(obj):
    """The stored fields of a row by name and the keys of the rows joined to it, as the journal keeps them."""
    stored = {
        field.name: field.value_from_object(obj)
        for field in obj._meta.concrete_fields
        if not field.primary_key
    }
    joined = {
        field.name: sorted(row.pk for row in field.value_from_object(obj)) for field in obj._meta.many_to_many
    }
    return stored | joined


def _is_stale(form, kept):
    """Whether a form would change a row that somebody else has saved since it was shown."""
    if form.cleaned_data["shown_version"] == kept.version:
        return False
    version = {"version": kept.version}
    return form.has_changed() or _snapshot(form.instance) | version != _snapshot(kept)


def _stale_parts(formset):
    """The parts to be changed or deleted that somebody else has saved since they were shown, all locked."""
    touched = [
        form
        for form in formset.initial_forms
        if form.instance.pk and (form in formset.deleted_forms or form.has_changed())
    ]
    rows = formset.model._base_manager.select_for_update(of=("self",)).order_by("pk")
    kept = {row.pk: row for row in rows.filter(pk__in=[form.instance.pk for form in touched])}
    for form in touched:
        row = kept.get(form.instance.pk)
        if row is None:
            refuse(_("Dòng “%(row)s” vừa được người khác xoá. Chưa lưu gì.") % {"row": form.instance})
        if form.cleaned_data.get("shown_version") != row.version:
            yours = None if form in formset.deleted_forms else _snapshot(form.instance)
            yield StalePart(row, form.prefix, _snapshot(row), yours)


def _save_formset(formset, by, day):
    shown = {form.instance.pk: form.initial for form in formset.initial_forms}
    rows = formset.save(commit=False)
    for obj in (*rows, *formset.deleted_objects):
        require(may_edit(by, obj, day))
    changed = dict(formset.changed_objects)
    for obj in formset.deleted_objects:
        yield {"model": obj._meta.label_lower, "removed": _snapshot(obj)}
        obj.delete()
    for obj in rows:
        obj.save()
    formset.save_m2m()
    for obj in formset.new_objects:
        yield {"model": obj._meta.label_lower, "added": _snapshot(obj)}
    for obj, names in changed.items():
        yield {
            "model": obj._meta.label_lower,
            "key": obj.pk,
            "before": {name: shown[obj.pk].get(name) for name in names},
            "after": {name: value for name, value in _snapshot(obj).items() if name in names},
        }
