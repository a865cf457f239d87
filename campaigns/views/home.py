"""What a person meets first."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from blocs.permissions import has_post, is_staff
from campaigns.models import EmulationYear, Seat


@require_GET
def home(request):
    """The newest emulation year with a bloc that this person may see; what to do where there is none."""
    years = EmulationYear.objects.visible_to(request.user)
    newest = years.filter(bloc_years__seats__role=Seat.Role.MEMBER).distinct().first() or years.first()
    if newest is None:
        context = {
            "post": has_post(request.user, None, timezone.localdate()),
            "is_staff": is_staff(request.user, None, timezone.localdate()),
        }
        return render(request, "campaigns/nothing.html", context)
    return redirect(newest)
