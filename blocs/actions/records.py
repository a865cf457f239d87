"""Editing rows: one door for the admin, the web pages and commands."""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import CASCADE, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import may_edit, refuse, require, require_open
from blocs.versions import require_newest, snapshot


@act("record.edit", gettext_lazy("Sửa dữ liệu"))
def edit(*, form, by, formsets=(), reason="", paper=None):
    """Save a valid form and its formsets, and return the row.

    Locks the row's root first. A new row is added. Of a known one, and of its parts, what was touched is
    changed and nothing else; where somebody else has changed the same field since it was shown, `Stale` with
    both texts. Outside the row's window it is recorded from paper, with a reason. The journal keeps the
    difference.
    """
    day = timezone.localdate()
    obj = form.instance
    _lock_root(obj)
    before = {}
    if obj.pk:
        kept = _locked(obj)
        require(may_edit(by, kept, day))
        before = snapshot(kept)
        require_newest(form, kept, formsets)
    if not obj.pk or form.has_changed():
        form.save()
    post = require(may_edit(by, obj, day))  # after the save: only now does a new row know all it belongs to
    require_open(obj, paper=paper, reason=reason)
    parts = [
        change
        for formset in formsets
        for change in _save_formset(formset, by, day, paper=paper, reason=reason)
    ]
    after = snapshot(obj)
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
        {"model": relation.related_model._meta.label_lower, "removed": snapshot(part)}
        for relation in obj._meta.related_objects
        if relation.on_delete is CASCADE
        for part in relation.related_model._base_manager.filter(**{relation.field.name: obj})
    ]
    before = snapshot(obj) | ({"parts": parts} if parts else {})
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


def _save_formset(formset, by, day, *, paper, reason):
    shown = {form.instance.pk: form.initial for form in formset.initial_forms}
    rows = formset.save(commit=False)
    for obj in (*rows, *formset.deleted_objects):
        require(may_edit(by, obj, day))
        require_open(obj, paper=paper, reason=reason)
    changed = dict(formset.changed_objects)
    for obj in formset.deleted_objects:
        yield {"model": obj._meta.label_lower, "removed": snapshot(obj)}
        obj.delete()
    for obj in rows:
        obj.save()
    formset.save_m2m()
    for obj in formset.new_objects:
        yield {"model": obj._meta.label_lower, "added": snapshot(obj)}
    for obj, names in changed.items():
        yield {
            "model": obj._meta.label_lower,
            "key": obj.pk,
            "before": {name: shown[obj.pk].get(name) for name in names},
            "after": {name: value for name, value in snapshot(obj).items() if name in names},
        }
