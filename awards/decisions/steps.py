"""The step of a bloc's year that is about exemplars."""

from collections import defaultdict

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _  # said only where it is shown

from awards.decisions.models import Exemplar
from awards.nominations.steps import page, progress_of
from blocs import notation
from blocs.contributions import Step, registry
from campaigns.timeline.steps import recording_page, year_end


def register():
    """Put the step on the timeline."""
    registry.steps.append(steps)


def steps(bloc_years, users):
    """What writes the step, read in the same number of queries for one bloc-year and for many."""
    found = defaultdict(list)
    for each in Exemplar.objects.filter(bloc_year__in=bloc_years).order_by("place", "pk"):
        found[each.bloc_year_id].append(each)
    prefetch_related_objects(bloc_years, "meetings", "year", "bloc")
    same_for_all = {each.pk: [_exemplars(each, found[each.pk])] for each in bloc_years}
    return lambda each, user: same_for_all[each.pk]


def _exemplars(bloc_year, exemplars):
    counts = [(sum(each.kind == kind for each in exemplars), label) for kind, label in Exemplar.Kind.choices]
    return Step(
        key="exemplars",
        place=65,
        title=_("Điển hình tiên tiến"),
        progress=progress_of(bloc_year, exemplars),
        summary=", ".join(f"{notation.count(number)} {label}" for number, label in counts if number),
        who=bloc_year.leader_label,
        address=page(bloc_year, "#exemplars"),
        action=_("Ghi tên điển hình tiên tiến"),
        paper=recording_page(bloc_year, year_end(bloc_year), name="meeting-proposals"),
        phase="proposals",
    )
