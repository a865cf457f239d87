"""Acts on units: what a decision on the organisation does to them."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.journal import act, record
from blocs.models import Succession, Unit
from blocs.permissions import may_edit, refuse, require

Kind = Succession.Kind


@act("unit.succeed", gettext_lazy("Ghi sáp nhập, chia tách, giải thể đơn vị"))
def succeed(*, unit, kind, on, successors, basis, by, paper=None, reason=""):
    """Record that on a day a unit is merged, split, handed on whole or dissolved.

    Its name ends the day before. Its past stays its own: seats, posts and papers are not moved.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    post = require(may_edit(by, unit, timezone.localdate()))
    successors = list(successors)
    _check(unit, kind, successors, basis)
    state = unit.states.filter(last_day__isnull=True).first()
    if state is None or (state.first_day and state.first_day >= on):
        refuse(_("Ngày %(day)s đơn vị không mang tên đang dùng. Hãy sửa tên từng thời kỳ trước.") % _day(on))
    state.last_day = on - timedelta(days=1)
    state.version += 1
    state.save()
    for successor in successors or [None]:
        Succession.objects.create(on=on, kind=kind, from_unit=unit, to_unit=successor, basis=basis)
    after = {"on": on, "kind": kind, "successors": successors, "basis": basis, "last_day": state.last_day}
    record(unit, by=by, post=post, before={"last_day": None}, after=after, reason=reason, paper=paper)
    return unit


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
