"""The steps of a bloc's year that this app knows: pledge, campaigns, activities, conference, election."""

from collections import defaultdict

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs import days
from blocs.contributions import Progress, Step, registry
from campaigns.models import BlocYear, Campaign, Meeting, Seat


def register():
    """Put this app's steps on the timeline."""
    registry.steps.append(steps)


def steps(bloc_years, user):
    """{bloc-year key: steps}, in the same number of queries for one bloc-year and for many."""
    prefetch_related_objects(bloc_years, "pledges", "meetings", "year", "bloc")
    campaigns = _own_campaigns(bloc_years)
    elected = _elected(bloc_years)
    return {
        each.pk: [
            _pledge(each),
            _campaigns(each, campaigns[each.pk]),
            *_meetings(each),
            _election(each, elected[each.pk]),
        ]
        for each in bloc_years
    }


def not_known_yet(bloc_year):
    """What a step is of which nothing is known: to come, or left open by a year that is over."""
    over = bloc_year.year.last_day < timezone.localdate()
    return Progress.UNKNOWN if over else Progress.WAITING


def page(bloc_year, name="bloc-year", anchor=""):
    """A page of this bloc-year."""
    return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code]) + anchor


def _pledge(bloc_year):
    pledge = next(iter(bloc_year.pledges.all()), None)
    progress, summary = not_known_yet(bloc_year), ""
    if pledge:
        progress = Progress.DONE if pledge.signed_on else Progress.UNDER_WAY
        summary = f"“{pledge.theme}”" if pledge.theme else ""
    return Step(
        key="pledge",
        place=10,
        title=_("Giao ước thi đua"),
        progress=progress,
        summary=summary,
        day=pledge.signed_on if pledge else None,
        who=bloc_year.leader_label,
        address=page(bloc_year, anchor="#pledge"),
        action=_("Ghi việc ký giao ước") if pledge else _("Ghi giao ước thi đua"),
    )


def _campaigns(bloc_year, campaigns):
    return Step(
        key="campaigns",
        place=20,
        title=_("Phong trào thi đua"),
        progress=Progress.DONE if campaigns else not_known_yet(bloc_year),
        summary="; ".join(str(campaign) for campaign in campaigns),
        who=_("Các đơn vị trong Khối"),
        address=page(bloc_year, anchor="#campaigns"),
        action=_("Ghi phong trào thi đua"),
    )


def _meetings(bloc_year):
    meetings = list(bloc_year.meetings.all())
    activities = [each for each in meetings if each.kind != Meeting.Kind.YEAR_END]
    conference = next((each for each in meetings if each.kind == Meeting.Kind.YEAR_END), None)
    held = conference and conference.first_day and conference.last_day <= timezone.localdate()
    yield Step(
        key="activities",
        place=30,
        title=_("Hoạt động của Khối"),
        progress=Progress.DONE if activities else not_known_yet(bloc_year),
        summary="; ".join(each.title for each in activities),
        who=bloc_year.leader_label,
        address=page(bloc_year, anchor="#activities"),
        action=_("Ghi hoạt động của Khối"),
    )
    yield Step(
        key="conference",
        place=50,
        title=_("Hội nghị tổng kết"),
        progress=Progress.DONE if held else Progress.UNDER_WAY if conference else not_known_yet(bloc_year),
        summary=conference.place_name if conference else "",
        day=conference.first_day if conference and conference.is_one_day else None,
        who=bloc_year.leader_label,
        address=conference_page(bloc_year, conference),
        action=_("Ghi kết quả Hội nghị tổng kết") if conference else _("Ghi Hội nghị tổng kết"),
    )


def conference_page(bloc_year, meeting):
    """The page of a meeting, or the place where meetings stand while there is none."""
    if meeting is None:
        return page(bloc_year, anchor="#activities")
    return reverse("meeting", args=[bloc_year.year.code, bloc_year.bloc.code, meeting.pk])


def _election(bloc_year, seats):
    named = [seat for seat in seats if seat.unit_id]
    if named:
        progress = Progress.DONE
        summary = "; ".join(f"{seat.role_label}: {seat.unit.short_name()}" for seat in named)
    elif seats:
        progress, summary = Progress.UNDER_WAY, _("Đã bầu, chưa ghi tên đơn vị được bầu")
    else:
        progress, summary = not_known_yet(bloc_year), ""
    return Step(
        key="election",
        place=80,
        title=_("Bầu %(leader)s, %(deputy)s năm sau")
        % {"leader": bloc_year.leader_label, "deputy": bloc_year.deputy_label},
        progress=progress,
        summary=summary,
        who=_("Hội nghị"),
        address=page(bloc_year, anchor="#next-year"),
        action=_("Ghi tên đơn vị được bầu") if seats else _("Ghi kết quả bầu"),
    )


def _own_campaigns(bloc_years):
    """{bloc-year key: campaigns of the bloc and of the ministry that run in its year}."""
    found = defaultdict(list)
    known = list(Campaign.objects.filter(bloc_year__in=bloc_years) | Campaign.objects.filter(bloc_year=None))
    for bloc_year in bloc_years:
        year = bloc_year.year
        found[bloc_year.pk] = [
            each
            for each in known
            if each.bloc_year_id in (None, bloc_year.pk)
            and each.first_day <= year.last_day
            and each.last_day >= year.first_day
        ]
    return found


def _elected(bloc_years):
    """{bloc-year key: seats of leader and deputies in the same bloc's next year}."""
    later = BlocYear.objects.filter(bloc__in=[each.bloc_id for each in bloc_years]).select_related("year")
    later = list(later.order_by("year__first_day"))
    following = {
        each.pk: next(
            (
                other.pk
                for other in later
                if other.bloc_id == each.bloc_id and other.year.first_day > each.year.first_day
            ),
            None,
        )
        for each in bloc_years
    }
    seats = Seat.objects.filter(bloc_year__in=[key for key in following.values() if key])
    seats = seats.filter(role__in=[Seat.Role.LEADER, Seat.Role.DEPUTY]).select_related("unit", "bloc_year")
    by_year = defaultdict(list)
    for seat in seats.prefetch_related("unit__states").order_by("pk"):
        by_year[seat.bloc_year_id].append(seat)
    return {key: by_year[after] for key, after in following.items()}


def when(meeting):
    """The day or period of a meeting in words, empty while it is not known."""
    return days.period(meeting.first_day, meeting.last_day) if meeting.first_day else ""
