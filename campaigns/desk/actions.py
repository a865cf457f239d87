"""Acts of reminding units of what is due."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import refuse, require
from campaigns.desk.boards import recipients_of
from campaigns.models import BlocYear, EmulationYear, Reminder, ReminderWave
from campaigns.permissions import may_remind

ANY_DAY = "units are reminded whenever they are late"


@act("reminder.send", gettext_lazy("Đôn đốc"), any_day=ANY_DAY)
def send_reminders(*, year, phase_kind, targets, text, channels, by):
    """Remind units of a phase through one or more channels: [(bloc-year, unit key)]; returns the wave.

    The mails themselves go out afterwards, by a worker. One entry names all units.
    """
    year = EmulationYear.objects.locked(year.pk, no_key=True)
    if not targets or not channels:
        refuse(_("Hãy chọn ít nhất một đơn vị và một cách nhắc."))
    today = timezone.localdate()
    bloc_years = {bloc_year.pk: bloc_year for bloc_year, _unit in targets}
    posts = [require(may_remind(by, each, today)) for each in bloc_years.values()]
    now = timezone.now()
    wave = ReminderWave.objects.create(
        year=year, phase_kind=phase_kind, text=text, made_at=now, made_by=posts[0]
    )
    read_mail = {unit for unit, people in recipients_of([unit for _each, unit in targets]).items() if people}
    reminders = [
        Reminder(
            wave=wave,
            bloc_year=bloc_year,
            phase_kind=phase_kind,
            unit_id=unit,
            channel=channel,
            at=now,
            by=posts[0],
        )
        for bloc_year, unit in targets
        for channel in channels
        if channel != Reminder.Channel.MAIL or unit in read_mail
    ]
    if not reminders:
        refuse(_("Chưa đơn vị nào trong số này có thư điện tử. Hãy chọn thêm cách nhắc khác."))
    Reminder.objects.bulk_create(reminders)
    record(
        wave,
        by=by,
        post=posts[0],
        after={
            "phase_kind": phase_kind,
            "channels": sorted(channels),
            "text": text,
            "targets": [[bloc_year.pk, unit] for bloc_year, unit in targets],
        },
    )
    return wave


@act("reminder.log-call", gettext_lazy("Ghi đã gọi điện đôn đốc"), any_day=ANY_DAY)
def log_call(*, bloc_year, unit, phase_kind, by, note=""):
    """Record that a unit was reminded of a phase by telephone, with a note of what was said."""
    bloc_year = BlocYear.objects.locked(bloc_year.pk, no_key=True)
    post = require(may_remind(by, bloc_year, timezone.localdate()))
    call = Reminder.objects.create(
        bloc_year=bloc_year,
        phase_kind=phase_kind,
        unit=unit,
        channel=Reminder.Channel.PHONE,
        at=timezone.now(),
        by=post,
        note=note,
    )
    record(call, by=by, post=post, after={"phase_kind": phase_kind, "unit": unit.pk, "note": note})
    return call
