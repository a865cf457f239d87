"""The scores of one unit: all tiers side by side, and the unit's own scoring."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from blocs.contributions import Button
from blocs.permissions import Refused, require
from blocs.versions import Unchanged
from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.criteria.plans import rows_of, tiers_of_set
from campaigns.scores.criteria.words import in_words as measure_in_words
from campaigns.scores.models import ScoreSheet, Tier
from campaigns.scores.permissions import may_record_scores, may_return_sheet, may_score, scores_own_unit
from campaigns.scores.scoring import wording
from campaigns.scores.sheets.actions.sheets import StaleScore
from campaigns.scores.sheets.filling import filling_of
from campaigns.scores.sheets.forms.sheets import CriterionForm, DropForm, EvidenceForm
from campaigns.scores.sheets.of_unit import (
    corrections_of,
    evidence_of,
    explanations_of,
    given_in_words,
    points_in_words,
    progress_in_words,
    unit_scores,
    versions_of,
)
from campaigns.scores.sheets.views.units import (
    FORWARD,
    begin_button,
    buttons_of,
    context_of,
    desks_of,
    find_sheet_to_score,
    find_unit,
    opened_by,
    place_of,
)
from campaigns.scores.windows import closed_to_sheet, closed_to_unit
from campaigns.windows import in_words


@require_GET
def unit_page(request, year, bloc, unit):
    """What every tier gives a unit, as far as this person may see it, and what may be done with it."""
    bloc_year, unit = find_unit(request.user, year, bloc, unit)
    user, today = request.user, timezone.localdate()
    own = ScoreSheet(bloc_year=bloc_year, unit=unit, tier=Tier.SELF)
    found = unit_scores(bloc_year, unit, user)
    may_own, may_record = scores_own_unit(user, own, today), may_record_scores(user, own, today)
    if not (found.columns or may_own or may_record or user.standing().sees_all):
        raise Http404
    sheet = found.own
    buttons = buttons_of(bloc_year, unit, sheet, user)
    if found.plan:
        sheets = [each.sheet for each in found.columns]
        buttons += desks_of(bloc_year, unit, user, tiers_of_set(found.plan), sheets)
    corrections = corrections_of(sheet, found.scores.scores[sheet.pk], found.plan) if sheet else []
    total = found.total()
    closed = closed_to_unit(bloc_year, Phase.Kind.EXPLANATION, unit.pk)
    context = context_of(bloc_year, unit, user) | {
        "columns": found.columns,
        "versions": versions_of(bloc_year, unit, user),
        "lines": found.lines() if found.columns else [],
        "total": _("Tổng điểm được tính: %(total)s") % {"total": total} if total else "",
        "sheet": sheet,
        "opened": opened_by(sheet),
        "corrections": corrections,
        "may_close": bool(sheet and sheet.state == "opened" and may_return_sheet(user, sheet, today)),
        "explanations": _explanations(bloc_year, unit, user, found.plan),
        "may_ask": bool(may_own and closed is None),
        "asking_closed": in_words(closed) if may_own else "",
        "may_evidence": bool(may_own and sheet and sheet.is_open),
        "next": next((each for each in buttons if each.place == FORWARD and not each.refusal), None),
        "buttons": buttons,
        "links": _links(bloc_year, unit, user, found.plan) if may_record else [],
    }
    return render(request, "scores/unit.html", context)


@require_http_methods(["GET", "POST"])
def own_page(request, year, bloc, unit):
    """A unit scores itself: a section at a time, one criterion a form, saved as it is typed."""
    user, today = request.user, timezone.localdate()
    sheet = find_sheet_to_score(user, year, bloc, unit)
    if sheet is None:
        bloc_year, unit = find_unit(user, year, bloc, unit)
        require(scores_own_unit(user, ScoreSheet(bloc_year=bloc_year, unit=unit, tier=Tier.SELF), today))
        context = context_of(bloc_year, unit, user) | {"button": begin_button(bloc_year, unit)}
        return render(request, "scores/own_begin.html", context)
    require(scores_own_unit(user, sheet, today))
    if not sheet.is_open:
        messages.info(
            request,
            _("Phiếu ở trạng thái “%(state)s” nên không sửa được.") % {"state": sheet.get_state_display()},
        )
        return redirect("score-unit", year, bloc, unit)
    own = OwnScoring(request, filling_of(sheet))
    return own.keep() if request.method == "POST" else own.page()


class OwnScoring:
    """One request of the page on which a unit scores itself."""

    def __init__(self, request, filling):
        self.request, self.filling = request, filling
        self.sheet, self.plan = filling.sheet, filling.plan
        self.here = reverse("score-own", args=place_of(self.sheet.bloc_year, self.sheet.unit))
        self.rows = {
            key: row for key, row in rows_of(self.sheet.criteria_set).items() if key in self.plan.criteria
        }
        self.sections = {each.key: list(_keys(each)) for each in self.plan.sections}

    def keep(self):
        """Keep what was typed for one criterion; answers in words to the page's script."""
        row = self.rows.get(self.request.POST.get("criterion", ""))
        if row is None:
            raise Http404
        form = CriterionForm(self.request.POST, filling=self.filling, row=row)
        try:
            score = self._kept(form) if form.is_valid() else None
        except Unchanged:
            score = self.filling.scores[row.key]
        except StaleScore as stale:
            form.add_error(None, str(stale))
            form.add_error(None, _stale_words(stale))
            score = None
        except Refused as refused:
            form.add_error(None, str(refused))
            score = None
        if self.request.accepts("text/html"):
            if score is None:
                return self.page(form)
            key = self._following(row.key) if "next" in self.request.POST else row.key
            return redirect(self._way_to(key))
        return self._answer(form, score, row.key)

    def page(self, bound=None):
        """The section that is asked for, or the one with the next criterion to score."""
        chosen = self.request.GET.get("muc")
        if bound is not None:
            chosen = self._section(bound.row.key)
        if chosen not in self.sections:
            chosen = self._section(self._following(None))
        evidence = evidence_of(self.sheet)
        unanswered = self._unanswered()
        context = context_of(self.sheet.bloc_year, self.sheet.unit, self.request.user) | {
            "sheet": self.sheet,
            "window": in_words(closed_to_sheet(self.sheet)),
            "sections": [
                (
                    section,
                    f"{self.here}?muc={section.key}",
                    self._progress(self.sections[section.key]),
                    section.key == chosen,
                )
                for section in self.plan.sections
            ],
            "section": next(each for each in self.plan.sections if each.key == chosen),
            "items": [self._item(key, evidence, bound) for key in self.sections[chosen]],
            "progress": self._progress(self.plan.criteria),
            "done": len(self.plan.criteria) - len(unanswered),
            "whole": len(self.plan.criteria),
            "unanswered": [
                (self.plan.code_of(self.plan.criteria[key]), self._way_to(key)) for key in unanswered[:1]
            ],
            "total": self._total(),
            "here": self.here,
            "drop": DropForm(prefix="drop"),
        }
        return render(self.request, "scores/own.html", context)

    def _kept(self, form):
        told = form.told()
        return actions.save_score(
            sheet=self.sheet,
            criterion=told.criterion,
            figures=told.figures,
            not_applicable=told.not_applicable,
            grounds_code=told.grounds_code,
            grounds=told.grounds,
            shown_version=told.shown_version,
            by=self.request.user,
        )

    def _answer(self, form, score, key):
        if score is None:
            told = [str(error) for errors in form.errors.values() for error in errors]
            return JsonResponse({"words": _("Chưa lưu: %(why)s") % {"why": " ".join(told)}}, status=422)
        self.filling = getattr(score.sheet, "filling", self.filling)
        return JsonResponse(
            {
                "words": saved_words(score),
                "version": score.version,
                "points": _points(score),
                "working": score.working.splitlines(),
                "progress": self._progress(self.plan.criteria),
                "done": len(self.plan.criteria) - len(self._unanswered()),
                "total": self._total(),
            }
        )

    def _total(self):
        return "" if self.filling.total is None else points_in_words(self.filling.total)

    def _item(self, key, evidence, bound):
        """What the page shows of one criterion; read alone where a return did not name it."""
        row, score = self.rows[key], self.filling.scores.get(key)
        is_open = self.filling.named is None or key in self.filling.named
        is_bound = bound is not None and bound.row.key == key
        form = bound if is_bound else CriterionForm(filling=self.filling, row=row)
        return {
            "criterion": row,
            "maximum": wording.number(row.maximum),
            "ways": _ways(self.plan.criteria[key]),
            "form": form if is_open else None,
            "note": (self.filling.named or {}).get(key, ""),
            "is_named": self.filling.named is not None and is_open,
            "score": score,
            "points": _points(score) if score else "",
            "working": score.working.splitlines() if score else [],
            "saved": saved_words(score) if score else "",
            "evidence": evidence.get(key, []),
            "evidence_form": EvidenceForm(prefix=f"minh-chung-{key}") if is_open else None,
        }

    def _progress(self, keys):
        return progress_in_words(sum(key in self.filling.scores for key in keys), len(keys))

    def _unanswered(self):
        named = self.filling.named
        return [
            key
            for key in self.plan.criteria
            if key not in self.filling.scores and (named is None or key in named)
        ]

    def _following(self, key):
        """The next criterion without points after one, from the top where none is left below."""
        keys = list(self.plan.criteria)
        after = keys[keys.index(key) + 1 :] if key else keys
        left = self._unanswered()
        found = [each for each in after if each in left] or [each for each in left if each != key]
        return (found or after or keys)[0]

    def _way_to(self, key):
        return f"{self.here}?muc={self._section(key)}#tieu-chi-{key}"

    def _section(self, key):
        return next(section for section, keys in self.sections.items() if key in keys)


