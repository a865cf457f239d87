"""The tiers of scoring: which of them a set uses, and which desk stands behind a sheet of each."""

from django.utils.translation import gettext as _

from campaigns.scores.models import Tier
from campaigns.scores.scoring.plan import of_tier


def tiers_of_set(plan):
    """The tiers that score any of a plan's criteria, in their order."""
    return [tier for tier in Tier if of_tier(plan, tier).sections]


def desk_name(sheet):
    """The desk that scores a sheet, as every unit may read it: never a person or the unit that checked."""
    bloc_year = sheet.bloc_year
    if sheet.tier == Tier.SELF:
        return sheet.unit.name(bloc_year.year.last_day)
    if sheet.tier == Tier.CHECK:
        return _("Đơn vị chấm chéo") if sheet.checker_id else _("Tổ kiểm tra")
    return {
        Tier.LEADER: bloc_year.leader_label,
        Tier.CONFERENCE: _("Hội nghị"),
        Tier.DEPARTMENT: _("Đơn vị thường trực thi đua, khen thưởng"),
    }[sheet.tier]
