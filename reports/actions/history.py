"""The act that writes down what is known of a past year."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import refuse, require
from campaigns.permissions import may_load_history
from reports.imports.bloc_year.comparing import compare, name_of
from reports.imports.bloc_year.writing import lock_roots, write


@act(
    "bloc-year.load",
    gettext_lazy("Nạp hồ sơ năm của Khối từ tệp"),
    any_day="loads past years and made-up ones, by command",
)
def load_bloc_year(*, file, by, update=False):
    """Load a bloc-year file, whole or not at all, and return its bloc-year; asks no window.

    Only adds and, with `update`, changes what differs; never deletes. Refused where nothing would change, and
    where it would alter what is there without `update`. Raises Faulty when the models refuse a row.
    """
    post = require(may_load_history(by, None, timezone.localdate()))
    compare(file)
    lock_roots(file)
    plan = compare(file)
    if plan.is_empty:
        refuse(_("Tệp không có gì khác với dữ liệu đã có."))
    if plan.needs_update and not update:
        refuse(_("Tệp khác với dữ liệu đã có; chưa thay đổi gì."))
    differences = [(change.name, *change.words()) for change in plan.changes]
    write(plan)
    file.require_sound()
    record(
        file.bloc_year.obj,
        by=by,
        post=post,
        before={name: before for name, before, _after in differences},
        after={name: after for name, _before, after in differences}
        | {
            "file": file.name,
            "sha256": file.sha256,
            "sources": file.sources,
            "added": [name_of(row.obj) for row in plan.additions],
        },
    )
    return file.bloc_year.obj
