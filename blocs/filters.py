"""Filters of the lists of this app."""

import django_filters
from django import forms
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blocs.forms.accounts import UnitChoice
from blocs.models import Invitation, Person, Post
from blocs.text import fold

ROLES = [each for each in Post.Role.choices if each[0] != Post.Role.OPERATOR]


class UnitFilter(django_filters.Filter):
    """Rows of one unit among those that the person may see."""

    field_class = UnitChoice

    @property
    def field(self):
        field = super().field
        field.empty_label = _("Tất cả")
        field.offer_to(self.parent.request.user)
        return field


class PersonFilter(django_filters.FilterSet):
    """People by name, by the unit and role of a post of today, and by how their account stands."""

    q = django_filters.CharFilter(label=_("Họ tên, tên đăng nhập"), method="by_name")
    unit = UnitFilter(label=_("Đơn vị"), method="by_unit")
    role = django_filters.ChoiceFilter(
        label=_("Nhiệm vụ"), choices=ROLES, empty_label=_("Tất cả"), method="by_role"
    )
    account = django_filters.ChoiceFilter(
        label=_("Tài khoản"),
        empty_label=_("Tất cả"),
        choices=[
            ("active", _("Đang dùng")),
            ("slip", _("Chờ nhập mã")),
            ("none", _("Chưa có tài khoản")),
            ("stopped", _("Đã ngừng")),
        ],
        method="by_account",
    )
    sort = django_filters.OrderingFilter(fields={"sort_key": "name"}, widget=forms.HiddenInput)

    class Meta:
        model = Person
        fields = []

    def by_name(self, queryset, name, value):
        return queryset.filter(
            Q(search_key__contains=fold(value)) | Q(user__username__startswith=fold(value))
        )

    def by_unit(self, queryset, name, value):
        return queryset.filter(Exists(self._posts().filter(unit=value))) if value else queryset

    def by_role(self, queryset, name, value):
        return queryset.filter(Exists(self._posts().filter(role=value)))

    def by_account(self, queryset, name, value):
        waits = Exists(Invitation.objects.open().filter(user__person=OuterRef("pk")))
        return queryset.filter(
            {
                "none": Q(user=None),
                "stopped": Q(user__is_active=False),
                "slip": Q(waits),
                "active": Q(user__is_active=True)
                & ~Q(("user__password__startswith", UNUSABLE_PASSWORD_PREFIX)),
            }[value]
        )

    def _posts(self):
        today = timezone.localdate()
        posts = Post.objects.filter(person=OuterRef("pk"))
        return posts.filter(Q(last_day=None) | Q(last_day__gte=today))


class PostFilter(django_filters.FilterSet):
    """Posts by who holds them, unit, role, and by a day on which they are held."""

    q = django_filters.CharFilter(label=_("Họ tên"), method="by_name")
    unit = UnitFilter(label=_("Đơn vị"))
    role = django_filters.ChoiceFilter(label=_("Nhiệm vụ"), choices=ROLES, empty_label=_("Tất cả"))
    day = django_filters.DateFilter(label=_("Giữ vào ngày"), method="by_day")
    sort = django_filters.OrderingFilter(
        fields={"person__sort_key": "name", "first_day": "from", "last_day": "to"}, widget=forms.HiddenInput
    )

    class Meta:
        model = Post
        fields = []

    def by_name(self, queryset, name, value):
        return queryset.filter(person__search_key__contains=fold(value))

    def by_day(self, queryset, name, value):
        return queryset.held_on(value)
