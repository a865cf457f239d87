"""Acts of a bloc's year."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import refuse, require
from campaigns.models import BlocYear, Phase
from campaigns.permissions import may_close_bloc_year, may_record_plan
from campaigns.windows import require_window


@act("bloc-year.record-plan", gettext_lazy("Ghi kế hoạch của Khối"))
def record_plan(*, bloc_year, reference, issued_on, by, paper=None, reason=""):
    """Record number and day of the plan that the leader's unit has issued for the bloc's year."""
    bloc_year = BlocYear.objects.locked(bloc_year.pk)
    today = timezone.localdate()
    post = require(may_record_plan(by, bloc_year, today))
    require_window(bloc_year, Phase.Kind.PLAN, paper=paper, reason=reason)
    if issued_on > today:
        refuse(_("Ngày ban hành không được sau hôm nay."))
    before = {"plan_reference": bloc_year.plan_reference, "plan_issued_on": bloc_year.plan_issued_on}
    bloc_year.plan_reference, bloc_year.plan_issued_on = reference, issued_on
    bloc_year.save()
    after = {"plan_reference": reference, "plan_issued_on": issued_on}
    record(bloc_year, by=by, post=post, before=before, after=after, reason=reason, paper=paper)
    return bloc_year


@act(
    "bloc-year.close",
    gettext_lazy("Khoá hồ sơ năm của Khối"),
    seals=True,
    any_day="years are opened and closed when their time has come",
)
def close_bloc_year(*, bloc_year, by, paper=None, reason=""):
    """Close a bloc's year: the leader's unit of that year may change nothing of it any more."""
    bloc_year = BlocYear.objects.locked(bloc_year.pk)
    post = require(may_close_bloc_year(by, bloc_year, timezone.localdate()))
    if bloc_year.closed_on:
        refuse(_("Hồ sơ năm của Khối đã khoá."))
    bloc_year.closed_on = timezone.localdate()
    bloc_year.save()
    after = {"closed_on": bloc_year.closed_on}
    record(bloc_year, by=by, post=post, after=after, reason=reason, paper=paper)
    return bloc_year
