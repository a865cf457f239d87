"""Whom a meeting of a bloc expects: one representative of each of its units."""

from blocs.models import Post
from campaigns.models import Attendance


def expected(bloc_year, day=None):
    """One attendance, not saved yet, for each unit seated on a day, in the order of the bloc.

    The seat's representative, or "Đại diện" with the unit's name while nobody is named. How the person is
    addressed comes from the person's own row, where the unit has one of that name.
    """
    day = day or bloc_year.year.last_day
    seats = [seat for seat in bloc_year.seats_in_order() if seat.unit_id and seat.holds_on(day)]
    addressed = _addressed(seats)
    return [
        Attendance(
            place=place,
            unit=seat.unit,
            address_form=addressed.get((seat.unit_id, seat.representative), ""),
            name=seat.representative,
            title=seat.representative_title or f"Đại diện {seat.unit.name(day)}",
            capacity=Attendance.Capacity.MEMBER,
            presence=Attendance.Presence.EXPECTED,
            is_invited=True,
        )
        for place, seat in enumerate(seats, 1)
    ]


def in_order(attendances):
    """Attendances as they sit: the ministry, the department, the units, then guests."""
    ranks = list(Attendance.Capacity)
    return sorted(attendances, key=lambda each: (ranks.index(each.capacity), each.place))


def voters(attendances):
    """How many units of the bloc are present: each has one vote."""
    return len(
        {
            each.unit_id
            for each in attendances
            if each.unit_id
            and each.capacity == Attendance.Capacity.MEMBER
            and each.presence == Attendance.Presence.PRESENT
        }
    )


def _addressed(seats):
    """{(unit, name): form of address} of the representatives, in one query."""
    posts = Post.objects.filter(
        unit__in=[seat.unit_id for seat in seats],
        person__full_name__in={seat.representative for seat in seats if seat.representative},
    )
    return {
        (unit, name): address
        for unit, name, address in posts.values_list("unit", "person__full_name", "person__address_form")
        if address
    }
