"""The act that makes the demonstration ministry."""

from collections import Counter
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.models import Unit
from blocs.permissions import refuse, require
from reports.ministry import rows
from reports.permissions import may_make_demo_ministry


@act("ministry.make-demo", gettext_lazy("Lập bộ minh hoạ"))
def make_demo_ministry(*, seed, by):
    """Make a whole ministry that does not exist, with this year and the last; {model: number of rows}.

    Only where no unit is known: it never stands beside a real ministry.
    """
    today = timezone.localdate()
    post = require(may_make_demo_ministry(by, None, today))
    if Unit.objects.select_for_update().exists():
        refuse(_("Chỉ lập bộ minh hoạ trên cơ sở dữ liệu chưa có đơn vị nào."))
    made = rows(seed, today.year)
    for model, batch in groupby(made, key=type):
        if "save" in vars(model):  # which makes the keys by which the rows are sorted and found
            for row in batch:
                row.save()
        else:
            model._default_manager.bulk_create(batch)
    counts = {
        str(model._meta.verbose_name): number
        for model, number in Counter(map(type, made)).items()
        if not model._meta.auto_created
    }
    root = next(row for row in made if isinstance(row, Unit) and row.is_root)
    record(root, by=by, post=post, after={"seed": seed, "year": today.year, "rows": counts})
    return counts
