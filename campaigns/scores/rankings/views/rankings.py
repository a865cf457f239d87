"""Pages of a ranking: how units stand, what the conference decides of it, its release."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs.contributions import Button, registry
from blocs.models import Unit
from blocs.permissions import Refused, require
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import WITH_SET, chosen_set
from campaigns.scores.models import Ranking
from campaigns.scores.permissions import may_keep_ranking
from campaigns.scores.rankings.forms import PartYearForm, ReleaseForm, SettleForm
from campaigns.scores.rankings.making import make
from campaigns.scores.rankings.tables import Table, known_table
from campaigns.years.views.bloc_years import find_bloc_year, places_of

State = Ranking.State


@require_GET
def ranking(request, year, bloc):
    """The ranking of a bloc's year: the draft to who keeps it, else the released one."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    known = list(Ranking.objects.visible_to(request.user).filter(bloc_year=bloc_year).order_by("-number"))
    may = bool(may_keep_ranking(request.user, bloc_year, timezone.localdate()))
    shown = _shown(known, may, request.GET.get("lan", ""))
    now = make(bloc_year, shown.settled) if shown and shown.state != State.SUPERSEDED else None
    changes = _changes(shown, now) if now else []
    context = {
        "bloc_year": bloc_year,
        "places": places_of(bloc_year, request.user),
        "ranking": shown,
        "versions": [(each, f"{request.path}?lan={each.number}") for each in known],
        "table": Table(bloc_year, shown, may and shown.state == State.DRAFT) if shown else None,
        "reasons": shown.provisional_reason.splitlines() if shown else [],
        "changes": changes,
        "known": known_table(bloc_year, request.user) if not shown else None,
        "next": _next(bloc_year, shown, may, changes),
        "may_know": may and not shown and bloc_year.year.last_day < timezone.localdate(),
        "buttons": registry.buttons_of("scores.ranking", [shown], request.user)[shown.pk] if shown else [],
        "has_part_year": bool(shown and any(row["stay"] for row in shown.rows)),
    }
    return render(request, "scores/ranking.html", context)


