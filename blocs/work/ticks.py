"""The work of the timer that belongs to this app."""

from django.utils.translation import gettext as _

from blocs.contributions import Tick, registry
from blocs.drafts import drop_old_drafts
from blocs.imports.keeping import drop_old_imports
from blocs.journal import seal
from blocs.presses import forget_old
from blocs.work.jobs import reap


def register():
    """Put this app's work before the timer."""
    registry.ticks.append(Tick("seal-journal", seal_journal))
    registry.ticks.append(Tick("reap-jobs", reap_jobs))
    registry.ticks.append(Tick("drop-old-drafts", drop_old_drafts))
    registry.ticks.append(Tick("drop-old-imports", drop_old_imports))
    registry.ticks.append(Tick("forget-old-presses", forget_old))


def seal_journal():
    """Seal the journal's new entries."""
    sealed = seal()
    if sealed is None:
        return _("Không có bút toán mới.")
    return _("Đã niêm phong %(entries)s bút toán, đầu chuỗi %(head)s.") % {
        "entries": sealed.entries,
        "head": sealed.head,
    }


def reap_jobs():
    """Take up the jobs whose worker died."""
    return _("%(jobs)s công việc bị bỏ dở đã được làm lại.") % {"jobs": reap()}
