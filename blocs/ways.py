"""The ways from a row to the acts of this app."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs import notation
from blocs.contributions import Button, registry
from blocs.models import Succession
from blocs.permissions import may_edit


def register():
    """Put the act on the pages of units."""
    registry.buttons.setdefault("blocs.unit", []).append(of_units)


def of_units(units, user):
    """{unit key: the way to merge, split or dissolve it}, for whoever keeps units."""
    ended = dict(Succession.objects.filter(from_unit__in=units).values_list("from_unit", "on"))
    today = timezone.localdate()
    return {unit.pk: [_succession(unit, ended.get(unit.pk))] for unit in units if may_edit(user, unit, today)}


def _succession(unit, ended):
    refusal = ""
    if ended:
        refusal = _("Đơn vị này đã kết thúc hoạt động từ ngày %(day)s.") % {"day": notation.day(ended)}
    address = reverse("unit-succeed", args=[unit.pk])
    return Button(_("Sáp nhập, chia tách, giải thể"), address, refusal=refusal)