@require_POST
def make_draft(request, year, bloc):
    """Make the draft of a ranking, or renew it by the figures that count now."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    actions.make_ranking(bloc_year=bloc_year, by=request.user)
    messages.success(request, _("Đã lập dự thảo theo điểm đang có hiệu lực."))
    return redirect("ranking", year, bloc)


@require_http_methods(["GET", "POST"])
def settle(request, year, bloc):
    """The order in which the conference put units with equal points."""
    bloc_year, draft = _draft(request, year, bloc)
    made = make(bloc_year, draft.settled)
    chosen = request.GET.get("don-vi", "")
    tie = next((each for each in made.ties if chosen in map(str, each["units"])), None)
    if tie is None:
        messages.warning(request, _("Đơn vị này không còn bằng điểm với đơn vị nào."))
        return redirect("ranking", year, bloc)
    names = {row["unit"]: row["name"] for row in made.rows}
    order = [row["unit"] for row in made.rows if row["unit"] in tie["units"]]
    form = SettleForm(request.POST or None, request.FILES or None, names=names, order=order)

    def do():
        units = {each.pk: each for each in Unit.objects.filter(pk__in=order)}
        decided = [units[key] for key in form.decided()]
        told = {"reason": form.cleaned_data["reason"], "paper": form.paper()}
        actions.settle_tie(ranking=draft, units=decided, by=request.user, **told)

    return _decision(
        request,
        bloc_year,
        form,
        do,
        title=_("Quyết định của Hội nghị về các đơn vị bằng điểm"),
        summary=_("Quyết định chỉ có giá trị với số điểm hiện nay; điểm đổi thì Hội nghị quyết định lại."),
        submit=_("Ghi quyết định"),
    )


@require_http_methods(["GET", "POST"])
def part_year(request, year, bloc):
    """Which units are ranked though they were in the bloc for a part of the year."""
    bloc_year, draft = _draft(request, year, bloc)
    names = {row["unit"]: f"{row['name']} ({row['stay']})" for row in draft.rows if row["stay"]}
    ranked = draft.settled.get("part_year", {})
    initial = {"units": [str(key) for key in ranked.get("units", ())], "reason": ranked.get("reason", "")}
    form = PartYearForm(request.POST or None, request.FILES or None, names=names, initial=initial)

    def do():
        units = Unit.objects.filter(pk__in=form.cleaned_data["units"])
        told = {"reason": form.cleaned_data["reason"], "paper": form.paper()}
        actions.rank_part_year(ranking=draft, units=list(units), by=request.user, **told)

    return _decision(
        request,
        bloc_year,
        form,
        do,
        title=_("Đơn vị không ở trong Khối cả năm"),
        summary=_("Các đơn vị này không được xếp hạng, trừ đơn vị mà Hội nghị quyết định xếp."),
        submit=_("Ghi quyết định"),
    )


@require_http_methods(["GET", "POST"])
def release(request, year, bloc):
    """Release the draft: from then on it stays as it is."""
    bloc_year, draft = _draft(request, year, bloc)
    data = request.POST if request.method == "POST" else None  # nothing need be filled in
    form = ReleaseForm(data, request.FILES or None)

    def do():
        told = {"reason": form.cleaned_data["reason"], "paper": form.paper()}
        actions.release_ranking(ranking=draft, by=request.user, **told)

    return _decision(
        request,
        bloc_year,
        form,
        do,
        title=_("Công bố bảng xếp hạng"),
        summary=_("Sau khi công bố, các đơn vị trong Khối đọc được và bảng không sửa được nữa."),
        submit=_("Công bố bảng xếp hạng"),
        reasons=draft.provisional_reason.splitlines(),
    )


def _shown(known, may, number):
    """The ranking that is asked for by its number; else the draft to who keeps it, else the released one."""
    wanted = next((each for each in known if str(each.number) == number), None)
    states = [State.DRAFT, State.RELEASED] if may else [State.RELEASED, State.DRAFT]
    order = {state: place for place, state in enumerate([*states, State.SUPERSEDED])}
    return wanted or min(known, key=lambda each: (order[each.state], -each.number), default=None)


def _changes(shown, now):
    """What has come about since the ranking was made, in words."""
    found = [each for each in now.reasons if each not in shown.provisional_reason.splitlines()]
    if now.rows != shown.rows:
        found.insert(0, _("điểm, tên hoặc danh sách đơn vị đã khác với bảng này"))
    return found


def _next(bloc_year, shown, may, changes):
    """The one next step of who keeps the ranking: a draft that is behind the scores is renewed first."""
    if not may or chosen_set(bloc_year) is None:
        return None
    codes = [bloc_year.year.code, bloc_year.bloc.code]
    if shown and shown.state == State.DRAFT:
        if changes:
            title = _("Cập nhật dự thảo theo điểm hiện nay")
            return Button(title, reverse("ranking-make", args=codes), posts=True)
        return Button(_("Công bố bảng xếp hạng"), reverse("ranking-release", args=codes))
    title = _("Lập bảng xếp hạng mới") if shown else _("Lập bảng xếp hạng")
    return Button(title, reverse("ranking-make", args=codes), posts=True)


def _draft(request, year, bloc):
    """The bloc's year with its draft, for who keeps it; 404 where there is none."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    require(may_keep_ranking(request.user, bloc_year, timezone.localdate()))
    drafts = Ranking.objects.visible_to(request.user).filter(bloc_year=bloc_year, state=State.DRAFT)
    draft = get_object_or_404(drafts)
    draft.bloc_year = bloc_year
    return bloc_year, draft


def _decision(request, bloc_year, form, do, **words):
    """A form of the draft ranking: the act is done, or its refusal stands in the form."""
    back = reverse("ranking", args=[bloc_year.year.code, bloc_year.bloc.code])
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ghi."))
            return redirect(back)
    context = {"bloc_year": bloc_year, "form": form, "back": back, "reasons": []} | words
    return render(request, "scores/ranking_act.html", context)
