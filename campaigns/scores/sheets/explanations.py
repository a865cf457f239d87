"""Questions about released figures: which wait for an answer, and by which name a desk answers."""

from django.utils.translation import gettext as _

from campaigns.scores.models import Explanation, Inspection, Tier
from campaigns.scores.sheets.tiers import desk_name


def unanswered():
    """Explanations that a desk still owes."""
    return Explanation.objects.filter(answered_at=None)


def answering_desk(sheet):
    """The desk as it signs an answer: its team or unit, never a person; who checked across stays unnamed."""
    if sheet.tier == Tier.CHECK and not sheet.checker_id:
        held = Inspection.objects.filter(bloc_year=sheet.bloc_year, unit=sheet.unit).exclude(team_name="")
        return held.values_list("team_name", flat=True).order_by("-pk").first() or desk_name(sheet)
    if sheet.tier == Tier.LEADER:
        day = sheet.bloc_year.year.last_day
        leader = next((each for each in sheet.bloc_year.seats_in_order() if each.role == "leader"), None)
        if leader and leader.unit:
            told = {"desk": desk_name(sheet), "unit": leader.unit.name(day)}
            return _("%(desk)s (%(unit)s)") % told
    return desk_name(sheet)
