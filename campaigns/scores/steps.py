"""The steps of a bloc's year that are about scores: criteria, self-scoring, check, explanations, ranking.

Of a bloc-year without criteria it is known that it was scored once the year-end conference recorded it.
"""

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _  # said only where it is shown

from blocs import notation
from blocs.contributions import Progress, Step, registry
from blocs.models import Post
from campaigns.leaders import seated_units
from campaigns.models import AgendaItem, Phase
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.places import page
from campaigns.scores.progress import scorings_of
from campaigns.timeline.facts import facts_of
from campaigns.timeline.steps import decided, not_known_yet
from config.addresses import address

Role, Kind = Post.Role, Phase.Kind


def register():
    """Put these steps on the timeline."""
    registry.steps.append(steps)
    registry.reopened.append(reopened)


def steps(bloc_years, users):
    """What writes the steps, read in the same number of queries for one bloc-year and for many."""
    scorings, outcomes = scorings_of(bloc_years), {}
    if unscored := [each for each in bloc_years if each.pk not in scorings]:
        prefetch_related_objects(unscored, "meetings", "seats", "year", "bloc")
        outcomes = facts_of(bloc_years).outcomes
    scored = {key: _steps(scoring) for key, scoring in scorings.items()}

    def write(bloc_year, user):
        if bloc_year.pk not in scorings:
            return list(_without(bloc_year, user, outcomes[bloc_year.pk]))
        own = own_sheet(user, bloc_year, scorings[bloc_year.pk].unsent)
        return [each.having(address=own) if each.key == "scoring" else each for each in scored[bloc_year.pk]]

    return write


def reopened(bloc_years):
    """{bloc-year key: {phase: the units for which it was opened again, each with its last day}}.

    As the steps of these very bloc-years have asked it.
    """
    scorings = [each.scoring for each in bloc_years if hasattr(each, "scoring")]
    return {each.bloc_year.pk: each.reopened for each in scorings}


def _steps(scoring):
    unknown = not_known_yet(scoring.bloc_year)
    return [
        _criteria(scoring),
        _self_scoring(scoring, unknown),
        *_check(scoring, unknown),
        _explanation(scoring, unknown),
        _ranking(scoring, unknown),
    ]


def _without(bloc_year, user, outcomes):
    """What was scored in a year without criteria: known once its item of the agenda has an outcome."""
    step = decided(bloc_year, user, AgendaItem.Kind.SCORES in outcomes)
    if step.progress is Progress.WAITING:
        yield _unchosen(bloc_year)
    units = len(seated_units(bloc_year, timezone.localdate()))
    yield step.having(
        key="scoring",
        place=40,
        title=_("Chấm điểm"),
        who=_("Các đơn vị trong Khối"),
        action=_("Ghi kết quả chấm điểm"),
        tally=(units if step.progress is Progress.DONE else 0, units) if units else None,
    )


def own_sheet(user, bloc_year, units):
    """The page of a person's own unit's scoring where it is one of some units, else that of all scores."""
    posts = [post for post in user.standing().posts if post.role in (Role.OFFICER, Role.SECRETARY)]
    unit = next((post.unit for post in posts if post.unit_id in units), None)
    return page(bloc_year, "score-own", unit.code) if unit else page(bloc_year, "scores")


def _unchosen(bloc_year):
    """The step of a bloc's year that goes on and has no criteria yet."""
    return Step(
        key="criteria",
        place=12,
        title=_("Bộ tiêu chí chấm điểm"),
        progress=Progress.WAITING,
        who=_("Cơ quan tổ chức"),
        address=address("criteria-sets", bloc_year.year.code),
        action=_("Chọn bộ tiêu chí"),
        pending=None,
    )


def _criteria(scoring):
    criteria_set = chosen_set(scoring.bloc_year)
    return Step(
        key="criteria",
        place=12,
        title=_("Bộ tiêu chí chấm điểm"),
        progress=Progress.DONE,
        summary=str(criteria_set),
        day=criteria_set.frozen_on,
        who=_("Cơ quan tổ chức"),
        address=address("criteria-set", scoring.bloc_year.year.code, criteria_set.pk),
    )


def _self_scoring(scoring, unknown):
    """How far the units are with it; whose sheet a person opens is told of each apart."""
    bloc_year, sent = scoring.bloc_year, scoring.units & scoring.sent
    progress = Progress.UNDER_WAY if scoring.begun else unknown
    if scoring.units and not scoring.unsent:
        progress = Progress.DONE
    return Step(
        key="scoring",
        place=40,
        title=_("Tự chấm điểm"),
        progress=progress,
        summary=_("%(sent)s/%(all)s đơn vị đã gửi phiếu tự chấm điểm") % _shares(sent, scoring.units)
        if scoring.begun
        else "",
        who=_("Các đơn vị trong Khối"),
        address=page(bloc_year, "scores"),
        action=_("Tự chấm điểm năm %(year)s") % {"year": bloc_year.year},
        paper=page(bloc_year, "scores"),
        pending=tuple(sorted(scoring.unsent)),
        tally=(len(sent), len(scoring.units)),
    )


def _check(scoring, unknown):
    """The check of what the units gave themselves, where the criteria ask for one."""
    if scoring.checking_tier is None:
        return
    bloc_year, open_ = scoring.bloc_year, scoring.unchecked
    done = scoring.units - open_
    pending = {checker for _unit, checker in scoring.undone_checks} if scoring.is_crossing else set()
    progress = Progress.UNDER_WAY if scoring.released or scoring.is_begun else unknown
    if scoring.units and not open_:
        progress = Progress.DONE
    yield Step(
        key="check",
        place=41,
        title=_("Kiểm tra, thẩm định điểm"),
        progress=progress,
        summary=_("%(sent)s/%(all)s đơn vị đã có điểm kiểm tra") % _shares(done, scoring.units)
        if progress not in (Progress.WAITING, Progress.UNKNOWN)
        else "",
        who=_("Các đơn vị chấm chéo") if scoring.is_crossing else _("Tổ kiểm tra"),
        address=page(bloc_year, "scores"),
        action=_("Kiểm tra điểm của các đơn vị"),
        pending=tuple(sorted(pending)),
        tally=(len(done), len(scoring.units)),
    )


def _explanation(scoring, unknown):
    """Questions about released points; nobody need act while none is open."""
    progress = Progress.UNDER_WAY if scoring.unanswered else unknown
    if not scoring.unanswered and (scoring.asked or scoring.is_ranked):
        progress = Progress.DONE
    words = {"answered": notation.count(scoring.answered), "asked": notation.count(scoring.asked)}
    return Step(
        key="explanation",
        place=42,
        title=_("Giải trình điểm"),
        progress=progress,
        summary=_("%(answered)s/%(asked)s đề nghị giải trình đã trả lời") % words if scoring.asked else "",
        who=_("Nơi chấm điểm"),
        address=page(scoring.bloc_year, "scores"),
        action=_("Trả lời đề nghị giải trình") if scoring.unanswered else "",
        pending=tuple(sorted(scoring.answering)) or None,
        tally=(scoring.answered, scoring.asked),
    )


def _ranking(scoring, unknown):
    bloc_year = scoring.bloc_year
    return Step(
        key="ranking",
        place=57,
        title=_("Bảng xếp hạng"),
        progress=Progress.DONE if scoring.is_ranked else unknown,
        who=bloc_year.leader_label,
        address=page(bloc_year, "ranking"),
        action=_("Lập, công bố bảng xếp hạng"),
        phase=Kind.CONFERENCE,
    )


def _shares(some, all_):
    return {"sent": notation.count(len(some)), "all": notation.count(len(all_))}
