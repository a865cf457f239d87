"""The steps of a bloc's year that this app knows: from its plan to the hand-over to the next leader.

What was voted is known here as far as the year-end conference recorded what came of it.
"""

from collections import defaultdict

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _  # said only where it is shown

from blocs import days
from blocs.contributions import Progress, Step, registry
from blocs.models import Post
from campaigns.leaders import seated_units
from campaigns.models import AgendaItem, Campaign, Meeting, Seat
from campaigns.timeline.facts import facts_of
from campaigns.windows import OF_MEETING
from config.addresses import address

Role = Post.Role


def register():
    """Put this app's steps on the timeline."""
    registry.steps.append(steps)


def steps(bloc_years, users):
    """What writes the steps, read in the same number of queries for one bloc-year and for many.

    The key of the bloc's next year is kept with each as `following`, None where there is none yet.
    """
    prefetch_related_objects(bloc_years, "pledges", "meetings", "seats", "year", "bloc")
    known = facts_of(bloc_years)
    campaigns, outcomes, handovers = _own_campaigns(bloc_years), known.outcomes, known.handovers
    elected = _elected(bloc_years, known)
    same_for_all = {
        each.pk: [
            _pledge(each, known),
            _campaigns(each, campaigns[each.pk]),
            _activities(each),
            *_meetings(each),
            _election(each, elected[each.pk]),
        ]
        for each in bloc_years
    }
    return lambda each, user: [
        *same_for_all[each.pk],
        _plan(each, user),
        _vote(each, user, outcomes[each.pk]),
        _handover(each, user, elected[each.pk], handovers.get(each.pk)),
    ]


def not_known_yet(bloc_year):
    """What a step is of which nothing is known: to come, or left open by a year that is over."""
    over = bloc_year.year.last_day < timezone.localdate()
    return Progress.UNKNOWN if over else Progress.WAITING


def page(bloc_year, name="bloc-year", anchor=""):
    """A page of this bloc-year."""
    return address(name, bloc_year.year.code, bloc_year.bloc.code) + anchor


def opens_to(user, bloc_year):
    """Whether the pages on which the leader's unit keeps its bloc's year open to a person: as `leads`."""
    standing = user.standing()
    if standing.post(Role.STAFF):
        return True
    keeps = standing.post(Role.SECRETARY, Role.OFFICER, unit_ids=bloc_year.leading)
    return keeps is not None and not bloc_year.closed_on


def hands_over(user, bloc_year, taking):
    """Whether the page of the hand-over opens to a person: to both sides, and to whoever sees everything."""
    standing = user.standing()
    return standing.sees_all or bool(bloc_year.leading.union(taking) & standing.unit_ids)


def _plan(bloc_year, user):
    issued = bloc_year.plan_issued_on
    return Step(
        key="plan",
        place=10,
        title=_("Kế hoạch của Khối"),
        progress=Progress.DONE if issued else not_known_yet(bloc_year),
        summary=bloc_year.plan_reference,
        day=issued,
        who=bloc_year.leader_label,
        address=page(bloc_year, "plan") if opens_to(user, bloc_year) else page(bloc_year, anchor="#steps"),
        action=_("Ghi số, ngày kế hoạch"),
        paper=page(bloc_year, "plan", "#paper"),
    )


