"""The screen on which what a meeting proposed and honoured is recorded from paper."""

from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.decisions.actions import honour
from awards.decisions.forms import ExemplarRow
from awards.models import AwardKind, AwardName
from awards.nominations.actions import propose
from awards.nominations.forms import ProposalRow, Recipients
from blocs.contributions import Progress, Step, registry
from blocs.models import Person, Unit
from campaigns.meetings.forms.recording import ScreenForm
from campaigns.meetings.recording import address_of
from campaigns.meetings.views.attendance import explain
from campaigns.meetings.views.meetings import find_open_meeting
from campaigns.meetings.views.recording import done, go_on, screen_form, show
from campaigns.models import Meeting, Phase

PROPOSALS, EXEMPLARS = 8, 6  # rows to fill in at once
DECIDED_AT = (Meeting.Kind.YEAR_END, Meeting.Kind.EXEMPLAR)


def register():
    """Add this app's screen to those of a meeting."""
    registry.recording.append(screens)


def screens(meeting, user):
    """What was proposed and honoured, at meetings that do so."""
    if meeting.kind not in DECIDED_AT:
        return
    told = meeting.nominations.exists() or meeting.exemplars.exists()
    yield Step(
        key="proposals",
        place=4,
        title=_("Đề nghị, điển hình"),
        progress=Progress.DONE if told else Progress.WAITING,
        address=address_of(meeting, "proposals"),
    )


@require_http_methods(["GET", "POST"])
def record(request, year, bloc, pk):
    """The screen: awards proposed and exemplars honoured, chosen from lists; what is known stands above."""
    bloc_year, meeting = find_open_meeting(request.user, year, bloc, pk)
    day = meeting.last_day or bloc_year.year.last_day
    posted = request.POST if request.method == "POST" else None
    form, window = screen_form(ScreenForm, request, meeting, [Phase.Kind.PROPOSALS])
    units = [seat.unit for seat in bloc_year.seats_in_order() if seat.unit]
    persons = Person.objects.visible_to(request.user).for_choice().filter(posts__unit__in=units)
    recipients = Recipients(units, list(persons.distinct().in_name_order()), day)
    awards = _awards(day)
    proposals = [
        ProposalRow(posted, prefix=f"award{number}", recipients=recipients, awards=awards)
        for number in range(1, PROPOSALS + 1)
    ]
    exemplars = [
        ExemplarRow(posted, prefix=f"exemplar{number}", recipients=recipients)
        for number in range(1, EXEMPLARS + 1)
    ]
    if posted is not None:
        sound = all([form.is_valid(), *(row.is_valid() for row in (*proposals, *exemplars))])
        if sound and _recorded(request, meeting, form, proposals, exemplars):
            messages.success(request, _("Đã ghi đề nghị khen thưởng và điển hình tiên tiến."))
            return go_on(request, meeting, "proposals")
        explain(form, [*_labelled(_("Đề nghị"), proposals), *_labelled(_("Điển hình"), exemplars)])
    context = {
        "form": form,
        "proposals": proposals,
        "exemplars": exemplars,
        "known": _known(bloc_year, day),
    }
    return show(
        request, bloc_year, meeting, "proposals", context, window=window, template="awards/recording.html"
    )


def _recorded(request, meeting, form, proposals, exemplars):
    """Whether all was done, or nothing was."""
    proposed = [told for told in (row.told() for row in proposals) if told]
    honoured = [told for told in (row.told() for row in exemplars) if told]
    if not proposed and not honoured:
        form.add_error(None, _("Hãy chọn ít nhất một đề nghị hoặc điển hình, hoặc bỏ qua phần này."))
        return False
    shared = {"meeting": meeting, "by": request.user}
    with transaction.atomic():
        sound = (not proposed or done(form, propose, proposals=proposed, **shared)) and (
            not honoured or done(form, honour, honoured=honoured, **shared)
        )
        if not sound:
            transaction.set_rollback(True)
    return sound


def _awards(day):
    """[(award, its name)] of those that the catalogue holds on a day, high to low."""
    root = Unit.objects.prefetch_related("states").filter(is_root=True).first()
    held = [name.kind_id for name in AwardName.objects.all() if name.holds_on(day)]
    kinds = AwardKind.objects.filter(pk__in=held, in_use=True).prefetch_related("names")
    return [(kind, kind.name(day, authority=root)) for kind in kinds]


def _known(bloc_year, day):
    """What the bloc has proposed and honoured so far, in words."""
    root = Unit.objects.prefetch_related("states").filter(is_root=True).first()
    nominations = bloc_year.nominations.select_related("award", "unit", "person")
    exemplars = bloc_year.exemplars.select_related("unit", "person").prefetch_related("unit__states")
    known = [
        (each.award.name(day, authority=root), each)
        for each in nominations.prefetch_related("award__names", "unit__states").in_print_order()
    ]
    known += [
        (_("Điển hình tiên tiến: %(kind)s") % {"kind": each.get_kind_display()}, each)
        for each in exemplars.order_by("place", "pk")
    ]
    return [
        (label, row.unit.name(day) if row.unit else row.person.full_name if row.person else "")
        for label, row in known
    ]


def _labelled(label, rows):
    return [(f"{label} {number}", row) for number, row in enumerate(rows, 1)]
