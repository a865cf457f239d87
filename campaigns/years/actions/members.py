"""Acts on the units of a bloc in mid-year: who joins, who leaves, who follows a unit that is no more."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.actions import succeed
from blocs.journal import act, record
from blocs.permissions import refuse, require
from campaigns.models import BlocYear, Seat
from campaigns.permissions import may_change_members
from campaigns.years.reorganising import DAY, has_ended, moves

ANY_DAY = "the organisation follows decisions, not the year"


@act("member.join", gettext_lazy("Đơn vị vào khối"), any_day=ANY_DAY)
def join_bloc(*, bloc_year, unit, first_day, reason, by, group="", paper=None):
    """Seat a unit in a bloc's year from a day on; its seat has no effect on what was before."""
    bloc_year, post = _locked(bloc_year, by)
    _check(bloc_year, first_day, reason)
    if has_ended(unit, first_day):
        refuse(_("Đơn vị này không còn hoạt động vào ngày đó."))
    seats = list(bloc_year.seats.filter(unit=unit))
    if any(seat.last_day is None or seat.last_day >= first_day for seat in seats):
        refuse(_("Đơn vị đã có trong khối trong thời gian này."))
    seat = Seat.objects.create(bloc_year=bloc_year, unit=unit, first_day=first_day, group=group)
    after = {"unit": unit, "first_day": first_day, "group": group}
    record(bloc_year, by=by, post=post, after=after, reason=reason, paper=paper)
    return seat


@act("member.leave", gettext_lazy("Đơn vị rời khối"), any_day=ANY_DAY)
def leave_bloc(*, seat, last_day, reason, by, paper=None):
    """Let a unit's seat end with a day; what it did until then stays its own."""
    bloc_year, post = _locked(seat.bloc_year, by)
    seat = Seat.objects.locked(seat.pk)
    _check(bloc_year, last_day, reason)
    if seat.unit_id is None:
        refuse(_("Vai trò này chưa nêu tên đơn vị."))
    if not seat.holds_on(last_day):
        refuse(_("Ngày %(day)s đơn vị không có trong khối.") % {"day": notation.day(last_day)})
    before = {"unit": seat.unit, "last_day": seat.last_day}
    _end(seat, last_day)
    after = {"unit": seat.unit, "last_day": last_day}
    record(bloc_year, by=by, post=post, before=before, after=after, reason=reason, paper=paper)
    return seat


@act("unit.reorganise", gettext_lazy("Thay đổi tổ chức của đơn vị trong các khối"), any_day=ANY_DAY)
def reorganise(*, unit, kind, on, successors, basis, by, paper=None, reason=""):
    """Merge, split, hand on or dissolve a unit, and let those that follow take its seats from that day.

    A single follower takes the role over; of several none leads. Its sheets stay as they are.
    """
    successors = list(successors)
    seated = BlocYear.objects.filter(seats__unit=unit, closed_on=None)
    list(BlocYear.objects.select_for_update().filter(pk__in=seated.values("pk")).order_by("pk"))
    post = require(may_change_members(by, unit, timezone.localdate()))
    told = {"by": by, "paper": paper, "reason": reason}
    succeed(unit=unit, kind=kind, on=on, successors=successors, basis=basis, **told)
    followed = {}
    for move in moves(unit, on, successors):
        followed[str(move.bloc_year)] = list(move.in_words())
        _pass_on(move, on)
    record(unit, by=by, post=post, after={"on": on, "blocs": followed}, reason=reason, paper=paper)
    return unit


def _pass_on(move, on):
    """End the old seat or take it away, and let the followers sit."""
    if move.last_day is None:
        move.seat.delete()
    else:
        _end(move.seat, move.last_day)
    for seat in move.ending:
        begins = seat.first_day or move.bloc_year.year.first_day
        if begins >= on:
            seat.delete()
        else:
            _end(seat, on - DAY)
    for seat in move.joining:
        seat.save()


def _end(seat, last_day):
    seat.last_day = last_day
    seat.save()


def _locked(bloc_year, by):
    found = BlocYear.objects.locked(bloc_year.pk)
    return found, require(may_change_members(by, found, timezone.localdate()))


def _check(bloc_year, day, reason):
    if bloc_year.closed_on:
        refuse(_("Hồ sơ năm của Khối đã khoá."))
    if not reason.strip():
        refuse(_("Hãy ghi lý do hoặc căn cứ."))
    if bloc_year.nearest_day(day) != day:
        refuse(_("Ngày %(day)s không thuộc năm thi đua này.") % {"day": notation.day(day)})
