"""A desk before one unit: the sitting of the team with the unit, and the tiers above it, on one screen."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from blocs.contributions import registry
from blocs.forms import PaperFields
from blocs.permissions import Refused, first_of, refuse, require
from blocs.versions import Stale, Unchanged
from campaigns.meetings.views.attendance import explain
from campaigns.scores import actions
from campaigns.scores.checks.forms.planning import HeldForm
from campaigns.scores.checks.forms.rows import ScoreRow
from campaigns.scores.checks.inspections import members_of
from campaigns.scores.checks.sittings import checkers_open_to, desk_of, is_across
from campaigns.scores.checks.views.planning import find_inspection
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import Inspection, Tier
from campaigns.scores.permissions import may_open_sheet, may_record_scores, may_score
from campaigns.scores.scoring import wording
from campaigns.scores.sheets.views.sheets import find_unit
from campaigns.scores.windows import closed_to_sheet
from config.masthead import address_of

may_work = first_of(may_score, may_record_scores)


@require_http_methods(["GET", "POST"])
def sitting(request, year, bloc, unit):
    """The check of a unit: team and unit before one screen, or the unit that was assigned to check it."""
    bloc_year, found = _find(request.user, year, bloc, unit)
    if is_across(bloc_year):
        return _work(request, bloc_year, found, Tier.CHECK, _checker(request, bloc_year, found))
    return _work(request, bloc_year, found, Tier.CHECK)


@require_http_methods(["GET", "POST"])
def tier(request, year, bloc, unit, tier):
    """The leader, the conference or the department before one unit."""
    if tier not in (Tier.LEADER, Tier.CONFERENCE, Tier.DEPARTMENT):
        raise Http404
    bloc_year, found = _find(request.user, year, bloc, unit)
    return _work(request, bloc_year, found, Tier(tier))


def _find(user, year, bloc, unit):
    bloc_year, found = find_unit(user, year, bloc, unit)
    if chosen_set(bloc_year) is None:
        raise Http404
    return bloc_year, found


def _checker(request, bloc_year, unit):
    """The unit that checks across: the person's own, or the one whose paper is recorded."""
    known = {each.code: each for each in checkers_open_to(request.user, bloc_year, unit)}
    own = [each for each in known.values() if each.pk in request.user.standing().unit_ids]
    checker = known.get(request.GET["cham"]) if "cham" in request.GET else next(iter(own), None)
    return checker or refuse(_("Đơn vị này do đơn vị được phân công chấm chéo chấm."))


def _work(request, bloc_year, unit, tier, checker=None):
    today = timezone.localdate()
    desk = desk_of(bloc_year, unit, tier, checker)
    require(may_work(request.user, desk.sheet, today))
    if not desk.filling.plan.criteria:
        raise Http404
    inspection = _inspection(request.user, bloc_year, unit) if tier == Tier.CHECK and not checker else None
    screen = Screen(request, desk, inspection)
    if request.method == "POST":
        if "only" in request.POST:
            return screen.save_one(request.POST["only"])
        if answer := screen.take():
            return answer
    return screen.show()


def _inspection(user, bloc_year, unit):
    """The planned sitting of a unit, or one that nobody planned."""
    try:
        return find_inspection(user, bloc_year, unit.code)
    except Http404:
        return Inspection(bloc_year=bloc_year, unit=unit)