def _pledge(bloc_year, known):
    pledge = next(iter(bloc_year.pledges.all()), None)
    progress, summary, unsigned = not_known_yet(bloc_year), "", set()
    if pledge:
        signed = known.signed[pledge.pk]
        # Who signed is asked only where the signatures of units are kept: often the day is all that is known.
        if signed or not pledge.is_signed:
            unsigned = seated_units(bloc_year, timezone.localdate()) - signed
        is_signed = (signed or pledge.is_signed) and not unsigned
        progress = Progress.DONE if is_signed else Progress.UNDER_WAY
        summary = f"“{pledge.theme}”" if pledge.theme else ""
    return Step(
        key="pledge",
        place=15,
        title=_("Giao ước thi đua"),
        progress=progress,
        summary=summary,
        day=pledge.signed_on if pledge and not unsigned else None,
        who=_("Các đơn vị trong Khối") if unsigned else bloc_year.leader_label,
        address=page(bloc_year, anchor="#pledge"),
        action=_("Ghi việc ký giao ước") if pledge else _("Ghi giao ước thi đua"),
        paper=page(bloc_year, "pledge-sign"),
        pending=tuple(sorted(unsigned)),
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


def _activities(bloc_year):
    found = [each for each in bloc_year.meetings.all() if each.kind not in OF_MEETING]
    return Step(
        key="activities",
        place=30,
        title=_("Hoạt động của Khối"),
        progress=Progress.DONE if found else not_known_yet(bloc_year),
        summary="; ".join(each.title for each in found),
        who=bloc_year.leader_label,
        address=page(bloc_year, anchor="#activities"),
        action=_("Ghi hoạt động của Khối"),
    )


def _meetings(bloc_year):
    """The meetings that are milestones of the year; done once held, as far as their days are known."""
    milestones = [
        (Meeting.Kind.MID_YEAR, 35, _("Sơ kết giữa năm"), _("Ghi Hội nghị sơ kết")),
        (Meeting.Kind.PREPARATORY, 45, _("Họp trù bị"), _("Ghi cuộc họp trù bị")),
        (Meeting.Kind.YEAR_END, 50, _("Hội nghị tổng kết"), _("Ghi Hội nghị tổng kết")),
    ]
    for kind, place, title, action in milestones:
        meeting = next((each for each in bloc_year.meetings.all() if each.kind == kind), None)
        held = meeting and meeting.is_held(timezone.localdate())
        yield Step(
            key=str(OF_MEETING[kind]),
            place=place,
            title=title,
            progress=Progress.DONE if held else Progress.UNDER_WAY if meeting else not_known_yet(bloc_year),
            summary=meeting.place_name if meeting else "",
            day=meeting.first_day if meeting and meeting.is_one_day else None,
            who=bloc_year.leader_label,
            address=meeting_page(bloc_year, meeting),
            action=_("Ghi kết quả %(meeting)s") % {"meeting": title} if meeting else action,
            paper=recording_page(bloc_year, meeting, kind),
        )


def meeting_page(bloc_year, meeting):
    """The page of a meeting, or the place where meetings stand while there is none."""
    if meeting is None:
        return page(bloc_year, anchor="#activities")
    return address("meeting", bloc_year.year.code, bloc_year.bloc.code, meeting.pk)


def recording_page(bloc_year, meeting, kind=Meeting.Kind.YEAR_END, name="meeting-record"):
    """The screen that records a meeting from paper, the first one while there is no meeting.

    Empty for a meeting that is planned for a day to come.
    """
    if meeting and meeting.first_day and meeting.first_day > timezone.localdate():
        return ""
    if meeting is None:
        return address("meeting-record-new", bloc_year.year.code, bloc_year.bloc.code, str(kind))
    return address(name, bloc_year.year.code, bloc_year.bloc.code, meeting.pk)


def year_end(bloc_year):
    """The year-end conference, or None; asked of the meetings that a page has already."""
    return next((each for each in bloc_year.meetings.all() if each.kind == Meeting.Kind.YEAR_END), None)


def _vote(bloc_year, user, outcomes):
    """What the conference voted: known once its item of the agenda has an outcome."""
    step = decided(bloc_year, user, AgendaItem.Kind.VOTE in outcomes)
    title, action = _("Bình xét, suy tôn"), _("Ghi kết quả bình xét")
    return step.having(key="vote", place=55, title=title, who=_("Hội nghị"), action=action)


def decided(bloc_year, user, is_known):
    """A step that the outcome of an item of the year-end conference's agenda makes known."""
    conference = year_end(bloc_year)
    paper = recording_page(bloc_year, conference, name="meeting-outcomes")
    records = conference and opens_to(user, bloc_year)
    return Step(
        key="",
        place=0,
        title="",
        progress=Progress.DONE if is_known else not_known_yet(bloc_year),
        address=records and paper or meeting_page(bloc_year, conference),
        paper=paper,
    )


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
        paper=recording_page(bloc_year, year_end(bloc_year), name="meeting-election"),
    )


def _handover(bloc_year, user, seats, handover):
    leader = next((seat for seat in seats if seat.role == Seat.Role.LEADER and seat.unit_id), None)
    leads = {seat.unit_id for seat in bloc_year.seats.all() if seat.role == Seat.Role.LEADER}
    taking = [leader.unit_id] if leader else []
    progress, summary = not_known_yet(bloc_year), ""
    if leader and leader.unit_id in leads:
        progress, summary = Progress.DONE, _("Đơn vị đứng đầu không đổi")
    elif handover:
        progress = Progress.DONE if handover.completed_on else Progress.UNDER_WAY
    elif leader:
        progress = Progress.WAITING
    return Step(
        key="handover",
        place=95,
        title=_("Bàn giao nhiệm vụ %(leader)s") % {"leader": bloc_year.leader_label},
        progress=progress,
        summary=summary,
        day=handover.day if handover and handover.completed_on else None,
        who=_("Bên giao và bên nhận"),
        address=page(bloc_year, "handover")
        if hands_over(user, bloc_year, taking)
        else page(bloc_year, anchor="#steps"),
        action=_("Bàn giao cho đơn vị đứng đầu năm sau"),
        paper=page(bloc_year, "handover", "#paper") if progress is not Progress.DONE else "",
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


def _elected(bloc_years, known):
    """{bloc-year key: seats of leader and deputies in the same bloc's next year}."""
    following = {
        each.pk: next(
            (key for first_day, key in known.years[each.bloc_id] if first_day > each.year.first_day), None
        )
        for each in bloc_years
    }
    for each in bloc_years:
        each.following = following[each.pk]
    seats = Seat.objects.filter(bloc_year__in=[key for key in following.values() if key])
    seats = seats.filter(role__in=[Seat.Role.LEADER, Seat.Role.DEPUTY]).select_related("unit", "bloc_year")
    by_year = defaultdict(list)
    for seat in seats.prefetch_related("unit__states").order_by("pk"):
        by_year[seat.bloc_year_id].append(seat)
    return {key: by_year[after] for key, after in following.items()}


def when(meeting):
    """The day or period of a meeting in words, empty while it is not known."""
    return days.period(meeting.first_day, meeting.last_day) if meeting.first_day else ""
