"""The figures of a bloc's other units, for criteria in which units are compared."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from campaigns.scores.models import Score, ScoreSheet
from campaigns.scores.scoring.plan import TIERS
from campaigns.scores.scoring.score import compares_units

State = ScoreSheet.State


def compared(plan):
    """The keys of the criteria in which units are compared."""
    return [key for key, each in plan.criteria.items() if compares_units(each)] if plan else []


@dataclass
class Among:
    """What units said of themselves, or were said to have done, in the criteria that compare them."""

    known: dict = field(default_factory=dict)  # {(bloc-year, criterion key): {unit: {tier: figures}}}

    def others(self, bloc_year, unit, tier, key):
        """The figures of each other unit than this one: of its last tier that is not above the tier told."""
        upto, found = TIERS[: TIERS.index(tier) + 1], []
        for other, by_tier in self.known.get((bloc_year, key), {}).items():
            last = next((each for each in reversed(upto) if each in by_tier), None)
            if other != unit and last:
                found.append(by_tier[last])
        return found

    def beside(self, sheet, key):
        """The figures of each other unit than that of a sheet."""
        return self.others(sheet.bloc_year_id, sheet.unit_id, sheet.tier, key)


def among(plans, together=()):
    """The figures that count of {bloc-year key: plan}, in one query, none where no units are compared.

    Those of the sheets that are released `together` count as well.
    """
    keys = {bloc_year: compared(plan) for bloc_year, plan in plans.items()}
    keys = {bloc_year: each for bloc_year, each in keys.items() if each}
    if not keys:
        return Among()
    rows = Score.objects.filter(
        ~Q(sheet__state=State.DRAFT) | Q(sheet__in=[each.pk for each in together]),
        sheet__bloc_year__in=keys,
        criterion__key__in={key for each in keys.values() for key in each},
        stated=False,
        not_applicable=False,
    )
    found = defaultdict(dict)
    told = ("sheet__bloc_year", "sheet__unit", "sheet__tier", "criterion__key", "figures")
    for bloc_year, unit, tier, key, figures in rows.order_by("-sheet", "pk").values_list(*told):
        if key in keys[bloc_year]:
            found[bloc_year, key].setdefault(unit, {})[tier] = figures
    return Among(dict(found))
