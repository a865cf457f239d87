"""Who may do what in a bloc's year: the seat of the unit and the post of the person."""

from django.utils.translation import gettext_lazy as _

from blocs.models import Bloc, Person, Unit, UnitKind, UnitState
from blocs.models.people import Post
from blocs.permissions import Refusal, editor_of, first_of, is_operator, is_staff, may_manage_organisation
from campaigns.models import (
    AgendaItem,
    Attendance,
    BlocYear,
    Campaign,
    EmulationYear,
    Handover,
    Meeting,
    Observation,
    Phase,
    Pledge,
    PledgeContent,
    Seat,
    Signature,
    Statement,
    Task,
)
from campaigns.reach import reach

Role = Post.Role


def leads(user, bloc_year, day):
    """The officer or secretary of the unit that has the leader's seat of that year, until it is closed.

    While that year's leader is not named, the leader's unit of the year before keeps its rows.
    """
    if bloc_year.closed_on:
        return Refusal(_("Hồ sơ năm của Khối đã khoá."))
    leaders = bloc_year.leading_units(day)
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

    asked.__doc__ = permission.__doc__
    return asked


def leads_all(user, pledge, day):
    """Whoever leads every bloc-year that a pledge belongs to."""
    bloc_years = list(pledge.bloc_years.all()) if pledge.pk else []
    answers = [leads(user, bloc_year, day) for bloc_year in bloc_years]
    refusals = [answer for answer in answers if not answer]
    if refusals or not answers:
        return refusals[0] if refusals else Refusal(_("Hãy chọn khối trong năm của giao ước."))
    return answers[0]


def names_next_leader(user, seat, day):
    """The leader's unit of the year before, for the leader and deputies that its bloc elected.

    It names them and corrects the name until its own year is closed; it never seats a second leader.
    """
    named = seat.bloc_year.seats.filter(role=Seat.Role.LEADER, unit__isnull=False).exclude(pk=seat.pk)
    if named.exists() or seat.role == Seat.Role.MEMBER:
        return Refusal(_("Danh sách đơn vị trong Khối do cán bộ thi đua, khen thưởng của bộ ghi."))
    before = seat.bloc_year.predecessor()
    return leads(user, before, day) if before else Refusal(_("Chưa có dữ liệu năm trước của Khối."))


def names_people(user, person, day):
    """The leader's unit names persons of its bloc's units, as long as they hold no task here."""
    led = BlocYear.objects.led_by(user.standing().unit_ids).filter(closed_on=None).exists()
    post = user.standing().post(Role.SECRETARY, Role.OFFICER)
    if not (led and post):
        return Refusal(_("Cá nhân do cán bộ thi đua, khen thưởng của bộ hoặc đơn vị Khối trưởng ghi."))
    if not person.pk:
        return post
    if person.posts.exclude(role="").exists():
        return Refusal(_("Người này có nhiệm vụ trên hệ thống, do người quản trị sửa."))
    if person.posts.exclude(unit__in=reach(user.standing().unit_ids).people).exists():
        return Refusal(_("Người này thuộc đơn vị ngoài các khối mà đơn vị của anh/chị đứng đầu."))
    return post


def keeps_title(user, post, day):
    """Whoever may edit the person keeps printed titles; tasks in the software are not given here."""
    if post.role:
        return Refusal(_("Nhiệm vụ trên hệ thống không giao ở đây."))
    return may_edit_person(user, post.person, day)


def takes_over(user, handover, day):
    """The officer or secretary of the unit that takes the bloc over."""
    return user.standing().post(Role.SECRETARY, Role.OFFICER, unit_ids={handover.to_unit_id}) or Refusal(
        _("Việc này thuộc về bên giao hoặc bên nhận nhiệm vụ Khối trưởng.")
    )


def led_before(user, bloc_year, day):
    """The leader's unit of the year before, for what its conference settled of this year."""
    before = bloc_year.predecessor()
    if before is None:
        return Refusal(_("Việc này thuộc về đơn vị Khối trưởng của năm đó."))
    return leads(user, before, day)


def carries_out(user, task, day):
    """The officer or secretary of the unit that a task was given to."""
    return user.standing().post(Role.SECRETARY, Role.OFFICER, unit_ids={task.unit_id}) or Refusal(
        _("Việc này thuộc về đơn vị được giao nhiệm vụ hoặc đơn vị Khối trưởng.")
    )


may_edit_handover = editor_of(Handover)(first_of(is_staff, _in_bloc_year(leads), takes_over))
may_edit_person = editor_of(Person)(first_of(may_manage_organisation, names_people))
editor_of(Post)(keeps_title)
may_load_history = is_operator
may_close_bloc_year = is_staff
may_change_members = is_staff
may_make_trial_accounts = is_operator

may_edit_bloc_records = editor_of(
    BlocYear,
    Campaign,
    Observation,
    Meeting,
    AgendaItem,
    Attendance,
    Statement,
    Task,
    PledgeContent,
    Signature,
)(first_of(is_staff, _in_bloc_year(leads)))
may_record_plan = may_edit_bloc_records
may_remind = first_of(is_staff, leads)
may_sign_pledge = first_of(is_staff, leads, led_before)
may_finish_task = first_of(is_staff, _in_bloc_year(leads), carries_out)
may_edit_pledge = editor_of(Pledge)(first_of(is_staff, leads_all))
may_edit_seat = editor_of(Seat)(first_of(is_staff, names_next_leader))
may_edit_year = editor_of(EmulationYear, Phase)(is_staff)
editor_of(Unit, UnitState, UnitKind, Bloc)(may_manage_organisation)
