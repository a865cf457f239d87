"""Acts of a bloc's year."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import refuse, require
from campaigns.models import BlocYear
from campaigns.permissions import may_close_bloc_year


@act("bloc-year.close", gettext_lazy("Khoá hồ sơ năm của Khối"), seals=True)
def close_bloc_year(*, bloc_year, by, paper=None):
    """Close a bloc's year: the leader's unit of that year may change nothing of it any more."""
    bloc_year = BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    post = require(may_close_bloc_year(by, bloc_year, timezone.localdate()))
    if bloc_year.closed_on:
        refuse(_("Hồ sơ năm của Khối đã khoá."))
    bloc_year.closed_on = timezone.localdate()
    bloc_year.version += 1
    bloc_year.save()
    record(bloc_year, by=by, post=post, after={"closed_on": bloc_year.closed_on}, paper=paper)
    return bloc_year
