"""What every page of criteria begins with: the set of an address, its parts, the ways between its pages."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from blocs.permissions import require
from campaigns.scores.models import CriteriaSection, CriteriaSet, Criterion, Measure
from campaigns.scores.permissions import may_edit_criteria
from campaigns.years.views.years import find_year

PARTS = {"muc": CriteriaSection, "tieu-chi": Criterion, "cach-tinh": Measure}


def find_set(user, year, pk):
    """The set of an address, as far as this person may see it; 404 otherwise."""
    sets = CriteriaSet.objects.visible_to(user).filter(year=find_year(user, year))
    return get_object_or_404(sets.select_related("year", "bloc", "previous", "cloned_from__year"), pk=pk)


def find_draft(user, year, pk):
    """The same, for whoever may edit it now; refused with the reason otherwise."""
    found = find_set(user, year, pk)
    require(may_edit_criteria(user, found, timezone.localdate()))
    return found


def find_part(criteria_set, kind, pk):
    """A section, criterion or measure of a set."""
    model = PARTS[kind]
    of_set = {"criterion__criteria_set": criteria_set} if model is Measure else {"criteria_set": criteria_set}
    found = get_object_or_404(model.objects.filter(**of_set), pk=pk)
    if model is Measure:
        found.criterion.criteria_set = criteria_set
    else:
        found.criteria_set = criteria_set
    return found


def kind_of(part):
    """How an address calls the kind of a part."""
    return next(kind for kind, model in PARTS.items() if isinstance(part, model))


def address(name, criteria_set, *more):
    """The address of a page of a set."""
    return reverse(f"criteria-{name}", args=[criteria_set.year.code, criteria_set.pk, *more])


def address_of(part):
    """Where a part is edited."""
    if isinstance(part, Measure):
        criterion = part.criterion
        return address("measure", criterion.criteria_set, criterion.pk, part.pk)
    name = "section" if isinstance(part, CriteriaSection) else "criterion"
    return address(name, part.criteria_set, part.pk)
