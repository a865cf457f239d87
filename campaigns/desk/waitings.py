"""What of the year's work waits for a person: steps of the unit, hand-overs; for staff, what is open."""

from collections import defaultdict
from datetime import timedelta
from functools import cached_property

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blocs import notation
from blocs.contributions import Waiting, registry
from blocs.models import Post
from blocs.permissions import is_staff
from campaigns.desk.boards import Board, in_words
from campaigns.keeping import is_department, kept_bloc_years
from campaigns.leaders import seats_with_units
from campaigns.models import BlocYear, EmulationYear, Handover, Phase, Reminder, Seat
from campaigns.timeline.timelines import timelines

AHEAD = 30  # days before its last day that a step begins to wait
OPENED_AHEAD = timedelta(days=60)  # before the last day of a year that the next one waits to be opened


def register():
    """Put what waits on everybody's home page."""
    registry.waitings += [steps, handovers, phases, years]


class Own:
    """The year's work of a person: the units, their blocs with what is to do, for staff the boards.

    Each part is asked of the database once for each instance of the user, like the standing.
    """

    def __init__(self, user):
        self.user = user

    @cached_property
    def units(self):
        """The keys of the units whose emulation work the person does."""
        posts = self.user.standing().posts
        return {each.unit_id for each in posts if each.role in (Post.Role.SECRETARY, Post.Role.OFFICER)}

    @cached_property
    def bloc_years(self):
        """The open years of the blocs in which these units sit, or which they keep, newest first."""
        if not self.units:
            return []
        seats = Seat.objects.filter(unit__in=self.units)
        is_own = Q(pk__in=seats.values("bloc_year"))
        if not is_department(self.user):  # which keeps all
            seated = Seat.objects.filter(unit__isnull=False).values("bloc_year")
            is_own |= Q(pk__in=kept_bloc_years(self.user).values("pk")) & Q(pk__in=seated)
        found = BlocYear.objects.filter(is_own, closed_on=None)
        found = found.select_related("year", "bloc").prefetch_related(seats_with_units())
        return list(found.order_by("-year__first_day", "bloc__place", "pk"))

    @cached_property
    def steps(self):
        """{bloc-year key: its timeline}."""
        return timelines(self.bloc_years, self.user) if self.bloc_years else {}

    @cached_property
    def boards(self):
        """[(year, its board)] of the years with dates whose blocs are not all closed."""
        dated = Phase.objects.filter(bloc_year__isnull=True)
        found = BlocYear.objects.filter(closed_on=None, year__in=dated.values("year"))
        found = found.select_related("year", "bloc").prefetch_related(seats_with_units())
        by_year = defaultdict(list)
        for each in found.order_by("-year__first_day", "bloc__place", "pk"):
            by_year[each.year].append(each)
        # One board for all: its providers are asked once, whatever the number of years.
        whole = Board([each for found in by_year.values() for each in found], self.user)
        return [(year, whole.only(found)) for year, found in by_year.items()]


def own(user):
    """The year's work of a person, kept with this instance of the user for the day."""
    today = timezone.localdate()
    kept = getattr(user, "_own_work", None)
    if kept is None or kept[0] != today:
        kept = user._own_work = (today, Own(user))
    return kept[1]


def steps(user):
    """Steps in which the person's unit must act: due soon or late, or reminded of.

    One gives way to what says it more exactly; a reminder stands anyhow.
    """
    units, bloc_years = own(user).units, own(user).bloc_years
    if not bloc_years:
        return
    reminders, today = _reminders(bloc_years, units), timezone.localdate()
    for bloc_year in bloc_years:
        for step in own(user).steps[bloc_year.pk]:
            if not units & set(step.pending):
                continue
            note = reminders.get((bloc_year.pk, step.phase or step.key), "")
            again = max((day for unit, day in step.reopened if unit in units), default=None)
            due, gives_way = again or step.due, not note
            if note or due is not None and (due - today).days <= AHEAD:
                if again:
                    note = note or _("Đã mở lại cho đơn vị")
                yield Waiting(
                    step.action or step.title,
                    bloc_year.name,
                    step.address,
                    due=due,
                    note=note,
                    step=(bloc_year.pk, step.key),
                    gives_way=gives_way,
                )


