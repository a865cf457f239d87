"""Pages of reminding: the board of who has not sent, the words, what went out."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs import notation
from blocs.actions import ask_for
from blocs.exports import spreadsheet
from blocs.models import Job
from blocs.permissions import is_staff, require
from campaigns import actions
from campaigns.desk import jobs
from campaigns.desk.boards import Board, in_words, recipients_of
from campaigns.desk.forms import BoardForm, CallForm, ReminderForm
from campaigns.desk.reminding import proposed_text
from campaigns.keeping import kept_bloc_years
from campaigns.leaders import seats_with_units
from campaigns.models import Phase, Reminder, ReminderWave
from campaigns.timeline.timelines import timelines
from campaigns.years.views.years import find_year, places_of_year
from config.masthead import address_of
from config.ui import days_left

PAGE_SIZE = 50
SORTS = {
    "unit": lambda row: row.unit.state().sort_key,
    "bloc": lambda row: (row.bloc_year.bloc.place, row.bloc_year.pk),
    "due": lambda row: row.due or date.max,
    "reminded": lambda row: row.reminder.pk if row.reminder else 0,
}


@require_GET
def board(request, year):
    """Who has not sent, per phase, bloc and unit; filtered, sorted, paged, exported, ticked."""
    found, shown = find_year(request.user, year), Shown(request.user, year, request.GET)
    rows = shown.rows()
    if request.GET.get("export") == "xlsx":
        return _export(found, shown.kind, rows)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "year": found,
        "places": places_of_year(found, request.user),
        "form": shown.form,
        "phase": Phase.Kind(shown.kind),
        "title": in_words(shown.board.summary(shown.kind), shown.kind),
        "tallies": shown.board.tallies(shown.kind),
        "page": page,
        "count": len(rows),
        "is_closed": shown.is_closed,
        "call_form": CallForm(auto_id=False),
        "today": timezone.localdate(),
        "here": request.get_full_path(),
    }
    return render(request, "campaigns/board.html", context)


@require_http_methods(["GET", "POST"])
def remind(request, year):
    """The words of a reminder to the units that were ticked, and the ways by which it goes."""
    found = find_year(request.user, year)
    data = request.POST if request.method == "POST" else request.GET
    shown = Shown(request.user, year, data)
    rows = shown.chosen(data)
    if not rows:
        messages.warning(request, _("Chưa chọn đơn vị nào. Hãy tích vào những đơn vị cần nhắc."))
        return redirect(shown.address)
    may_write_letter = bool(is_staff(request.user, found, timezone.localdate()))
    form = ReminderForm(
        request.POST or None,
        may_write_letter=may_write_letter,
        initial={
            "text": proposed_text(
                shown.kind, year, rows, settings.SITE_ADDRESS or request.build_absolute_uri("/")
            ),
            "channels": [Reminder.Channel.IN_APP, Reminder.Channel.MAIL, Reminder.Channel.ZALO],
        },
    )
    if request.method == "POST" and form.is_valid():
        wave = actions.send_reminders(
            year=found,
            phase_kind=shown.kind,
            targets=[(row.bloc_year, row.unit.pk) for row in rows],
            text=form.cleaned_data["text"],
            channels=form.cleaned_data["channels"],
            by=request.user,
        )
        if Reminder.Channel.MAIL in form.cleaned_data["channels"]:
            parameters = {"wave": wave.pk, "language": get_language()}
            ask_for(kind=jobs.MAILS, parameters=parameters, by=request.user)
        return redirect("reminded", year, wave.pk)
    people = recipients_of([row.unit.pk for row in rows])
    reached = {unit: users for unit, users in people.items() if users}
    context = {
        "year": found,
        "phase": Phase.Kind(shown.kind),
        "form": form,
        "rows": rows,
        "without_mail": [row.name for row in rows if row.unit.pk not in reached],
        "mails": {"people": len(set().union(*reached.values())), "units": len(reached)},
        "board": shown.address,
        "submit": _("Nhắc %(count)s đơn vị") % {"count": notation.count(len(rows))},
    }
    return render(request, "campaigns/remind.html", context)


@require_GET
def reminded(request, year, pk):
    """A wave of reminders: which units, through what, how far the mails are, what is to be pasted."""
    found = find_year(request.user, year)
    wave = get_object_or_404(ReminderWave.objects.visible_to(request.user).filter(year=found), pk=pk)
    reminders = list(wave.reminders.select_related("unit", "bloc_year").prefetch_related("unit__states"))
    units = {each.unit_id: each for each in reminders}
    channels = {each.channel for each in reminders}
    job = Job.objects.visible_to(request.user).filter(kind=jobs.MAILS, parameters__wave=wave.pk).first()
    context = {
        "year": found,
        "wave": wave,
        "reminders": sorted(
            units.values(), key=lambda each: (each.bloc_year.name, each.unit.place(), each.unit_id)
        ),
        "ways": [label for channel, label in Reminder.Channel.choices if channel in channels],
        "in_zalo": Reminder.Channel.ZALO in channels,
        "job": job,
        "unreached": len(jobs.unreached(wave)) if job and job.is_over else 0,
        "letter": address_of("reminder-letter", year, pk) if Reminder.Channel.LETTER in channels else "",
        "board": f"{reverse('board', args=[year])}?giai-doan={wave.phase_kind}",
    }
    return render(request, "campaigns/reminded.html", context)


@require_POST
def remind_again(request, year, pk):
    """Send the mails of a wave to those whom none has reached."""
    found = find_year(request.user, year)
    wave = get_object_or_404(ReminderWave.objects.visible_to(request.user).filter(year=found), pk=pk)
    if jobs.unreached(wave):
        parameters = {"wave": wave.pk, "language": get_language()}
        ask_for(kind=jobs.MAILS, parameters=parameters, by=request.user)
        messages.success(request, _("Đang gửi lại thư cho những người chưa nhận được."))
    return redirect("reminded", year, wave.pk)


@require_POST
def log_call(request, year, bloc_year, unit):
    """Record that a unit was called, at one tap, and come back to where that was."""
    found, form = find_year(request.user, year), CallForm(request.POST)
    shown = Shown(request.user, year, request.POST)
    row = next((row for row in shown.board.rows(shown.kind) if row.key == f"{bloc_year}-{unit}"), None)
    if row is None or not form.is_valid():
        raise Http404
    actions.log_call(
        bloc_year=row.bloc_year,
        unit=row.unit,
        phase_kind=shown.kind,
        note=form.cleaned_data["note"],
        by=request.user,
    )
    messages.success(request, _("Đã ghi: đã gọi %(unit)s.") % {"unit": row.name})
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else reverse("board", args=[found.code]))


class Shown:
    """What of the board a person asks for: the phase, the blocs, which rows in what order."""

    def __init__(self, user, year, data):
        kept = kept_bloc_years(user).filter(year__code=year)
        self.is_closed = kept.exists() and not kept.filter(closed_on=None).exists()
        # Of a closed bloc nobody is asked for anything, here and on the home page.
        kept = kept.filter(closed_on=None).select_related("year", "bloc")
        kept = list(kept.prefetch_related(seats_with_units()).order_by("bloc__place", "pk"))
        if not kept and not self.is_closed:
            require(is_staff(user, None, timezone.localdate()))
        self.year, self.board = year, Board(kept, timelines(kept, user))
        self.form = BoardForm(data, bloc_years=kept)
        self.form.is_valid()
        asked = self.form.cleaned_data
        self.kind = asked.get("phase") or self._nearest()
        self.bloc, self.late = asked.get("bloc", ""), asked.get("late", False)
        self.sort = data.get("sort", "")
        self.form.data = data.copy()
        self.form.data["giai-doan"] = self.kind

    @property
    def address(self):
        """The board with this phase."""
        return f"{reverse('board', args=[self.year])}?giai-doan={self.kind}"

    def rows(self):
        """The rows that are asked for, in the order that is asked for."""
        today = timezone.localdate()
        rows = [
            row
            for row in self.board.rows(self.kind)
            if self.bloc in ("", row.bloc_year.bloc.code) and (not self.late or (row.due and row.due < today))
        ]
        key = SORTS.get(self.sort.lstrip("-"))
        return sorted(rows, key=key, reverse=self.sort.startswith("-")) if key else rows

    def chosen(self, data):
        """The rows that were ticked, or all that are asked for."""
        keys = set(data.getlist("chon"))
        return [row for row in self.rows() if "tat-ca" in data or row.key in keys]

    def _nearest(self):
        """The phase with something open that is due first."""
        dues = {kind: self.board.due(kind) for kind in Phase.Kind.values}
        return min(dues, key=lambda kind: dues[kind] or date.max)


def _export(year, kind, rows):
    header = [
        _("Khối thi đua"),
        _("Đơn vị"),
        _("Hạn"),
        _("Còn lại"),
        _("Cán bộ phụ trách"),
        _("Điện thoại"),
        _("Nhắc lần cuối"),
        _("Cách nhắc"),
    ]
    today = timezone.localdate()
    lines = (
        [
            row.bloc_year.name,
            row.name,
            row.due,
            days_left(row.due, today) if row.due else "",
            row.officer.person.full_name if row.officer else "",
            row.officer.telephone if row.officer else "",
            row.reminder.at if row.reminder else None,
            row.ways,
        ]
        for row in rows
    )
    return spreadsheet(f"don-doc-{kind}-{year.code}", header, lines)
