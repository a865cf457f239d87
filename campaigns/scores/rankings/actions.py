"""Acts of a ranking: made from what counts, settled by the conference where units tie, released."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, advance, record
from blocs.permissions import refuse, require
from campaigns.models import BlocYear, Phase
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import Ranking
from campaigns.scores.permissions import may_keep_ranking
from campaigns.scores.rankings.making import RANKED, make
from campaigns.scores.states import RANKING
from campaigns.windows import require_window

State = Ranking.State
KEPT = ("rows", "settled", "tie_words", "is_provisional", "provisional_reason")


@act(
    "ranking.draft",
    gettext_lazy("Lập bảng xếp hạng"),
    any_day="a draft is made at any time; its release has the window",
)
def make_ranking(*, bloc_year, by, paper=None, reason=""):
    """Make the draft of a ranking from the figures that count now, or renew the one that stands."""
    bloc_year = BlocYear.objects.locked(bloc_year.pk, no_key=True)
    post = require(may_keep_ranking(by, bloc_year, timezone.localdate()))
    if chosen_set(bloc_year) is None:
        refuse(_("Khối chưa có bộ tiêu chí chấm điểm của năm này. Hãy chọn bộ tiêu chí trước."))
    ranking = bloc_year.rankings.filter(state=State.DRAFT).first()
    before = _kept(ranking) if ranking else {}
    if ranking is None:
        last = bloc_year.rankings.order_by("-number").values_list("number", flat=True).first() or 0
        ranking = Ranking(bloc_year=bloc_year, number=last + 1)
    _fill(ranking, make(bloc_year, ranking.settled), post)
    record(ranking, by=by, post=post, before=before, after=_kept(ranking), reason=reason, paper=paper)
    return ranking


@act("ranking.settle", gettext_lazy("Ghi quyết định của Hội nghị về các đơn vị bằng điểm"))
def settle_tie(*, ranking, units, by, reason, paper=None):
    """Put units that are tied in the order that the conference decided, with the reason.

    All units of the tie, the first one first. The decision holds for their points as they are now.
    """
    ranking, post = _opened(ranking, by)
    keys = [unit.pk for unit in units]
    made = make(ranking.bloc_year, ranking.settled)
    _require_window(ranking, made, paper, reason)
    tie = next((each for each in made.ties if set(each["units"]) == set(keys)), None)
    if tie is None or len(set(keys)) < len(keys):
        refuse(_("Chỉ xếp thứ tự giữa các đơn vị đang bằng điểm nhau, đủ các đơn vị đó."))
    if not reason.strip():
        refuse(_("Hãy ghi lý do, căn cứ của Hội nghị."))
    before = _kept(ranking)
    others = [each for each in made.settled["ties"] if set(each["units"]) != set(keys)]
    decided = {"units": keys, "total": tie["total"], "reason": reason.strip()}
    settled = made.settled | {"ties": [*others, decided]}
    _fill(ranking, make(ranking.bloc_year, settled), post)
    record(ranking, by=by, post=post, before=before, after=_kept(ranking), reason=reason, paper=paper)
    return ranking


@act("ranking.part-year", gettext_lazy("Ghi quyết định xếp hạng đơn vị không ở trong Khối cả năm"))
def rank_part_year(*, ranking, units, by, reason, paper=None):
    """Rank these units though they were in the bloc for a part of the year, and no other such unit."""
    ranking, post = _opened(ranking, by)
    made = make(ranking.bloc_year, ranking.settled | {"part_year": {}})
    _require_window(ranking, made, paper, reason)
    if {unit.pk for unit in units} - {row["unit"] for row in made.rows if row["stay"]}:
        refuse(_("Chỉ quyết định cho đơn vị không ở trong Khối cả năm."))
    if not reason.strip():
        refuse(_("Hãy ghi lý do, căn cứ của Hội nghị."))
    before = _kept(ranking)
    part_year = {"units": sorted(unit.pk for unit in units), "reason": reason.strip()}
    _fill(ranking, make(ranking.bloc_year, ranking.settled | {"part_year": part_year}), post)
    record(ranking, by=by, post=post, before=before, after=_kept(ranking), reason=reason, paper=paper)
    return ranking


@act("ranking.release", gettext_lazy("Công bố bảng xếp hạng"), seals=True)
def release_ranking(*, ranking, by, paper=None, reason=""):
    """Freeze the draft as it was read; an earlier ranking of the same year is superseded, with the reason.

    Refused where a figure, a unit or a name has changed since the draft was made.
    """
    ranking, _post = _opened(ranking, by)
    made = make(ranking.bloc_year, ranking.settled)
    _require_window(ranking, made, paper, reason)
    if not any(row["status"] == RANKED for row in made.rows):
        refuse(_("Chưa đơn vị nào đủ điểm để xếp hạng."))
    if (made.rows, _provisional(made)) != (ranking.rows, ranking.provisional_reason):
        refuse(
            _(
                "Điểm hoặc tình trạng của phiếu đã thay đổi sau khi lập bảng này. Hãy cập nhật dự thảo, đọc "
                "lại rồi công bố."
            )
        )
    earlier = ranking.bloc_year.rankings.select_for_update().filter(state=State.RELEASED).first()
    if earlier:
        if not reason.strip():
            refuse(_("Năm này đã công bố bảng xếp hạng. Hãy ghi lý do công bố lại."))
        earlier.move_to(State.SUPERSEDED)
    also = {"supersedes": earlier and earlier.number, "rows": ranking.rows}
    ranking.reason, now = reason.strip(), timezone.now()
    return advance(RANKING, ranking, "release", by=by, reason=reason, paper=paper, also=also, released_at=now)


def _opened(ranking, by):
    """The draft with its bloc's year, both locked, and the post by which it may be kept."""
    bloc_year = BlocYear.objects.locked(ranking.bloc_year_id, no_key=True)
    ranking = Ranking.objects.locked(ranking.pk)
    ranking.bloc_year = bloc_year
    post = require(may_keep_ranking(by, ranking, timezone.localdate()))
    if ranking.state != State.DRAFT:
        refuse(_("Bảng xếp hạng này đã công bố, không sửa được. Hãy lập bảng mới."))
    return ranking, post


def _require_window(ranking, made, paper, reason):
    """The conference decides; where figures of the department count, the step of proposals comes after."""
    kind = Phase.Kind.PROPOSALS if made.counts_department else Phase.Kind.CONFERENCE
    require_window(ranking.bloc_year, kind, paper=paper, reason=reason, before=False)


def _kept(ranking):
    return {name: getattr(ranking, name) for name in KEPT}


def _provisional(made):
    return "\n".join(made.reasons)


def _fill(ranking, made, post):
    """Put what was made into the draft and save it."""
    ranking.rows, ranking.settled, ranking.tie_words = made.rows, made.settled, made.tie_words
    ranking.is_provisional, ranking.provisional_reason = bool(made.reasons), _provisional(made)
    ranking.made_at, ranking.made_by = timezone.now(), post
    ranking.save()
