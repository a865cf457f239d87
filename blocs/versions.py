"""Nobody overwrites what they never saw: what both have changed of a row since a page was shown."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from blocs.history import both_texts
from blocs.permissions import Refusal, Refused, refuse


@dataclass(frozen=True)
class StalePart:
    """A part of a row that somebody else has saved since it was shown, with both texts of what both changed.

    `yours` is None where it was to be deleted.
    """

    row: object
    theirs: dict
    yours: dict | None


class Stale(Refused):
    """Somebody else has saved the row since it was shown, or `parts` of it, otherwise; carries both texts.

    Nothing is saved. `newer` are the fields {name in the page: value} by which the page that was sent would
    be shown what is saved now: sent again with them, it writes over it.
    """

    def __init__(self, theirs, yours, row=None, parts=(), newer=None):
        self.theirs, self.yours, self.row, self.parts = theirs, yours, row, parts
        self.newer = newer or {}
        super().__init__(
            Refusal(
                _(
                    "Người khác, hoặc chính anh/chị ở một trang khác, vừa sửa dữ liệu này. Chưa lưu gì: hãy "
                    "so hai bản dưới đây."
                )
            )
        )

    def __str__(self):
        return " ".join(filter(None, [str(self.refusal), both_texts(self)]))


class Unchanged(Refused):
    """All is kept already as it was told."""

    def __init__(self):
        super().__init__(Refusal(_("Không có gì thay đổi để ghi.")))


def snapshot(obj):
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


def require_newest(form, kept, formsets=()):
    """Refuse to write over what somebody else has saved since the page was shown: Stale, with both texts.

    `kept` is the form's row as it stands, locked. What was not touched on the page becomes as it stands.
    """
    theirs, yours, newer, parts = {}, {}, {}, []
    if clashing := _clashing(form, kept):
        theirs, yours = _told(kept, clashing), _told(form.instance, clashing)
        newer |= form.newer(kept)
    for formset in formsets:
        for part, more in _stale_parts(formset):
            parts.append(part)
            newer |= more
    if clashing or parts:
        raise Stale(theirs, yours, row=kept, parts=parts, newer=newer)


def _clashing(form, kept):
    """The names of the fields that both have changed since the form was shown its row."""
    is_newest = form.cleaned_data.get("shown_version") == kept.version
    return [] if is_newest or not form.has_changed() else form.merge(kept)


def _stale_parts(formset):
    """(part, newer) of those to be changed or deleted that somebody else has saved since, all locked."""
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
        if form in formset.deleted_forms:
            if changed := form.changed_by(row):
                yield StalePart(row, _told(row, changed), None), form.newer(row)
        elif clashing := _clashing(form, row):
            yield StalePart(row, _told(row, clashing), _told(form.instance, clashing)), form.newer(row)


def _told(row, names):
    """{field: value} of some fields of a row; of what is joined to it nothing."""
    stored = snapshot(row) if row.pk else {}
    return {name: stored.get(name) for name in names}
