"""The pledge as it was signed on paper: of the next year at the conference, or of a year by itself."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.permissions import require
from campaigns import actions
from campaigns.meetings.forms.recording import SignerRow, SignForm
from campaigns.meetings.recording import kept_paper
from campaigns.meetings.views.attendance import explain
from campaigns.meetings.views.meetings import find_open_meeting
from campaigns.meetings.views.recording import done, go_on, show
from campaigns.models import Attendance, Phase
from campaigns.permissions import may_sign_pledge
from campaigns.windows import closed_words
from campaigns.years.views.bloc_years import find_bloc_year


@require_http_methods(["GET", "POST"])
def sign(request, year, bloc):
    """The pledge of this bloc's year, signed on paper: day, place, who signed, the scan."""
    bloc_year = find_bloc_year(request.user, year, bloc)
    require(may_sign_pledge(request.user, bloc_year, timezone.localdate()))
    form, rows, window = _forms(request, bloc_year)
    if _signed(request, bloc_year, form, rows):
        messages.success(request, _("Đã ghi việc ký giao ước."))
        return redirect(f"{bloc_year.get_absolute_url()}#pledge")
    context = {"bloc_year": bloc_year, "form": form, "rows": rows, "window": window}
    return render(request, "campaigns/meetings/sign.html", context)


@require_http_methods(["GET", "POST"])
def sign_at_meeting(request, year, bloc, pk):
    """The screen of a conference on which the next year's pledge was signed; opens that year where needed."""
    bloc_year, meeting = find_open_meeting(request.user, year, bloc, pk)
    following = bloc_year.successor()
    form, rows, window = _forms(request, following, meeting)
    if _signed(request, bloc_year, form, rows, of_next_year=True):
        messages.success(request, _("Đã ghi việc ký giao ước năm sau."))
        return go_on(request, meeting, "pledge")
    context = {"form": form, "rows": rows, "signing_year": following}
    return show(request, bloc_year, meeting, "pledge", context, window=window)


def _forms(request, bloc_year, meeting=None):
    """(form, a row for each unit, why the window has closed): what is known of the pledge stands there.

    Of a year that is not opened yet nothing is known; the units of the meeting's own year sign.
    """
    posted = request.POST if request.method == "POST" else None
    pledge = window = None
    if bloc_year:
        window = closed_words(bloc_year, Phase.Kind.PLEDGE, before=False)
        pledge = next(iter(bloc_year.pledges.prefetch_related("contents", "signatures")), None)
    initial = {}
    if meeting:
        initial = {"signed_on": meeting.last_day, "place": meeting.place_name}
    if pledge:
        known = {"theme": pledge.theme, "signed_on": pledge.signed_on, "place": pledge.signed_at}
        initial |= {name: value for name, value in known.items() if value}
        initial["contents"] = "\n".join(each.text for each in pledge.contents.all())
    form = SignForm(
        posted,
        request.FILES or None,
        kept=kept_paper(meeting) if meeting else None,
        window=window,
        initial=initial,
    )
    return form, _signers(posted, bloc_year or meeting.bloc_year, pledge, meeting), window


def _signers(posted, bloc_year, pledge, meeting):
    """A row for each unit, ticked where it signed, or while nobody knows where it was present."""
    signatures = {each.unit_id: each for each in pledge.signatures.all()} if pledge else {}
    there = {
        each.unit_id: each
        for each in (meeting.attendances.all() if meeting else [])
        if each.unit_id and each.presence == Attendance.Presence.PRESENT
    }
    rows = []
    for seat in bloc_year.seats_in_order():
        if seat.unit is None:
            continue
        name, title = seat.representative, seat.representative_title
        if signature := signatures.get(seat.unit_id):
            name, title = signature.signer_name, signature.signer_title
        elif came := there.get(seat.unit_id):
            name, title = came.name, came.title if came.name else ""
        known = signatures or (there if meeting else None)
        initial = {"signed": known is None or seat.unit_id in known, "name": name, "title": title}
        label = seat.unit.name(bloc_year.year.last_day)
        rows.append(SignerRow(posted, unit=seat.unit, label=label, initial=initial))
    return rows


def _signed(request, bloc_year, form, rows, **told):
    """Whether the pledge was sent, sound and noted as signed."""
    if request.method != "POST":
        return False
    if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
        explain(form, [(row.label, row) for row in rows])
        return False
    signers = {
        row.unit: (row.cleaned_data["name"], row.cleaned_data["title"])
        for row in rows
        if row.cleaned_data["signed"]
    }
    told |= {name: form.cleaned_data[name] for name in ("theme", "signed_on", "place", "contents")}
    return done(form, actions.sign_pledge, bloc_year=bloc_year, signers=signers, by=request.user, **told)
