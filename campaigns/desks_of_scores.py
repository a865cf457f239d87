"""Which desk stands behind a sheet, as the scored unit reads it: never a person or the unit that checked."""

from django.utils.translation import gettext as _

from campaigns.models import Tier


def desk_name(sheet):
    """The desk that scores a sheet, as every unit may read it."""
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
