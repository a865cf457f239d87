"""What of the year's work waits for a person: steps of the unit, hand-overs; for staff, what is open."""

from collections import defaultdict
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blocs import notation
from blocs.contributions import Waiting, registry
from blocs.models import User
from campaigns.desk.boards import in_words
from campaigns.desk.work import works_of
from campaigns.keeping import is_department
from campaigns.models import BlocYear, EmulationYear, Phase, Reminder, Seat

AHEAD = 30  # days before its last day that a step begins to wait
OPENED_AHEAD = timedelta(days=60)  # before the last day of a year that the next one waits to be opened


def register():
    """Put what waits on everybody's home page."""
    registry.waitings += [steps, handovers, phases, years]


def steps(users):
    """Steps in which a person's unit must act: due soon or late, or reminded of.

    One gives way to what says it more exactly; a reminder stands anyhow.
    """
    works = works_of(users)
    reminders = _reminders(works.values())
    return {key: list(_steps_of(work, reminders)) for key, work in works.items()}


def _steps_of(work, reminders):
    today = timezone.localdate()
    for bloc_year in work.bloc_years:
        for step in work.steps[bloc_year.pk]:
            if not work.units & set(step.pending):
                continue
            note = _note(reminders[bloc_year.pk, step.phase or step.key], work.units)
            again = max((day for unit, day in step.reopened if unit in work.units), default=None)
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


def handovers(users):
    """Blocs that a person's unit hands over or takes over, once the next leader is named."""
    return {
        key: [_handover(bloc_year, takes) for bloc_year, takes in work.handovers]
        for key, work in works_of(users).items()
    }


def _handover(bloc_year, takes):
    title = _("Nhận bàn giao Khối") if takes else _("Bàn giao Khối cho đơn vị kế tiếp")
    address = reverse("handover", args=[bloc_year.year.code, bloc_year.bloc.code])
    return Waiting(title, str(bloc_year), address)


def phases(users):
    """For staff: phases due soon or late in which units have not sent."""
    staff = staff_among(users)
    return {key: list(_phases_of(work.boards)) for key, work in works_of(staff).items()}


def _phases_of(boards):
    today = timezone.localdate()
    for year, board in boards:
        for kind in Phase.Kind.values:
            due, summary = board.due(kind), board.summary(kind)
            if summary.open and due and (due - today).days <= AHEAD:
                address = f"{reverse('board', args=[year.code])}?giai-doan={kind}"
                yield Waiting(in_words(summary, kind), _year(year), address, due=due)


def years(users):
    """For staff: the year to open, years under way without dates, blocs without a leader."""
    staff = staff_among(users)
    found = list(_years()) if staff else []
    return {each.pk: found for each in staff}


def staff_among(users):
    """Those of some people who work for the standing department."""
    User.objects.read_standings(users)
    return [each for each in users if is_department(each)]


def _years():
    today = timezone.localdate()
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


def _reminders(works):
    """{(bloc-year, phase): [(unit, a reminder to it in words)]} of all that people do, the newest last."""
    found = defaultdict(list)
    bloc_years = {each.pk for work in works for each in work.bloc_years}
    units = set().union(*(work.units for work in works))
    known = Reminder.objects.filter(bloc_year__in=bloc_years, unit__in=units).select_related("wave")
    for each in known.filter(wave__isnull=False).order_by("pk"):
        words = _("Đã được nhắc ngày %(day)s: %(text)s") % {
            "day": notation.day(timezone.localdate(each.at)),
            "text": each.wave.text,
        }
        found[each.bloc_year_id, each.phase_kind].append((each.unit_id, words))
    return found


def _note(reminders, units):
    """The newest of some reminders to one of the units; empty where there is none."""
    return next((words for unit, words in reversed(reminders) if unit in units), "")


def _year(year):
    return capfirst(_("năm %(year)s") % {"year": year})
