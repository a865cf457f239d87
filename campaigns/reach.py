"""Which units and blocs people meet in their work: those they share a bloc-year with."""

from blocs.contributions import Reach, registry
from campaigns.models import BlocYear, Seat


def register():
    """Answer the registry's question."""
    registry.reach = reach


def reach(unit_ids):
    """Units and blocs of the bloc-years in which one of these units has a seat."""
    bloc_years = Seat.objects.filter(unit__in=unit_ids).values("bloc_year")
    return Reach(
        units=Seat.objects.filter(bloc_year__in=bloc_years, unit__isnull=False).values("unit"),
        blocs=BlocYear.objects.filter(pk__in=bloc_years).values("bloc"),
    )
