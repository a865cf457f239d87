"""Filters of the year's lists."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blocs.models import Unit
from blocs.text import fold
from campaigns.models import BlocYear, Task


class BlocYearFilter(django_filters.FilterSet):
    """Blocs of a year by name, without accents or case, and by whether a leader is known."""

    q = django_filters.CharFilter(label=_("Tên khối"), method="by_name")
    leader = django_filters.ChoiceFilter(
        label=_("Đơn vị đứng đầu"),
        empty_label=_("Tất cả"),
        choices=[("known", _("Đã biết")), ("unknown", _("Chưa biết"))],
        method="by_leader",
    )
    sort = django_filters.OrderingFilter(
        fields={"bloc__place": "place", "sort_key": "name"}, widget=forms.HiddenInput
    )

    class Meta:
        model = BlocYear
        fields = []

    def by_name(self, queryset, name, value):
        return queryset.filter(search_key__contains=fold(value))

    def by_leader(self, queryset, name, value):
        known = Q(pk__in=queryset.filter(seats__role="leader", seats__unit__isnull=False).values("pk"))
        return queryset.filter(known if value == "known" else ~known)


class TaskFilter(django_filters.FilterSet):
    """Tasks by how they stand, by unit and by the day they are due."""

    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"),
        empty_label=_("Tất cả"),
        choices=[("open", _("Đang làm")), ("late", _("Quá hạn")), ("done", _("Đã xong"))],
        method="by_state",
    )
    unit = django_filters.ChoiceFilter(
        label=_("Đơn vị thực hiện"), empty_label=_("Tất cả"), field_name="unit_id"
    )
    due = django_filters.DateFilter(label=_("Hạn đến hết ngày"), field_name="due", lookup_expr="lte")

    class Meta:
        model = Task
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=self.queryset.values("unit")).prefetch_related("states")
        self.filters["unit"].extra["choices"] = [
            (unit.pk, unit.name()) for unit in units.order_by("decree_place", "pk")
        ]

    def by_state(self, queryset, name, value):
        if value == "done":
            return queryset.filter(done_on__isnull=False)
        late = {"due__lt": timezone.localdate()} if value == "late" else {}
        return queryset.filter(done_on__isnull=True, **late)
