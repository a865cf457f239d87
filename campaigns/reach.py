"""Which units and blocs people meet in their work, and which meetings they may read of."""

from django.db.models import Q

from blocs.contributions import Reach, registry
from blocs.models import Unit
from campaigns.models import Attendance, BlocYear, Meeting, Seat


def register():
    """Answer the registry's question."""
    registry.reach = reach


def may_read(user, meeting):
    """Whether a person may read what a meeting dealt with, not only that it takes place."""
    standing = user.standing()
    if meeting.kind != Meeting.Kind.PREPARATORY or standing.sees_all:
        return True
    return Meeting.objects.filter(pk=meeting.pk).open_to(standing.unit_ids).exists()


def reach(unit_ids):
    """Units and blocs of the bloc-years in which one of these units has a seat.

    Besides the units seated there: who organises, hosts and attends, so that a form can show them.
    """
    seated = Seat.objects.filter(unit__in=unit_ids).values("bloc_year")
    meetings = Meeting.objects.filter(bloc_year__in=seated)
    units = Unit.objects.filter(
        Q(pk__in=Seat.objects.filter(bloc_year__in=seated).values("unit"))
        | Q(pk__in=BlocYear.objects.filter(pk__in=seated).values("organiser"))
        | Q(pk__in=meetings.values("host"))
        | Q(pk__in=Attendance.objects.filter(meeting__in=meetings).values("unit"))
    )
    led = BlocYear.objects.led_by(unit_ids)
    return Reach(
        units=units.values("pk"),
        people=Seat.objects.filter(bloc_year__in=led, unit__isnull=False).values("unit"),
        blocs=BlocYear.objects.filter(pk__in=seated).values("bloc"),
    )
