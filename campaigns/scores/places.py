"""The pages of scores where lower pages lead to them: from a year, from a bloc's year, from a reminder."""

from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.contributions import Button, registry
from campaigns.models import Phase
from campaigns.scores.criteria.chosen import chosen_set, chosen_sets
from config.addresses import address

Kind = Phase.Kind


def register():
    """Put them there."""
    registry.buttons.setdefault("campaigns.emulationyear", []).append(of_years)
    registry.buttons.setdefault("campaigns.blocyear", []).append(of_bloc_years)
    registry.ways |= dict.fromkeys((Kind.SCORING, Kind.CHECK, Kind.EXPLANATION), way)


def page(bloc_year, name, *more):
    """A page of the scores of a bloc's year."""
    return address(name, bloc_year.year.code, bloc_year.bloc.code, *more)


def of_years(years, user):
    """{year key: the way to its sets of criteria}."""
    return {each.pk: [Button(_("Bộ tiêu chí"), reverse("criteria-sets", args=[each.code]))] for each in years}


def of_bloc_years(bloc_years, user):
    """{bloc-year key: the way to its scores}; a closed one without criteria has none."""
    sets = chosen_sets(bloc_years)
    scored = [each for each in bloc_years if each.pk in sets or not each.closed_on]
    return {each.pk: [Button(_("Chấm điểm"), page(each, "scores"), place=10)] for each in scored}


def way(kind, bloc_year, unit=None):
    """Where the units of a bloc, or one of them, do what a phase of scoring asks; empty without criteria."""
    if chosen_set(bloc_year) is None:
        return ""
    if kind == Kind.SCORING and unit is not None:
        return page(bloc_year, "score-own", unit.code)
    return page(bloc_year, "scores")
