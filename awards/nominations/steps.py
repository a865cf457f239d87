"""The step of a bloc's year that is about proposals."""

from collections import defaultdict
from itertools import groupby

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _  # said only where it is shown

from awards.nominations.models import Nomination
from blocs import notation
from blocs.contributions import Button, Progress, Step, registry
from campaigns.timeline.steps import not_known_yet, recording_page, year_end
from config.addresses import address


def register():
    """Put the step on the timeline and its page on the pages of a bloc-year."""
    registry.steps.append(steps)
    registry.buttons.setdefault("campaigns.blocyear", []).append(buttons)


def steps(bloc_years, users):
    """What writes the step, read in the same number of queries for one bloc-year and for many."""
    found, awards = defaultdict(list), {}
    known = Nomination.objects.filter(bloc_year__in=bloc_years).select_related("award").in_print_order()
    for each in known:
        each.award = awards.setdefault(each.award_id, each.award)
        found[each.bloc_year_id].append(each)
    prefetch_related_objects(list(awards.values()), "names")
    prefetch_related_objects(bloc_years, "meetings", "year", "bloc")
    same_for_all = {each.pk: [_proposals(each, found[each.pk])] for each in bloc_years}
    return lambda each, user: same_for_all[each.pk]


def buttons(bloc_years, user):
    """{bloc-year key: the way to what it proposes and honours}."""
    return {each.pk: [Button(_("Đề nghị, điển hình"), page(each), place=60)] for each in bloc_years}


def page(bloc_year, anchor=""):
    """The page of what a bloc proposes and honours."""
    return address("proposals", bloc_year.year.code, bloc_year.bloc.code) + anchor


def progress_of(bloc_year, rows):
    """Done when every row names its recipient."""
    if not rows:
        return not_known_yet(bloc_year)
    return Progress.DONE if all(row.unit_id or row.person_id for row in rows) else Progress.UNDER_WAY


def _proposals(bloc_year, nominations):
    by_award = [(award, len(list(rows))) for award, rows in groupby(nominations, key=lambda each: each.award)]
    return Step(
        key="proposals",
        place=60,
        title=_("Đề nghị khen thưởng"),
        progress=progress_of(bloc_year, nominations),
        summary=", ".join(
            f"{notation.count(number)} {award.name(bloc_year.year.last_day)}" for award, number in by_award
        ),
        who=_("Hội nghị"),
        address=page(bloc_year),
        action=_("Ghi tên nơi được đề nghị") if nominations else _("Ghi đề nghị khen thưởng"),
        paper=recording_page(bloc_year, year_end(bloc_year), name="meeting-proposals"),
    )
