"""Editing rows: one door for the admin, the web pages and commands."""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import CASCADE, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import Refusal, Refused, may_edit, refuse, require, require_open


class Stale(Refused):
    """Somebody else has saved the row since it was shown; carries both texts, nothing is saved."""

    def __init__(self, theirs, yours):
        self.theirs, self.yours = theirs, yours
        super().__init__(
            Refusal(
                _(
                    "Người khác vừa sửa dữ liệu này sau khi anh/chị mở trang. Chưa lưu gì: "
                    "hãy so hai bản dưới đây, rồi sửa lại từ bản mới."
                )
            )
        )


@act("record.edit", gettext_lazy("Sửa dữ liệu"))
def edit(*, form, by, formsets=(), reason="", paper=None):
    """Save a valid form and its formsets, and return the row.

    Locks the row's root first. A new row is added, a known one must still have the version the form was shown
    (`Stale` otherwise, with both texts). Outside the row's window it is recorded from paper, with a reason.
    The journal keeps the difference.
    """
    day = timezone.localdate()
    obj = form.instance
    _lock_root(obj)
    before = {}
    if obj.pk:
        kept = _locked(obj)
        require(may_edit(by, kept, day))
        before = _snapshot(kept)
        if kept.version != form.cleaned_data["shown_version"]:
            raise Stale(theirs=before, yours=_snapshot(obj))
        obj.version = kept.version + 1
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
        if obj.pk:
            obj.version += 1
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
