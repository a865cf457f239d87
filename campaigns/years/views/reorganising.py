"""The page of a change in the organisation of a unit: what follows is read before it is done."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs import notation
from blocs.actions import rename_unit
from blocs.models import Unit
from blocs.permissions import Refused, require
from campaigns import actions
from campaigns.permissions import may_change_members
from campaigns.years.forms.reorganising import JOIN, LEAVE, RENAME, ChangeForm
from campaigns.years.reorganising import followers, left_open, moves, open_to, seated_in


@require_http_methods(["GET", "POST"])
def change(request, pk):
    """Rename, merge, split, hand on or dissolve a unit, let it join or leave a bloc."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).prefetch_related("states"), pk=pk)
    require(may_change_members(request.user, unit, timezone.localdate()))
    seats = list(seated_in(unit).prefetch_related("unit__states"))
    form = ChangeForm(
        request.POST or None,
        request.FILES or None,
        followers=followers(request.user, unit),
        bloc_years=open_to(unit),
        seats=seats,
        initial={"kind": request.GET.get("thay-doi", "")},
    )
    follows, mark = None, ""
    if request.method == "POST" and form.is_valid():
        follows, mark = list(_follows(unit, form)), _mark(form.cleaned_data)
        if request.POST.get("shown") == mark and _done(request, unit, form):
            messages.success(request, _("Đã ghi thay đổi tổ chức."))
            return redirect("unit-change", pk)
    context = {
        "unit": unit,
        "form": form,
        "seats": seats,
        "left_open": list(left_open(unit, timezone.localdate())),
        "ended": unit.successions.select_related("to_unit").prefetch_related("to_unit__states"),
        "follows": follows,
        "mark": mark,
        "submit": _("Ghi thay đổi") if mark else _("Xem trước"),
    }
    return render(request, "campaigns/unit_change.html", context)


def _mark(data):
    """For which change the page was computed."""
    parts = [data["kind"], data["on"], data["official_name"], data["short_name"], data["symbol"]]
    parts += sorted(unit.pk for unit in data["successors"])
    parts += [each and each.pk for each in (data["bloc_year"], data["seat"])]
    return "|".join(str(part) for part in parts)


def _follows(unit, form):
    """What follows from a change, sentence by sentence."""
    data = form.cleaned_data
    told = {"unit": unit.name(), "day": notation.day(data["on"])}
    if data["kind"] == RENAME:
        words = _("Từ ngày %(day)s đơn vị mang tên “%(name)s”; văn bản trước ngày đó giữ tên “%(unit)s”.")
        yield words % (told | {"name": data["official_name"]})
    elif data["kind"] == JOIN:
        words = _("%(bloc)s: %(unit)s vào khối từ ngày %(day)s, vai trò: thành viên.")
        yield words % (told | {"bloc": str(data["bloc_year"])})
    elif data["kind"] == LEAVE:
        words = _("%(bloc)s: %(unit)s là thành viên đến hết ngày %(day)s.")
        yield words % (told | {"bloc": str(data["seat"].bloc_year)})
        yield from left_open(unit, data["on"])
    else:
        yield (
            _("Tên “%(unit)s” hết hiệu lực vào hôm trước ngày %(day)s; hồ sơ các năm qua giữ tên cũ.") % told
        )
        for move in moves(unit, data["on"], list(data["successors"])):
            yield from move.in_words()
        yield from left_open(unit, data["on"])


def _done(request, unit, form):
    """Whether the change was done; a refusal stands on the form."""
    data = form.cleaned_data
    told = {"by": request.user, "paper": form.paper()}
    reason = data["reason"] or data["basis"]
    try:
        if data["kind"] == RENAME:
            names = {name: data[name] for name in ("official_name", "short_name", "symbol")}
            rename_unit(
                unit=unit, first_day=data["on"], basis=data["basis"], reason=data["reason"], **names, **told
            )
        elif data["kind"] == JOIN:
            actions.join_bloc(
                bloc_year=data["bloc_year"], unit=unit, first_day=data["on"], reason=reason, **told
            )
        elif data["kind"] == LEAVE:
            actions.leave_bloc(seat=data["seat"], last_day=data["on"], reason=reason, **told)
        else:
            actions.reorganise(
                unit=unit,
                kind=data["kind"],
                on=data["on"],
                successors=data["successors"],
                basis=data["basis"],
                reason=data["reason"],
                **told,
            )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
