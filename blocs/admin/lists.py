"""What every list of the admin does: scoped filters, search without accents, lawful order, a spreadsheet."""

from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, TextField
from django.http import HttpResponseRedirect
from django.utils.text import capfirst

from blocs.exports import spreadsheet
from blocs.text import fold, slug


class ScopedRelatedFilter(RelatedFieldListFilter):
    """A filter by a related row that lists only the rows this person may see."""

    def field_choices(self, field, request, model_admin):
        rows = field.remote_field.model._default_manager.visible_to(request.user).for_choice()
        return [(row.pk, str(row)) for row in rows]


class ScopedList:
    """The list of one model as its admin page shows it, and the same rows as a spreadsheet."""

    def get_list_filter(self, request):
        return [
            (name, ScopedRelatedFilter) if isinstance(name, str) and self._is_relation(name) else name
            for name in super().get_list_filter(request)
        ]

    def _is_relation(self, name):
        return self.opts.get_field(name).is_relation

    def get_sortable_by(self, request):
        """Columns by which the database may sort: no text, whose order is not the same on every server."""
        text = {
            field.name
            for field in self.opts.fields
            if isinstance(field, CharField | TextField) and field.db_collation != "C"
        }
        return [name for name in super().get_sortable_by(request) if name not in text]

    def get_search_results(self, request, queryset, search_term):
        """Words are folded where folded names are searched: found with and without accents."""
        if any(name.endswith("search_key") for name in self.get_search_fields(request)):
            search_term = fold(search_term)
        return super().get_search_results(request, queryset, search_term)

    def lookup_allowed(self, lookup, value, request):
        return "__" not in lookup or super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request, extra_context=None):
        """The list, or with `?export=xlsx` all its rows, filtered and ordered as shown, as a spreadsheet."""
        query = request.GET.copy()
        wish = query.pop("export", None)
        request.GET = query  # else the list takes the wish for a filter that it does not know
        if wish == ["xlsx"]:
            return self._export(request)
        query = query.copy()
        query.pop("p", None)
        query["export"] = "xlsx"
        return super().changelist_view(request, {"export": f"?{query.urlencode()}", **(extra_context or {})})

    def _export(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            shown = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(request.path)
        columns = [name for name in shown.list_display if name != "action_checkbox"]
        header = [capfirst(label_for_field(name, self.model, self)) for name in columns]
        rows = ([self._in_cell(name, row) for name in columns] for row in shown.queryset)
        return spreadsheet(slug(str(self.opts.verbose_name_plural)), header, rows)

    def _in_cell(self, name, row):
        """What a column says of a row: related rows and choices in words."""
        field, attribute, value = lookup_field(name, row, self)
        if field is None:
            return getattr(attribute, "empty_value_display", "") if value is None else value
        if field.is_relation:
            return getattr(row, field.name)
        return dict(field.flatchoices).get(value, value)