def handovers(user):
    """Blocs that the person's unit hands over or takes over, once the next leader is named."""
    units = own(user).units
    if not units:
        return
    leaders = Seat.objects.filter(role=Seat.Role.LEADER, unit__isnull=False)
    ours = leaders.filter(unit__in=units).values("bloc_year__bloc")
    named = defaultdict(dict)  # {bloc: {bloc-year: units}}
    for seat in leaders.filter(bloc_year__bloc__in=ours).select_related("bloc_year__year", "bloc_year__bloc"):
        named[seat.bloc_year.bloc_id].setdefault(seat.bloc_year, set()).add(seat.unit_id)
    done = set(Handover.objects.filter(completed_on__isnull=False).values_list("bloc_year", flat=True))
    for years in named.values():
        in_order = sorted(years, key=lambda each: each.year.first_day)
        for given, taken in zip(in_order, in_order[1:], strict=False):
            if given.pk in done or given.closed_on or years[given] & years[taken]:
                continue
            if units & (years[given] | years[taken]):
                takes = units & years[taken]
                title = _("Nhận bàn giao Khối") if takes else _("Bàn giao Khối cho đơn vị kế tiếp")
                address = reverse("handover", args=[given.year.code, given.bloc.code])
                yield Waiting(title, str(given), address)


def phases(user):
    """For staff: phases due soon or late in which units have not sent."""
    today = timezone.localdate()
    if not is_staff(user, None, today):
        return
    for year, board in own(user).boards:
        for kind in Phase.Kind.values:
            due, summary = board.due(kind), board.summary(kind)
            if summary.open and due and (due - today).days <= AHEAD:
                address = f"{reverse('board', args=[year.code])}?giai-doan={kind}"
                yield Waiting(in_words(summary, kind), _year(year), address, due=due)


def years(user):
    """For staff: the year to open, years under way without dates, blocs without a leader."""
    today = timezone.localdate()
    if not is_staff(user, None, today):
        return
    yield from _to_open(today)
    under_way = EmulationYear.objects.filter(last_day__gte=today)
    for year in under_way.exclude(pk__in=Phase.objects.filter(bloc_year__isnull=True).values("year")):
        yield Waiting(_("Đặt thời hạn các giai đoạn"), _year(year), reverse("phases", args=[year.code]))
    led = Seat.objects.filter(role=Seat.Role.LEADER, unit__isnull=False)
    leaderless = BlocYear.objects.filter(year__in=under_way, closed_on=None)
    leaderless = leaderless.exclude(pk__in=led.values("bloc_year"))
    by_year = defaultdict(list)
    for each in leaderless.select_related("year"):
        by_year[each.year].append(each)
    for year, found in by_year.items():
        words = ngettext(
            "%(count)s khối chưa có đơn vị đứng đầu", "%(count)s khối chưa có đơn vị đứng đầu", len(found)
        )
        address = f"{year.get_absolute_url()}?leader=unknown"
        yield Waiting(words % {"count": notation.count(len(found))}, _year(year), address)


def _to_open(today):
    """The newest year, where it ends soon or is over and none follows it."""
    newest = EmulationYear.objects.first()
    if newest and newest.last_day - OPENED_AHEAD <= today:
        title = _("Mở năm thi đua %(year)s") % {"year": newest.next_code}
        yield Waiting(title, _year(newest), reverse("open-year"), due=newest.last_day)


def _reminders(bloc_years, units):
    """{(bloc-year, phase): the newest reminder to one of the units, in words}."""
    known = Reminder.objects.filter(bloc_year__in=bloc_years, unit__in=units).select_related("wave")
    known = known.filter(wave__isnull=False).order_by("pk")
    return {
        (each.bloc_year_id, each.phase_kind): _("Đã được nhắc ngày %(day)s: %(text)s")
        % {"day": notation.day(timezone.localdate(each.at)), "text": each.wave.text}
        for each in known
    }


def _year(year):
    return capfirst(_("năm %(year)s") % {"year": year})
