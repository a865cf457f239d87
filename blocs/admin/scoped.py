"""The admin as a door of ours: everything it shows is scoped, everything it changes is an act.

It stands here and not in config because it calls the acts `edit` and `remove`.
"""

from collections import Counter

from django.contrib import admin, messages
from django.contrib.admin import widgets
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, router
from django.db.models import BigIntegerField, DecimalField, IntegerField, TextField
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.choices import BaseChoiceIterator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import actions
from blocs.admin.lists import ScopedList
from blocs.contributions import registry
from blocs.forms import NumberField, NumberInput, PaperRecordForm, VersionedForm, WholeNumberField
from blocs.history import differing, history_of
from blocs.models import Versioned
from blocs.permissions import Refused, closed_window, has_post, may_edit, windows
from blocs.versions import Stale
from config.keeping import sent_again

# How numbers are typed.
WHOLE_NUMBER = {"form_class": WholeNumberField, "widget": NumberInput}
TYPED = {
    IntegerField: WHOLE_NUMBER,
    BigIntegerField: WHOLE_NUMBER,
    DecimalField: {"form_class": NumberField, "widget": NumberInput},
}
SHOWN = ("shown_version", "shown")  # what a form says of how it was shown its row
MOST_ROWS = 20  # that may be opened at once for new parts of a row


def once(request, ask, *key):
    """The answer to a question, asked once in a request; Django asks for every part of a page."""
    known = request.__dict__.setdefault("asked", {})
    if key not in known:
        known[key] = ask()
    return known[key]


def may_keep(request, obj):
    """Whether the person may edit a row."""

    def ask():
        return bool(may_edit(request.user, obj, timezone.localdate()))

    return ask() if obj.pk is None else once(request, ask, "keep", obj._meta.label, obj.pk)


def window_of(request, obj):
    """Why the window of a row is closed, in words; empty while it is open, and for a row not saved yet."""

    def ask():
        refusal = closed_window(obj)
        return "" if refusal is None else str(refusal)

    is_governed = obj and obj.pk and type(obj) in windows
    return once(request, ask, "window", obj._meta.label, obj.pk) if is_governed else ""


class ReadOnce(BaseChoiceIterator):
    """Choices read from the database when they are first shown, once for all rows of an inline."""

    def __init__(self, choices):
        self.choices, self.kept = choices, None

    def __iter__(self):
        if self.kept is None:
            self.kept = list(self.choices)
        yield from self.kept


class Scoped:
    """What pages and inlines share: scoped rows, scoped choices, no side doors to other forms."""

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=self.visible(request).values("pk"))

    def visible(self, request):
        """The rows of this model that the person may see."""
        return self.model._default_manager.visible_to(request.user)

    def choices(self, db_field, request):
        """The related rows that the person may choose."""
        return db_field.remote_field.model._default_manager.visible_to(request.user).for_choice()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", self.choices(db_field, request))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.choices = ReadOnce(field.choices)
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", self.choices(db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for wish in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
            if field and hasattr(field.widget, wish):
                setattr(field.widget, wish, False)
        return field


class Parts(BaseInlineFormSet):
    """Parts of a row; one that somebody else has deleted since it was shown is told of, not hidden."""

    def clean(self):
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise ValidationError(
                _(
                    "Có dòng vừa được người khác xoá sau khi anh/chị mở trang. Chưa lưu gì: chép lại phần "
                    "chữ cần giữ rồi mở lại trang."
                )
            )


