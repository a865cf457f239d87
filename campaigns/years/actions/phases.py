"""Acts on the phases of a year: from when to when what is due."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.journal import act, record
from blocs.permissions import Refusal, Refused, refuse, require
from campaigns.models import EmulationYear, Phase
from campaigns.permissions import may_edit_year
from campaigns.windows import phase_of

ANY_DAY = "it says what the windows are"


@act("phase.set", gettext_lazy("Đặt thời hạn các giai đoạn của năm"), any_day=ANY_DAY)
def set_phases(*, year, days, shown_version, by, reason="", paper=None):
    """Set first and last day of each kind of phase of the whole year: {kind: (first or None, last) or None}.

    None leaves the kind without dates. Refused when somebody else has set them since they were shown.
    """
    year, post = _locked_year(year, by)
    if year.version != shown_version:
        refuse(_("Người khác vừa đặt lại thời hạn của năm này. Chưa lưu gì: hãy mở lại trang rồi sửa."))
    known = {phase.kind: phase for phase in year.phases.filter(bloc_year__isnull=True)}
    before, after = {}, {}
    for kind, wanted in days.items():
        phase = known.get(kind)
        kept = (phase.first_day, phase.last_day) if phase else None
        if kept != wanted:
            before[kind], after[kind] = kept, wanted
            _keep(phase or Phase(year=year, kind=kind), wanted)
    if not after:
        refuse(_("Chưa có ngày nào thay đổi."))
    year.save()
    record(year, by=by, post=post, before=before, after=after, reason=reason, paper=paper)
    return year


@act("phase.extend", gettext_lazy("Gia hạn giai đoạn"), any_day=ANY_DAY)
def extend_phase(*, year, kind, last_day, reason, by, bloc_year=None, paper=None):
    """Move the last day of a phase further: for one bloc, or without one for the whole year."""
    year, post = _locked_year(year, by)
    governing = phase_of(bloc_year, kind) if bloc_year else _of_year(year, kind)
    if governing is None:
        refuse(_("Giai đoạn này chưa đặt thời hạn cho cả năm. Hãy đặt thời hạn trước."))
    if last_day <= governing.last_day:
        raise Refused(
            Refusal(
                _("Hạn mới phải sau hạn đang áp dụng, ngày %(day)s.")
                % {"day": notation.day(governing.last_day)}
            )
        )
    if not reason.strip():
        refuse(_("Hãy ghi lý do gia hạn."))
    phase, before = governing, {"last_day": governing.last_day, "reason": governing.reason}
    if bloc_year and governing.bloc_year_id is None:
        phase, before = Phase(year=year, bloc_year=bloc_year, kind=kind, first_day=governing.first_day), {}
    phase.last_day, phase.reason = last_day, reason
    phase.save()
    if phase.bloc_year_id is None:
        year.save()  # a form of the whole year that is open shows the old day
    after = {"kind": kind, "last_day": last_day, "reason": reason}
    record(bloc_year or year, by=by, post=post, before=before, after=after, reason=reason, paper=paper)
    return phase


def _locked_year(year, by):
    year = EmulationYear.objects.locked(year.pk)
    return year, require(may_edit_year(by, year, timezone.localdate()))


def _of_year(year, kind):
    return year.phases.filter(bloc_year__isnull=True, kind=kind).first()


def _keep(phase, days):
    if days is None:
        phase.delete()
        return
    phase.first_day, phase.last_day = days
    phase.save()
