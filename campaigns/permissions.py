"""Who may do what in a bloc's year: the seat of the unit and the post of the person."""

from django.utils.translation import gettext_lazy as _

from blocs.models import Bloc, Succession, Unit, UnitState
from blocs.models.people import Post
from blocs.permissions import Refusal, editor_of, first_of, is_operator, is_staff, may_manage_organisation
from campaigns.models import (
    AgendaItem,
    Attendance,
    BlocYear,
    Campaign,
    EmulationYear,
    Meeting,
    Observation,
    Pledge,
    PledgeContent,
    Seat,
    Signature,
    Statement,
)

Role = Post.Role


def leads(user, bloc_year, day):
    """The officer or secretary of the unit that has the leader's seat of that year, until it is closed."""
    if bloc_year.closed_on:
        return Refusal(_("Hồ sơ năm của Khối đã khoá."))
    leaders = {
        seat.unit_id for seat in bloc_year.seats.all() if seat.role == Seat.Role.LEADER and seat.unit_id
    }
    return user.standing().post(Role.SECRETARY, Role.OFFICER, unit_ids=leaders) or Refusal(
        _("Việc này thuộc về đơn vị Khối trưởng của năm đó.")
    )


def _in_bloc_year(permission):
    """The same permission, asked about the bloc-year a row belongs to."""

    def asked(user, obj, day):
        bloc_year = obj.root()
        if not isinstance(bloc_year, BlocYear):
            return Refusal(_("Dữ liệu chung của bộ do cán bộ thi đua, khen thưởng của bộ thực hiện."))
        return permission(user, bloc_year, day)

    return asked


may_keep_bloc_year = first_of(is_staff, leads)
may_load_history = is_operator
may_close_bloc_year = is_staff
may_make_trial_accounts = is_operator

may_edit_bloc_records = editor_of(
    BlocYear, Observation, Meeting, AgendaItem, Attendance, Statement, Pledge, PledgeContent, Signature
)(first_of(is_staff, _in_bloc_year(leads)))
may_edit_campaign = editor_of(Campaign)(first_of(is_staff, _in_bloc_year(leads)))
may_edit_years = editor_of(EmulationYear, Seat)(is_staff)
editor_of(Unit, UnitState, Succession, Bloc)(may_manage_organisation)
