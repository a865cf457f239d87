"""Proposals and exemplars in the admin, and the catalogue to look things up in."""

from django.contrib import admin

from awards.models import AwardKind, AwardName, Exemplar, Nomination
from blocs.scoped_admin import ReadOnlyAdmin, ScopedInline
from campaigns.admin import CATALOGUE, BlocRecordAdmin


@admin.register(Nomination)
class NominationAdmin(BlocRecordAdmin):
    place = 5
    list_display = ["award", "place", "recipient", "bloc_year"]
    list_select_related = ["award", "unit", "person", "bloc_year__year"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("award__names", "unit__states")


@admin.register(Exemplar)
class ExemplarAdmin(BlocRecordAdmin):
    place = 4
    list_display = ["kind", "place", "recipient", "bloc_year"]
    list_filter = ["bloc_year", "kind"]
    list_select_related = ["unit", "person", "bloc_year__year"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("unit__states")


class AwardNameInline(ScopedInline):
    model = AwardName
    fields = ["name", "first_day", "last_day", "citation", "is_verified"]

    def _may(self, request, obj):
        return False


@admin.register(AwardKind)
class AwardKindAdmin(ReadOnlyAdmin):
    group, place = CATALOGUE, 53
    list_display = ["code", "__str__", "level", "form"]
    list_filter = ["level", "form"]
    inlines = [AwardNameInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("names")
