"""Acts that lead into the next year: who leads the bloc then."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import refuse, require
from campaigns.models import BlocYear, EmulationYear, Phase, Seat
from campaigns.permissions import may_edit_bloc_records
from campaigns.windows import require_window

Role = Seat.Role


@act(
    "bloc-year.open-next",
    gettext_lazy("Mở năm sau của Khối"),
    any_day="years are opened and closed when their time has come",
)
def open_next_year(*, bloc_year, by, paper=None, reason=""):
    """Open the bloc's next year with the same name, organiser and labels, its units carried over as members.

    The emulation year itself is made where it is missing, right after this one and as long.
    """
    bloc_year = BlocYear.objects.locked(bloc_year.pk)
    post = require(may_edit_bloc_records(by, bloc_year, timezone.localdate()))
    if bloc_year.successor():
        refuse(_("Năm sau của Khối đã mở."))
    first_day, last_day = bloc_year.year.next_period
    year, _made = EmulationYear.objects.get_or_create(
        code=bloc_year.year.next_code, defaults={"first_day": first_day, "last_day": last_day}
    )
    following = BlocYear.objects.create(
        bloc=bloc_year.bloc,
        year=year,
        name=bloc_year.name,
        organiser=bloc_year.organiser,
        leader_label=bloc_year.leader_label,
        deputy_label=bloc_year.deputy_label,
        leader_chosen_by=bloc_year.leader_chosen_by,
    )
    after = {"year": year, "name": following.name, "units": _carry_over(bloc_year, following)}
    record(following, by=by, post=post, after=after, reason=reason, paper=paper)
    return following


@act("election.record", gettext_lazy("Ghi kết quả bầu năm sau"))
def record_election(*, bloc_year, leader, deputies, by, paper=None, reason=""):
    """Seat the units that a bloc elected to lead its next year; opens that year where it is missing.

    Whoever led by an earlier record becomes a member again; a seat elected without a name gets its unit.
    """
    bloc_year = BlocYear.objects.locked(bloc_year.pk)
    post = require(may_edit_bloc_records(by, bloc_year, timezone.localdate()))
    require_window(bloc_year, Phase.Kind.ELECTION, paper=paper, reason=reason)
    if leader in deputies or len(set(deputies)) < len(deputies):
        refuse(_("Mỗi đơn vị chỉ giữ một vai trò."))
    following = bloc_year.successor()
    if following is None:
        following = open_next_year(bloc_year=bloc_year, by=by, paper=paper, reason=reason)
    following = BlocYear.objects.locked(following.pk)
    if following.closed_on:
        refuse(_("Hồ sơ năm sau của Khối đã khoá."))
    _carry_over(bloc_year, following)
    before = _leading(following)
    _seat(following, {leader: Role.LEADER, **dict.fromkeys(deputies, Role.DEPUTY)})
    after = _leading(following)
    record(bloc_year, by=by, post=post, before=before, after=after, reason=reason, paper=paper)
    return following


def _carry_over(bloc_year, following):
    """Seat the units of a year in the next, where nobody sits as a member yet; tells which."""
    if following.seats.filter(role=Role.MEMBER).exists():
        return []
    seated = {seat.unit_id for seat in following.seats.all()}
    carried = [
        seat
        for seat in bloc_year.seats_in_order()
        if seat.unit_id and seat.unit_id not in seated and seat.holds_on(bloc_year.year.last_day)
    ]
    for seat in carried:
        Seat.objects.create(
            bloc_year=following,
            unit_id=seat.unit_id,
            representative=seat.representative,
            representative_title=seat.representative_title,
            group=seat.group,
        )
    return [seat.unit_id for seat in carried]


def _leading(bloc_year):
    """The units elected, by role, as the journal keeps them."""
    seats = bloc_year.seats.exclude(role=Role.MEMBER).order_by("pk")
    return {
        role: [seat.unit_id for seat in seats if seat.role == role] for role in (Role.LEADER, Role.DEPUTY)
    }


def _seat(bloc_year, roles):
    """Give units their roles; nobody may hold the leader's seat twice, so others leave theirs first."""
    seats = list(bloc_year.seats.select_for_update(of=("self",)))
    for seat in seats:
        if seat.unit_id is None:
            seat.delete()  # elected without a name: the unit that is named now takes the place
        elif seat.role != Role.MEMBER and seat.unit_id not in {unit.pk for unit in roles}:
            _move(seat, Role.MEMBER)
    by_unit = {seat.unit_id: seat for seat in seats if seat.unit_id}
    for unit, role in sorted(roles.items(), key=lambda each: each[1] == Role.LEADER):
        if unit.pk in by_unit:
            _move(by_unit[unit.pk], role)
        else:
            Seat.objects.create(bloc_year=bloc_year, unit=unit, role=role)


def _move(seat, role):
    if seat.role != role:
        seat.role = role
        seat.save()
