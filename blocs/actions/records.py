"""Editing rows: one door for the admin, the web pages and commands."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import Refusal, Refused, may_edit, require


class Stale(Refused):
    """Somebody else has saved the row since it was shown; carries both texts, nothing is saved."""

    def __init__(self, theirs, yours):
        self.theirs, self.yours = theirs, yours
        super().__init__(
            Refusal(
                _(
                    "Người khác vừa sửa dữ liệu này sau khi bạn mở trang. Chưa lưu gì: "
                    "hãy so hai bản dưới đây, rồi sửa lại từ bản mới."
                )
            )
        )


@act("record.edit", gettext_lazy("Sửa dữ liệu"))
def edit(*, form, by, formsets=(), reason="", paper=None):
    """Save a valid form and its formsets, and return the row.

    Locks the row's root first. A new row is added, a known one must still have the version the form was shown
    (`Stale` otherwise, with both texts). The journal keeps the difference.
    """
    day = timezone.localdate()
    obj = form.instance
    _lock_root(obj)
    post = require(may_edit(by, obj, day))
    before = {}
    if obj.pk:
        kept = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
        require(may_edit(by, kept, day))
        before = snapshot(kept)
        if kept.version != form.cleaned_data["shown_version"]:
            raise Stale(theirs=before, yours=snapshot(obj))
        obj.version = kept.version + 1
    form.save()
    form.save_m2m()
    parts = [change for formset in formsets for change in _save_formset(formset)]
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
def remove(*, obj, by, reason=""):
    """Delete a row that nothing else refers to; the journal keeps what stood in it."""
    _lock_root(obj)
    post = require(may_edit(by, obj, timezone.localdate()))
    record(obj, by=by, post=post, before=snapshot(obj), reason=reason)
    obj.delete()


def snapshot(obj):
    """The stored fields of a row by name, as the journal keeps them."""
    return {
        field.name: field.value_from_object(obj)
        for field in obj._meta.concrete_fields
        if not field.primary_key
    }


def _lock_root(obj):
    root = obj.root()
    if root.pk:
        type(root)._base_manager.select_for_update().get(pk=root.pk)


def _save_formset(formset):
    before = {form.instance.pk: snapshot_kept(form) for form in formset.initial_forms}
    formset.save()
    for obj in formset.new_objects:
        yield {"model": obj._meta.label_lower, "added": snapshot(obj)}
    for obj, _changed in formset.changed_objects:
        yield {
            "model": obj._meta.label_lower,
            "key": obj.pk,
            "before": before[obj.pk],
            "after": snapshot(obj),
        }
    for obj in formset.deleted_objects:
        yield {"model": obj._meta.label_lower, "removed": snapshot(obj)}


def snapshot_kept(form):
    """What a bound form's row held before the form changed it."""
    return {name: form.initial.get(name) for name in form.fields if name in form.initial}
