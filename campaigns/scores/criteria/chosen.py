"""Which set of criteria a bloc uses in a year."""

from django.db.models import prefetch_related_objects

WITH_SET = "chosen_criteria__criteria_set"  # asked together with bloc-years


def chosen_set(bloc_year):
    """The set by which a bloc-year is scored, or None; asked once of each instance."""
    return chosen_sets([bloc_year]).get(bloc_year.pk)


def chosen_sets(bloc_years):
    """{bloc-year key: its set} of those that have one, in constant queries."""
    prefetch_related_objects(bloc_years, WITH_SET)
    chosen = {each.pk: getattr(each, "chosen_criteria", None) for each in bloc_years}
    return {key: each.criteria_set for key, each in chosen.items() if each}
