"""What follows in the blocs when a unit joins, leaves, is renamed or gives way to others in mid-year."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs import notation
from blocs.contributions import Button, registry
from blocs.models import Post, Succession, Unit
from blocs.permissions import is_staff
from campaigns.leaders import seats_with_units
from campaigns.models import BlocYear, Handover, Seat, Task

Role = Seat.Role
DAY = timedelta(days=1)


def register():
    """Put the way to this page on the pages of units."""
    registry.buttons.setdefault("blocs.unit", []).append(of_units)


def of_units(units, user):
    """{unit key: the way to change its organisation}, for staff."""
    if not is_staff(user, None, timezone.localdate()):
        return {}
    ended = dict(Succession.objects.filter(from_unit__in=units).values_list("from_unit", "on"))
    return {unit.pk: [_way(unit, ended.get(unit.pk))] for unit in units}


def _way(unit, ended):
    words = _("Đơn vị này đã kết thúc hoạt động từ ngày %(day)s.")
    refusal = words % {"day": notation.day(ended)} if ended else ""
    return Button(_("Thay đổi tổ chức"), reverse("unit-change", args=[unit.pk]), refusal=refusal)


@dataclass
class Move:
    """A seat that passes from a unit to those that follow it, in one bloc's year.

    `last_day` is the old unit's last day there; None where it never sat: the whole seat passes on.
    """

    seat: Seat
    last_day: date | None
    joining: list = field(default_factory=list)  # [Seat], not yet saved
    ending: list = field(default_factory=list)  # seats of units that sit there already and take a role over

    @property
    def bloc_year(self):
        """The bloc's year of the seat."""
        return self.seat.bloc_year

    @property
    def loses_leader(self):
        """Whether nobody leads the bloc any more."""
        return self.seat.role == Role.LEADER and not any(seat.role == Role.LEADER for seat in self.joining)

    def in_words(self):
        """What follows, sentence by sentence."""
        told = {"bloc": str(self.bloc_year), "unit": self.seat.unit.name()}
        if self.last_day is None:
            yield _("%(bloc)s: %(unit)s không còn trong danh sách.") % told
        else:
            told["day"] = notation.day(self.last_day)
            yield _("%(bloc)s: %(unit)s là thành viên đến hết ngày %(day)s.") % told
        for seat in self.joining:
            first = seat.first_day or self.bloc_year.year.first_day
            words = told | {
                "unit": seat.unit.name(),
                "role": seat.role_label,
                "day": notation.day(first),
            }
            yield _("%(bloc)s: %(unit)s vào khối từ ngày %(day)s, vai trò: %(role)s.") % words
        if self.loses_leader:
            yield (
                _("%(bloc)s: không còn đơn vị đứng đầu; hãy ghi đơn vị đứng đầu mới trong danh sách đơn vị.")
                % told
            )


def moves(unit, on, successors):
    """The seats that pass on in the years that are not closed when a unit gives way to others on a day."""
    seats = Seat.objects.filter(unit=unit, bloc_year__closed_on=None, bloc_year__year__last_day__gte=on)
    seats = seats.select_related("unit", "bloc_year__year", "bloc_year__bloc").order_by("bloc_year", "pk")
    seats = [
        seat
        for seat in seats.prefetch_related("unit__states")
        if seat.last_day is None or seat.last_day >= on
    ]
    beside = BlocYear.objects.filter(pk__in=[seat.bloc_year_id for seat in seats])
    known = {each.pk: list(each.seats.all()) for each in beside.prefetch_related(seats_with_units())}
    return [_move(seat, on, successors, known[seat.bloc_year_id]) for seat in seats]


def _move(seat, on, successors, beside):
    begins = seat.first_day or seat.bloc_year.year.first_day
    whole = begins >= on
    move = Move(seat, None if whole else on - DAY)
    first_day = seat.first_day if whole else on
    role = seat.role if len(successors) == 1 else Role.MEMBER
    for unit in successors:
        there = [
            each
            for each in beside
            if each.unit_id == unit.pk and (each.last_day is None or each.last_day >= max(on, begins))
        ]
        if there and (role == Role.MEMBER or there[0].role != Role.MEMBER):
            continue  # it sits there and keeps its own role
        move.ending += there
        move.joining.append(
            Seat(
                bloc_year=seat.bloc_year,
                unit=unit,
                role=role,
                first_day=first_day,
                last_day=seat.last_day,
                group=seat.group,
            )
        )
    return move


def left_open(unit, day):
    """What of a unit stays open and for somebody to settle, in words."""
    yield from registry.left_open_by(unit, day)
    handovers = Handover.objects.filter(Q(from_unit=unit) | Q(to_unit=unit), completed_on=None)
    posts = Post.objects.held_on(day).filter(unit=unit).exclude(role="")
    counts = [
        (
            Task.objects.filter(unit=unit).open().count(),
            _("%(count)s nhiệm vụ theo kết luận chưa xong: hãy giao cho đơn vị khác."),
        ),
        (handovers.count(), _("%(count)s việc bàn giao khối chưa xong.")),
        (
            posts.count(),
            _("%(count)s người còn được giao nhiệm vụ trên hệ thống: hãy thôi giao."),
        ),
    ]
    for count, words in counts:
        if count:
            yield words % {"count": notation.count(count)}


def has_ended(unit, day):
    """Whether a unit was merged, split, handed on or dissolved by a day."""
    return unit.successions.filter(on__lte=day).exists()


def seated_in(unit):
    """The seats of a unit in years that are not closed."""
    seats = Seat.objects.filter(unit=unit, bloc_year__closed_on=None)
    seats = seats.select_related("bloc_year__year", "bloc_year__bloc", "unit")
    return seats.order_by("-bloc_year__year__first_day", "bloc_year__bloc__place", "pk")


def open_to(unit):
    """Bloc-years that are not closed and in which a unit has no seat."""
    years = BlocYear.objects.filter(closed_on=None).exclude(seats__unit=unit)
    return years.select_related("year", "bloc").order_by("-year__first_day", "bloc__place", "pk")


def followers(user, unit):
    """Units that may follow another one: those that have not ended."""
    return Unit.objects.visible_to(user).exclude(pk=unit.pk).exclude(successions__isnull=False)
