"""Which units lead and sit in many bloc-years at once, as `BlocYear.leading_units` says it of one."""

from collections import defaultdict

from django.db.models import Prefetch

from blocs.models import UnitState
from campaigns.models import Seat

MOST_DEPUTIES = 2


def seats_with_units():
    """The seats of bloc-years with their units, for all rows of a list at once."""
    return Prefetch(
        "seats", Seat.objects.select_related("unit").prefetch_related("unit__states").order_by("pk")
    )


def seats_without_names():
    """The same without the names of the units, which read_names() reads of those that a page shows."""
    return Prefetch("seats", Seat.objects.select_related("unit").order_by("pk"))


def read_names(seats, user, *units):
    """Have the units of seats and others know their names.

    So do those of a person's posts, for the head of the page.
    """
    seated = [seat.unit for seat in seats if seat.unit]
    UnitState.objects.read_for([*seated, *units, *(post.unit for post in user.standing().posts if post.unit)])


def leading_units(bloc_years, day):
    """{bloc-year key: keys of the units that lead it on a day}, in at most one query for all of them.

    None where a page has asked for the seats already and every bloc has its leader.
    """
    known = {each.pk: _own_leaders(each) for each in bloc_years}
    found = {
        each.pk: {seat.unit_id for seat in known[each.pk] if seat.holds_on(each.nearest_day(day))}
        for each in bloc_years
        if known[each.pk]
    }
    unknown = [each for each in bloc_years if not known[each.pk]]
    return found | (_nearest_leaders(unknown, day) if unknown else {})


def _own_leaders(bloc_year):
    """The leaders' seats of a year, as far as a page has asked for its seats already."""
    seats = getattr(bloc_year, "_prefetched_objects_cache", {}).get("seats", [])
    return [seat for seat in seats if seat.role == Seat.Role.LEADER and seat.unit_id]


def _nearest_leaders(bloc_years, day):
    """Those of the year, or of the nearest one before it whose leader is named."""
    named = defaultdict(dict)  # {bloc: {bloc-year: its leaders' seats}}
    blocs = {each.bloc_id for each in bloc_years}
    seats = Seat.objects.filter(role=Seat.Role.LEADER, unit__isnull=False, bloc_year__bloc__in=blocs)
    for seat in seats.select_related("bloc_year__year"):
        named[seat.bloc_year.bloc_id].setdefault(seat.bloc_year, []).append(seat)
    return {each.pk: _leading(each, named[each.bloc_id], day) for each in bloc_years}


def seated_units(bloc_year, day):
    """The keys of the units that sit in a bloc on a day, asked of the seats that a page has already."""
    day = bloc_year.nearest_day(day)
    return {seat.unit_id for seat in bloc_year.seats.all() if seat.unit_id and seat.holds_on(day)}


def _leading(bloc_year, named, day):
    """The leaders of the bloc-year, or of the nearest one before whose leader is named."""
    known = [each for each in named if each.year.first_day <= bloc_year.year.first_day]
    if not known:
        return set()
    nearest = max(known, key=lambda each: each.year.first_day)
    day = nearest.nearest_day(bloc_year.nearest_day(day))
    return {seat.unit_id for seat in named[nearest] if seat.holds_on(day)}