class Screen:
    """One request to the screen of a desk."""

    def __init__(self, request, desk, inspection):
        self.request, self.desk, self.inspection = request, desk, inspection
        self.is_paper = "giay" in request.GET or desk.sheet.from_paper
        self.posted = request.POST if request.method == "POST" else None
        self.rows = self._rows(self.posted)
        self.form = self._form()

    def _form(self):
        sent = self.posted, self.request.FILES or None
        if self.inspection is None:
            return PaperFields(*sent)
        known = {"conclusion": self.inspection.conclusion, "shown_version": self.inspection.version}
        return HeldForm(*sent, initial=known)

    def _rows(self, posted):
        """{criterion key: its form}; one that was not sent is shown as it stands."""
        return {
            key: ScoreRow(
                posted if posted and f"{key}-shown_version" in posted else None,
                filling=self.desk.filling,
                criterion=self.desk.criteria[key],
                shown=self.desk.shown(key),
                by_points=self.is_paper,
            )
            for key in self.desk.filling.plan.criteria
        }

    @property
    def is_open(self):
        """Whether figures can be typed: the sheet is a draft, or not begun."""
        return self.desk.sheet.is_open

    # What is sent ---------------------------------------------------------------------------------------

    def save_one(self, key):
        """Keep one criterion as it was typed; the answer tells what it came to, also where it is not kept."""
        row = self.rows.get(key)
        if row is None:
            raise Http404
        if not row.is_valid():
            faults = [str(words) for each in row.errors.values() for words in each]
            return JsonResponse({"faults": faults, "points": self._would_be(row)})
        try:
            self._keep([row])
        except Refused as refused:
            return JsonResponse({"faults": [str(refused)], "points": ""})
        again = Screen(self.request, self._fresh(), self.inspection)
        score, below = again.desk.filling.scores[key], again.desk.filling.below.get(key)
        summary = again.summary() | {"saved_at": timezone.localtime(score.saved_at)}
        return JsonResponse(
            {
                "points": _points(score),
                "working": score.working if score.working != _working(below) else "",
                "version": score.version,
                "differs": key in again.deviating,
                "summary": render_to_string("scores/summary.html", summary, self.request),
            }
        )

    def take(self):
        """Keep what was changed and, where that was asked for, conclude; None where something is wrong."""
        rows = [row for row in self.rows.values() if row.is_bound]
        if all([self.form.is_valid(), *(row.is_valid() for row in rows)]):
            try:
                self._keep([row for row in rows if row.has_changed()])
                return self._conclude() if "conclude" in self.request.POST else self._back()
            except Stale:
                words = _("Người khác vừa chấm trên phiếu này. Hãy mở lại trang để xem điểm mới.")
                self.form.add_error(None, words)
            except Refused as refused:
                self.form.add_error(None, str(refused))
        explain(self.form, [(self.desk.filling.plan.code_of(row.row_of), row) for row in rows])
        return None

    def _keep(self, changed):
        """Open what the unit sent, begin the sheet where it was not, and keep the rows."""
        told, by = self._told(), self.request.user
        sheet, own = self.desk.sheet, self.desk.own
        if changed and own and own.state == own.State.SENT and may_open_sheet(by, own, timezone.localdate()):
            actions.open_sheet(sheet=own, by=by)
        if not changed:
            return
        rows = [row.row() for row in changed]
        if sheet.pk is None:
            sheet = self._begin()
        try:
            actions.save_scores(sheet=sheet, rows=rows, by=by, **told)
        except Unchanged:
            return
        self.desk.sheet = sheet

    def _begin(self):
        sheet = self.desk.sheet
        of = {"unit": sheet.unit, "tier": sheet.tier, "checker": sheet.checker}
        return actions.begin_sheet(bloc_year=sheet.bloc_year, **of, by=self.request.user, **self._told())

    def _conclude(self):
        told, by = self._told(), self.request.user
        if self.inspection is None:
            sheet = self.desk.sheet
            sheet = sheet if sheet.pk else self._begin()
            actions.release_sheet(sheet=sheet, by=by, **told)
            messages.success(self.request, _("Đã công bố điểm."))
            return redirect("scores", sheet.bloc_year.year.code, sheet.bloc_year.bloc.code)
        held = actions.conclude_inspection(
            inspection=self.inspection,
            conclusion=self.form.cleaned_data["conclusion"],
            shown_version=self.form.cleaned_data["shown_version"],
            by=by,
            **told,
        )
        messages.success(self.request, _("Đã kết thúc buổi kiểm tra và công bố điểm kiểm tra."))
        papers = registry.buttons_of("scores.inspection", [held], by)[held.pk]
        return redirect(papers[-1].address if papers else held)  # the copies, for whoever may print them

    def _back(self):
        messages.success(self.request, _("Đã lưu điểm."))
        return redirect(self.request.get_full_path())

    def _told(self):
        """The paper and the reason, as far as the form says them."""
        if not self.form.is_valid():
            return {"paper": None, "reason": ""}
        return {"paper": self.form.paper(), "reason": self.form.cleaned_data.get("reason", "")}

    def _fresh(self):
        sheet = self.desk.sheet
        return desk_of(sheet.bloc_year, sheet.unit, sheet.tier, sheet.checker)

    def _would_be(self, row):
        """The points that the figures come to, where they can be told though the row cannot be kept yet."""
        if set(row.errors) - {"grounds_code"}:
            return ""
        return _points(self.desk.filling.result(row.row()))

    # What is shown --------------------------------------------------------------------------------------

    @property
    def deviating(self):
        return {row.key for row, _below, _score in self.desk.deviations()}

    def summary(self):
        """The two totals, the list of deviations and what is missing."""
        below, total = self.desk.total_below(), self.desk.total()
        missing, code_of = self.desk.missing(), self.desk.filling.plan.code_of
        difference = total - below if total is not None and below is not None else None
        return {
            "below_title": _("Tự chấm") if self.desk.sheet.tier == Tier.CHECK else _("Cấp trước"),
            "title": self.desk.sheet.get_tier_display(),
            "below": _number(below),
            "total": _number(total),
            "difference": "" if difference is None else _signed(difference),
            "deviations": [
                (row, code_of(row), _points(other), _points(score), score.reason_words)
                for row, other, score in self.desk.deviations()
            ],
            "missing": [(self.desk.criteria[key], code_of(self.desk.criteria[key])) for key in missing],
            "counted": ngettext(
                "%(count)s tiêu chí khác điểm", "%(count)s tiêu chí khác điểm", len(self.desk.deviations())
            )
            % {"count": len(self.desk.deviations())},
        }

    def show(self):
        sheet = self.desk.sheet
        bloc_year, unit = sheet.bloc_year, sheet.unit
        day, place = bloc_year.year.last_day, [bloc_year.year.code, bloc_year.bloc.code]
        window = closed_to_sheet(sheet)
        context = self.summary() | {
            "bloc_year": bloc_year,
            "name": unit.name(day),
            "sheet": sheet,
            "desk": self.inspection.team_name if self.inspection else sheet.desk,
            "inspection": self.inspection,
            "is_sitting": self.inspection is not None,
            "sides": _sides(self.inspection),
            "own": self.desk.own,
            "is_returned": bool(self.desk.own and self.desk.own.state == sheet.State.RETURNED),
            "is_open": self.is_open,
            "is_paper": self.is_paper,
            "not_own_desk": not may_score(self.request.user, sheet, timezone.localdate()),
            "sections": self._sections(),
            "form": self.form,
            "window": "" if window is None else str(window),
            "papers": self._papers(),
            "unit_page": address_of("score-unit", *place, unit.code),
            "scores": reverse("scores", args=place),
            "members": reverse("score-sitting-members", args=[*place, unit.code])
            if self.inspection and self.inspection.pk
            else "",
            "conclude": self._conclude_words(),
        }
        return render(self.request, "scores/sitting.html", context)

    def _conclude_words(self):
        if self.inspection is not None:
            return _("Kết thúc, công bố điểm kiểm tra và in biên bản")
        return pgettext("act", "Công bố điểm")

    def _papers(self):
        if self.inspection is None or self.inspection.pk is None:
            return []
        return registry.buttons_of("scores.inspection", [self.inspection], self.request.user)[
            self.inspection.pk
        ]

    def _sections(self):
        """[(level of the heading, section, [row with what stands beside it])] in the order of the plan."""
        return [
            (min(depth + 2, 6), section, [self._told_row(key) for key in keys])
            for depth, section, keys in self.desk.sections()
        ]

    def _told_row(self, key):
        row, below, shown = self.rows[key], self.desk.filling.below.get(key), self.desk.shown(key)
        criterion = self.desk.criteria[key]
        return {
            "form": row,
            "criterion": criterion,
            "maximum": _number(criterion.maximum) if criterion.maximum else "",
            "below": _points(below),
            "below_working": _working(below),
            "points": _points(shown),
            "working": _working(shown) if _working(shown) != _working(below) else "",
            "differs": key in self.deviating,
            "evidence": self.desk.evidence[key],
            "lacks_evidence": criterion.needs_evidence and not self.desk.evidence[key],
        }


def _sides(inspection):
    """[(side, words of who sits there)] of a sitting."""
    if inspection is None or inspection.pk is None:
        return []
    told = {}
    for each in members_of(inspection):
        words = ", ".join(filter(None, [each.name, each.title, each.unit.name() if each.unit else ""]))
        told.setdefault(each.get_side_display(), []).append(words)
    return list(told.items())


def _number(points):
    return "" if points is None else wording.number(points)


def _signed(points):
    words = wording.number(abs(points))
    return f"+{words}" if points > 0 else f"−{words}" if points < 0 else words


def _points(score):
    if score is None:
        return ""
    return _("không áp dụng") if score.not_applicable else _number(score.points)


def _working(score):
    return score.working if score else ""
