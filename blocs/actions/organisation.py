"""Acts on units: what a decision on the organisation does to them."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.journal import act, record
from blocs.models import Succession, Unit
from blocs.permissions import may_edit, refuse, require
from blocs.text import nfc

ANY_DAY = "the organisation follows decisions, not the year"

Kind = Succession.Kind


@act("unit.rename", gettext_lazy("Ghi đổi tên đơn vị"), any_day=ANY_DAY)
def rename_unit(
    *, unit, first_day, official_name, basis, by, short_name="", symbol="", paper=None, reason=""
):
    """Record that from a day a unit bears another name; all else that is known of it stays as it was.

    The name of before ends the day before. A symbol that is not told stays.
    """
    unit = Unit.objects.locked(unit.pk)
    post = require(may_edit(by, unit, timezone.localdate()))
    if not basis.strip():
        refuse(_("Cần ghi số, ngày văn bản."))
    state = _state_before(unit, first_day)
    if nfc(official_name) == state.official_name:
        refuse(_("Tên mới phải khác tên đang dùng."))
    before = {"official_name": state.official_name, "short_name": state.short_name, "last_day": None}
    _end(state, first_day)
    state.pk, state.version = None, 1
    state._state.adding = True
    state.first_day, state.last_day = first_day, None
    state.official_name, state.short_name = official_name, short_name
    state.symbol = symbol or state.symbol
    state.save()
    after = {
        "official_name": official_name,
        "short_name": short_name,
        "first_day": first_day,
        "basis": basis,
    }
    record(unit, by=by, post=post, before=before, after=after, reason=reason, paper=paper)
    return unit


@act("unit.succeed", gettext_lazy("Ghi sáp nhập, chia tách, giải thể đơn vị"), any_day=ANY_DAY)
def succeed(*, unit, kind, on, successors, basis, by, paper=None, reason=""):
    """Record that on a day a unit is merged, split, handed on whole or dissolved.

    Its name ends the day before. Its past stays its own: seats, posts and papers are not moved.
    """
    unit = Unit.objects.locked(unit.pk)
    post = require(may_edit(by, unit, timezone.localdate()))
    successors = list(successors)
    _check(unit, kind, successors, basis)
    state = _state_before(unit, on)
    _end(state, on)
    for successor in successors or [None]:
        Succession.objects.create(on=on, kind=kind, from_unit=unit, to_unit=successor, basis=basis)
    after = {"on": on, "kind": kind, "successors": successors, "basis": basis, "last_day": state.last_day}
    record(unit, by=by, post=post, before={"last_day": None}, after=after, reason=reason, paper=paper)
    return unit


def _state_before(unit, day):
    """The state that a unit has now and had on the day before; refused where it began later."""
    state = unit.states.filter(last_day__isnull=True).first()
    if state is None or (state.first_day and state.first_day >= day):
        refuse(_("Ngày %(day)s đơn vị không mang tên đang dùng. Hãy sửa tên từng thời kỳ trước.") % _day(day))
    return state


def _end(state, day):
    """Let a state end the day before."""
    state.last_day = day - timedelta(days=1)
    state.save()


def _check(unit, kind, successors, basis):
    if not basis.strip():
        refuse(_("Cần ghi số, ngày văn bản."))
    known = unit.successions.first()
    if known:
        refuse(_("Đơn vị này đã kết thúc hoạt động từ ngày %(day)s.") % _day(known.on))
    if unit in successors:
        refuse(_("Đơn vị mới phải khác đơn vị cũ."))
    if kind == Kind.DISSOLUTION and successors:
        refuse(_("Giải thể thì không có đơn vị mới; nếu có, hãy chọn hình thức khác."))
    if kind == Kind.SPLIT and len(successors) < 2:  # noqa: PLR2004 (a split has two sides)
        refuse(_("Chia, tách thì chọn từ hai đơn vị mới."))
    if kind in (Kind.MERGER, Kind.TRANSFER) and len(successors) != 1:
        refuse(_("Sáp nhập hoặc chuyển giao thì chọn đúng một đơn vị mới."))


def _day(day):
    return {"day": notation.day(day)}
