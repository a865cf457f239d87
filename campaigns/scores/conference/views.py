"""The screen of recording a conference on which the units' points are agreed with one press."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.meetings.forms.recording import ScreenForm
from campaigns.meetings.views.meetings import find_open_meeting
from campaigns.meetings.views.recording import done, go_on, screen_form, show
from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.conference.agreeing import agreed
from campaigns.windows import waits

KEY = "scores"


@require_http_methods(["GET", "POST"])
def scores(request, year, bloc, pk):
    """Points that the conference agreed: as they count where nothing changed, else as typed for the unit."""
    bloc_year, meeting = find_open_meeting(request.user, year, bloc, pk)
    units = agreed(bloc_year)
    form, window = screen_form(ScreenForm, request, meeting, [Phase.Kind.CONFERENCE], before=waits(meeting))
    if request.method == "POST" and form.is_valid():
        chosen = set(request.POST.getlist("unit"))
        confirmed = [each.unit for each in units if str(each.unit.pk) in chosen and not each.is_released]
        told = {"bloc_year": bloc_year, "meeting": meeting, "units": confirmed, "by": request.user}
        if done(form, actions.confirm_scores, **told):
            messages.success(
                request, _("Đã thống nhất điểm của %(count)s đơn vị.") % {"count": len(confirmed)}
            )
            return go_on(request, meeting, KEY)
    return show(
        request,
        bloc_year,
        meeting,
        KEY,
        {"form": form, "units": units},
        window=window,
        template="scores/conference.html",
    )
