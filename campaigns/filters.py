"""Filters of the year's lists."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blocs.text import fold
from campaigns.models import BlocYear


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
