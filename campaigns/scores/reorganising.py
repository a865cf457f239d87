"""What of the scores stays open for somebody to settle when a unit ends in mid-year."""

from django.utils.translation import gettext as _

from blocs import notation
from blocs.contributions import registry
from campaigns.models import BlocYear
from campaigns.scores.models import CheckAssignment, ScoreSheet


def register():
    """Tell of it where a change of organisation is recorded."""
    registry.left_open.append(left_open)


def left_open(unit, day):
    """Its sheets that are not released, and the units that it was to check."""
    years = BlocYear.objects.filter(closed_on=None, year__last_day__gte=day)
    sheets = ScoreSheet.objects.filter(unit=unit, bloc_year__in=years).exclude(
        state=ScoreSheet.State.RELEASED
    )
    for sheet in sheets.select_related("bloc_year__year", "unit").prefetch_related("unit__states"):
        told = {
            "bloc": str(sheet.bloc_year),
            "tier": sheet.get_tier_display(),
            "state": sheet.get_state_display(),
        }
        yield (
            _("%(bloc)s: phiếu “%(tier)s” (%(state)s) giữ nguyên; đơn vị có tên trong bảng, không xếp hạng.")
            % told
        )
    assigned = CheckAssignment.objects.filter(checker=unit, bloc_year__in=years).count()
    if assigned:
        words = _("%(count)s đơn vị đang do đơn vị này chấm chéo: hãy phân công lại.")
        yield words % {"count": notation.count(assigned)}