def _ways(criterion):
    """[(what a measure counts, how it gives or takes its points)]: read before the figures are filled in."""
    told = [(measure.text, measure_in_words(measure, criterion)) for measure in criterion.measures]
    return [(text, how) for text, how in told if how]


def saved_words(score):
    """When a score was saved: đã lưu lúc 08:31 22/11/2022."""
    at = timezone.localtime(score.saved_at)
    if at.date() == timezone.localdate():
        return _("Đã lưu lúc %(time)s") % {"time": formats.time_format(at)}
    return _("Đã lưu lúc %(time)s") % {"time": formats.date_format(at, "SHORT_DATETIME_FORMAT")}


def _explanations(bloc_year, unit, user, plan):
    """[(explanation, criterion's code, whether this person may answer)]; who may is asked once a sheet."""
    known = explanations_of(bloc_year, unit, user)
    today = timezone.localdate()
    asked = {each.sheet_id: each.sheet for each in known if each.answered_at is None}
    may = {key: bool(may_score(user, sheet, today)) for key, sheet in asked.items()}
    return [
        (each, plan.code_of(each.criterion), each.answered_at is None and may[each.sheet_id])
        for each in known
    ]


def _links(bloc_year, unit, user, plan):
    """Where the tiers that this person records are recorded from paper."""
    today, place = timezone.localdate(), place_of(bloc_year, unit)
    return [
        Button(
            _("Ghi nhận từ văn bản giấy: %(tier)s") % {"tier": tier.label},
            reverse("score-paper", args=[*place, tier.value]),
        )
        for tier in (tiers_of_set(plan) if plan else ())
        if may_record_scores(user, ScoreSheet(bloc_year=bloc_year, unit=unit, tier=tier), today)
    ]


def _keys(section):
    for part in section.parts:
        if hasattr(part, "parts"):
            yield from _keys(part)
        else:
            yield part.key


def _points(score):
    return given_in_words(score.points, score.not_applicable)


def _stale_words(stale):
    told = stale.kept
    return _("Bản đang lưu: %(points)s %(working)s %(reason)s") % {
        "points": _points(told) if told else "",
        "working": f"({'; '.join(told.working.splitlines())})" if told and told.working else "",
        "reason": told.reason if told else "",
    }
