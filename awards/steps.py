"""The steps of a bloc's year that this app knows: proposals and exemplars."""

from collections import defaultdict
from itertools import groupby

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from awards.models import Exemplar, Nomination
from blocs import notation
from blocs.contributions import Button, Progress, Step, registry
from campaigns.steps import not_known_yet, recording_page, year_end
from config.addresses import address


def register():
    """Put this app's steps on the timeline and its page on the pages of a bloc-year."""
    registry.steps.append(steps)
    registry.buttons.setdefault("campaigns.blocyear", []).append(buttons)


def steps(bloc_years, user):
    """{bloc-year key: steps}, in the same number of queries for one bloc-year and for many."""
    nominations, exemplars = defaultdict(list), defaultdict(list)
    known = Nomination.objects.filter(bloc_year__in=bloc_years).select_related("award").in_print_order()
    awards = {}
    for each in known:
        each.award = awards.setdefault(each.award_id, each.award)
        nominations[each.bloc_year_id].append(each)
    prefetch_related_objects(list(awards.values()), "names")
    for each in Exemplar.objects.filter(bloc_year__in=bloc_years).order_by("place", "pk"):
        exemplars[each.bloc_year_id].append(each)
    prefetch_related_objects(bloc_years, "meetings", "year", "bloc")
    return {
        each.pk: [_proposals(each, nominations[each.pk]), _exemplars(each, exemplars[each.pk])]
        for each in bloc_years
    }


def buttons(bloc_years, user):
    """{bloc-year key: the way to what it proposes and honours}."""
    return {each.pk: [Button(_("Đề nghị, điển hình"), page(each), place=60)] for each in bloc_years}


def page(bloc_year, anchor=""):
    """The page of what a bloc proposes and honours."""
    return address("proposals", bloc_year.year.code, bloc_year.bloc.code) + anchor


def _proposals(bloc_year, nominations):
    by_award = [(award, len(list(rows))) for award, rows in groupby(nominations, key=lambda each: each.award)]
    return Step(
        key="proposals",
        place=60,
        title=_("Đề nghị khen thưởng"),
        progress=_progress(bloc_year, nominations),
        summary=", ".join(
            f"{notation.count(number)} {award.name(bloc_year.year.last_day)}" for award, number in by_award
        ),
        who=_("Hội nghị"),
        address=page(bloc_year),
        action=_("Ghi tên nơi được đề nghị") if nominations else _("Ghi đề nghị khen thưởng"),
        paper=recording_page(bloc_year, year_end(bloc_year), name="meeting-proposals"),
    )


def _exemplars(bloc_year, exemplars):
    counts = [(sum(each.kind == kind for each in exemplars), label) for kind, label in Exemplar.Kind.choices]
    return Step(
        key="exemplars",
        place=65,
        title=_("Điển hình tiên tiến"),
        progress=_progress(bloc_year, exemplars),
        summary=", ".join(f"{notation.count(number)} {label}" for number, label in counts if number),
        who=bloc_year.leader_label,
        address=page(bloc_year, "#exemplars"),
        action=_("Ghi tên điển hình tiên tiến"),
        paper=recording_page(bloc_year, year_end(bloc_year), name="meeting-proposals"),
        phase="proposals",
    )


def _progress(bloc_year, rows):
    """Done when every row names its recipient."""
    if not rows:
        return not_known_yet(bloc_year)
    return Progress.DONE if all(row.unit_id or row.person_id for row in rows) else Progress.UNDER_WAY
