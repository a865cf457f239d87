"""The act by which a bloc is handed over."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import refuse, require
from campaigns.models import BlocYear, Handover
from campaigns.permissions import may_edit_handover


@act(
    "handover.complete",
    gettext_lazy("Ghi nhận đã bàn giao nhiệm vụ Khối trưởng"),
    any_day="handed over once the next leader is named",
)
def complete_handover(*, handover, by, paper=None, reason=""):
    """Record that a bloc has been handed over; what was signed on paper gives its day and place."""
    BlocYear.objects.locked(handover.bloc_year_id)
    handover = Handover.objects.locked(handover.pk)
    post = require(may_edit_handover(by, handover, timezone.localdate()))
    if handover.completed_on:
        refuse(_("Việc bàn giao đã được ghi nhận."))
    if paper:
        handover.day, handover.place = paper.day, paper.place or handover.place
    if not (handover.day and handover.giver_name and handover.receiver_name):
        refuse(_("Biên bản còn thiếu ngày bàn giao, người giao hoặc người nhận. Hãy ghi đủ rồi ghi nhận."))
    if handover.day > timezone.localdate():
        refuse(_("Ngày bàn giao chưa tới."))
    handover.completed_on = timezone.localdate()
    handover.save()
    after = {"day": handover.day, "place": handover.place, "completed_on": handover.completed_on}
    record(handover, by=by, post=post, after=after, reason=reason, paper=paper)
    return handover
