"""What of the scores goes along when a year is opened: the criteria that its blocs use, as drafts."""

from django.utils.translation import gettext as _

from blocs.contributions import Carried, registry
from campaigns.scores.criteria.actions import start_set
from campaigns.scores.models import CriteriaSet


def register():
    """Take the criteria along into a year that is opened."""
    registry.openings.append(criteria)


def criteria(bloc_years, year):
    """The criteria that the blocs use, but for those of which the new year has a clone."""
    used = {each.pk: each for each in CriteriaSet.objects.filter(chosen__bloc_year__in=bloc_years)}
    cloned = (
        CriteriaSet.objects.filter(year=year, cloned_from__in=used) if year else CriteriaSet.objects.none()
    )
    done = set(cloned.values_list("cloned_from", flat=True))
    yield Carried(
        kind="criteria",
        title=_("Bộ tiêu chí chấm điểm"),
        note=_("chép thành dự thảo để sửa rồi ban hành"),
        nothing=_("Không có bộ tiêu chí nào cần chép."),
        rows=[each for key, each in sorted(used.items()) if key not in done],
        carry=_begin,
    )


def _begin(criteria_set, year, by):
    start_set(year=year, bloc=criteria_set.bloc, cloned_from=criteria_set, by=by)
