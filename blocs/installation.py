"""What every page says of its installation: the root unit's name and the telephone of the staff in charge."""

from django.utils import timezone

from blocs.models import UnitState
from config import ui


def register():
    """Answer the question of the page frame."""
    ui.describe_installation = describe


def describe():
    """Name and telephone of the root unit today, in one query; empty while there is no root unit."""
    today = timezone.localdate()
    states = [each for each in UnitState.objects.filter(unit__is_root=True) if each.holds_on(today)]
    return {"name": states[0].official_name, "phone": states[0].telephone} if states else {}