class ScopedParts(Scoped):
    """Parts of a row, governed by the permission to edit that row.

    Each knows the version that was shown of it: nobody overwrites what they never saw. `?them=3` opens three
    empty ones: where no script runs, nothing else adds them.
    """

    form = VersionedForm
    formset = Parts
    extra = 0
    formfield_overrides = TYPED | {
        TextField: {"widget": widgets.AdminTextareaWidget(attrs={"rows": 3, "cols": 30})}
    }

    def get_extra(self, request, obj=None, **kwargs):
        wish = request.GET.get("them", "")
        return min(int(wish[:3]), MOST_ROWS) if wish.isdecimal() else self.extra

    def get_fields(self, request, obj=None):
        return [*super().get_fields(request, obj), *(SHOWN if self._may(request, obj) else [])]

    def _may(self, request, obj):
        return obj is None or may_keep(request, obj)

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return self._may(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may(request, obj)


class ScopedInline(ScopedParts, admin.TabularInline):
    """Parts of a row as lines of a table."""


class ScopedStack(ScopedParts, admin.StackedInline):
    """Parts of a row one below the other, for parts of many fields."""


class ScopedModelAdmin(Scoped, ScopedList, admin.ModelAdmin):
    """A page of one model: reads what is visible, saves through `edit`, deletes through `remove`.

    `group` and `place` say where the model stands on the index, `note` in few words what it holds.
    """

    form = VersionedForm
    group = gettext_lazy("Hệ thống")
    place = 100
    note = ""
    view_on_site = False
    actions = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    formfield_overrides = TYPED | {TextField: {"widget": widgets.AdminTextareaWidget(attrs={"rows": 6})}}
    removable = False

    def may_add(self, request):
        """Whether this person may add rows of this model; the act asks again with the row itself."""
        return False

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return bool(has_post(request.user, obj, timezone.localdate())) if request.user.is_active else False

    def has_add_permission(self, request):
        return self.has_view_permission(request) and self.adds(request)

    def adds(self, request):
        """`may_add`, asked once in a request."""
        return once(request, lambda: self.may_add(request), "add", self.opts.label)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return self.has_view_permission(request)
        return may_keep(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.removable and obj is not None and self.has_change_permission(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        return self._with_rows(request, obj, super().response_add)

    def response_change(self, request, obj):
        return self._with_rows(request, obj, super().response_change)

    def _with_rows(self, request, obj, answer):
        """The way on after a save; to the same row with empty lines where those were asked for."""
        wish = request.POST.get("_them", "")
        if not wish.isdecimal():
            return answer(request, obj)
        request.POST = request.POST.copy()
        request.POST["_continue"] = wish
        answer(request, obj)  # for its message
        change = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        return HttpResponseRedirect(f"{change}?them={wish}")

    def save_model(self, request, obj, form, change):
        """Nothing yet: save_related saves form and formsets together, as one act."""

    def save_related(self, request, form, formsets, change):
        twin = {}
        if isinstance(form, PaperRecordForm):
            twin = {"paper": form.paper(), "reason": form.cleaned_data["reason"]}
        actions.edit(form=form, formsets=formsets, by=request.user, **twin)

    def delete_model(self, request, obj):
        actions.remove(obj=obj, by=request.user)

    def log_addition(self, request, obj, message):
        """The act has written the journal; Django's own log stays empty."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """The act has written the journal; Django's own log stays empty."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        if self.model in windows and issubclass(self.form, VersionedForm):
            kwargs["form"] = PaperRecordForm
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        form.window = window_of(request, obj)
        return form

    def get_fields(self, request, obj=None):
        """The fields; the version that a form was shown only where the form can be saved.

        Those of the paper twin stand folded below them.
        """
        fields = super().get_fields(request, obj)
        saves = self.has_add_permission(request) if obj is None else self.has_change_permission(request, obj)
        hidden = {*PaperRecordForm.PAPER} if saves else {*PaperRecordForm.PAPER, *SHOWN}
        return [name for name in fields if name not in hidden]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Shows a refused save with its reason and a stale one with both texts; what was typed stays."""
        context = self._with_ways(request, object_id, extra_context)
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except Stale as stale:
            return self._stale(request, stale)
        except Refused as refused:
            request.refusal = str(refused)
        except IntegrityError:
            request.refusal = _("Dữ liệu vừa được người khác ghi cùng lúc. Chưa lưu gì: hãy làm lại.")
        for upload in request.FILES.values():
            upload.seek(0)  # read once already
        return super().changeform_view(request, object_id, form_url, context)

    def get_deleted_objects(self, objs, request):
        """What goes with a row and what keeps it, by kind and number: names would be asked for one by one."""
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        going = Counter(
            {
                model._meta.verbose_name_plural: len(rows)
                for model, rows in collector.model_objs.items()
                if not model._meta.auto_created
            }
        )
        keeping = Counter(row._meta.verbose_name_plural for row in collector.protected)
        return _numbered(going), going, set(), _numbered(keeping)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.get_full_path())

    def history_view(self, request, object_id, extra_context=None):
        """The journal's entries about a row that this person may see."""
        obj = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Nhật ký"),
            "subtitle": str(obj),
            "object": obj,
            "opts": self.opts,
            "entries": history_of(obj, with_changes=True),
            **(extra_context or {}),
        }
        return render(request, "admin/object_history.html", context)

    def page_of(self, obj):
        """The web page of a row, or of the row it belongs to; empty where neither has one."""
        for each in (obj, obj.root() if isinstance(obj, Versioned) else obj):
            if hasattr(each, "get_absolute_url"):
                return each.get_absolute_url()
        return ""

    def _with_ways(self, request, object_id, extra_context):
        """The object's web page (or that of what it belongs to) and the buttons of upper apps."""
        ways = {"page": "", "buttons": [], "show_save_and_add_another": False}
        found = self.get_queryset(request).filter(pk=object_id).first() if _is_key(object_id) else None
        ways["show_paper"] = self.has_change_permission(request, found) if found else not object_id
        if found:
            ways["page"] = self.page_of(found)
            ways["buttons"] = registry.buttons_of(self.opts.label_lower, [found], request.user)[found.pk]
        return ways | (extra_context or {})

    def _stale(self, request, stale):
        """Both texts of what both have changed, and the own page to be sent again by one button."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Dữ liệu đã được sửa ở nơi khác"),
            "subtitle": str(stale.row),
            "refusal": stale.refusal,
            "last": history_of(stale.row)[:1],
            "differing": list(differing(stale)),
            "fields": list(sent_again(request.POST, stale.newer).items()),
            "files": [(name, file.name) for name, file in request.FILES.items()],
            "address": request.get_full_path(),
            "opts": self.opts,
        }
        return render(request, "admin/stale.html", context, status=409)


def _numbered(counts):
    return [f"{capfirst(name)}: {number}" for name, number in counts.items()]


def _is_key(object_id):
    return object_id is not None and str(object_id).isdecimal()


class ReadOnlyAdmin(ScopedModelAdmin):
    """A page that only shows: what changes these rows is an act elsewhere."""

    form = ModelForm

    def has_change_permission(self, request, obj=None):
        return False
