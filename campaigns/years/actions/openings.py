"""The act that opens an emulation year as a clone of an earlier one."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import refuse, require
from campaigns.models import BlocYear, EmulationYear, Phase, Seat
from campaigns.permissions import may_edit_year
from campaigns.years.openings import opening_of

Role = Seat.Role
LABELS = ("name", "organiser", "leader_label", "deputy_label", "leader_chosen_by")


@act(
    "year.open",
    gettext_lazy("Mở năm thi đua"),
    any_day="years are opened and closed when their time has come",
)
def open_year(*, source, code, first_day, last_day, by, leading=None, left_out=(), paper=None, reason=""):
    """Open a year from an earlier one: blocs with their units, leaders, days and what goes along of upper
    apps, such as drafts of the criteria.

    `leading` says who leads where it is neither elected nor known: {key of the bloc: [leader, deputies]}, the
    leader None while it is open. `left_out` are keys of blocs that do not go on. What an election has opened
    of the year already is completed and not changed.
    """
    source = EmulationYear.objects.locked(source.pk)
    post = require(may_edit_year(by, source, timezone.localdate()))
    opening = opening_of(source, code, first_day, last_day)
    _check(opening, source)
    year = opening.year or EmulationYear.objects.create(code=code, first_day=first_day, last_day=last_day)
    opened = [each for each in opening.blocs if each.before.bloc_id not in left_out and not each.is_whole]
    seats = {each.before.bloc_id: _seats(each, year, leading or {}) for each in opened}
    Seat.objects.bulk_create(seat for found in seats.values() for seat in found)
    Phase.objects.bulk_create(
        Phase(year=year, kind=kind, first_day=first, last_day=last)
        for kind, (first, last) in opening.days.items()
    )
    for carried in opening.carried:
        for row in carried.rows:
            if row.bloc_id is None or row.bloc_id not in left_out:
                carried.carry(row, year, by)
    out = [each.before.bloc.code for each in opening.blocs if each.before.bloc_id in left_out]
    after = {
        "source": source.code,
        "first_day": year.first_day,
        "last_day": year.last_day,
        "blocs": {each.before.bloc.code: _told(each, seats[each.before.bloc_id]) for each in opened},
        "left_out": out,
        "phases": opening.days,
        **{carried.kind: [row.pk for row in carried.rows] for carried in opening.carried},
    }
    record(year, by=by, post=post, after=after, reason=reason, paper=paper)
    return year


def _check(opening, source):
    if opening.is_whole:
        refuse(_("Năm %(year)s đã mở đủ các khối.") % {"year": opening.code})
    if opening.year is None and opening.first_day >= opening.last_day:
        refuse(_("Ngày cuối phải sau ngày đầu."))
    if opening.code == source.code:
        refuse(_("Năm mới phải khác năm được chép."))


def _seats(opened, year, leading):
    """The seats of a bloc in the new year, not yet saved; the bloc's year is made where it is missing."""
    bloc_year = opened.after or BlocYear.objects.create(
        bloc=opened.before.bloc, year=year, **{name: getattr(opened.before, name) for name in LABELS}
    )
    roles = _roles(opened, leading.get(opened.before.bloc_id))
    taken = {seat.unit_id for seat in opened.known}
    return [
        Seat(
            bloc_year=bloc_year,
            unit=unit,
            role=roles.get(unit.pk, Role.MEMBER),
            representative=seat.representative if seat.unit_id == unit.pk else "",
            representative_title=seat.representative_title if seat.unit_id == unit.pk else "",
            group=seat.group,
        )
        for unit, seat in opened.seats
        if unit.pk not in taken
    ]


def _roles(opened, leading):
    """{unit key: role} of those chosen to lead; refused where that was settled or the unit is not there."""
    if not leading:
        return {}
    leader, deputies = leading
    chosen = [unit.pk for unit in (leader, *deputies) if unit]
    words = {"bloc": opened.name}
    if not opened.asks_who_leads:
        refuse(_("%(bloc)s: đơn vị đứng đầu do Hội nghị bầu, không chọn ở đây.") % words)
    if len(set(chosen)) < len(chosen):
        refuse(_("%(bloc)s: mỗi đơn vị chỉ giữ một vai trò.") % words)
    if not set(chosen) <= {unit.pk for unit in opened.units}:
        refuse(_("%(bloc)s: đơn vị được chọn không có trong khối năm mới.") % words)
    roles = dict.fromkeys((unit.pk for unit in deputies), Role.DEPUTY)
    return roles | ({leader.pk: Role.LEADER} if leader else {})


def _told(opened, seats):
    """What was done with a bloc, as the journal keeps it."""
    by_role = {role: [seat.unit_id for seat in seats if seat.role == role] for role in Role}
    return {
        "name": opened.name,
        "units": by_role[Role.MEMBER],
        "leader": by_role[Role.LEADER],
        "deputies": by_role[Role.DEPUTY],
        "ended": {each.unit.code: [unit.code for unit in each.replaced_by] for each in opened.ended},
    }
