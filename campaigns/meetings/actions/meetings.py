"""Acts of a meeting: planned, recorded from paper, who came, what was decided and said."""

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import refuse, require, require_open
from blocs.versions import Stale, StalePart, Unchanged, require_newest, snapshot
from campaigns.meetings.agendas import usual_agenda
from campaigns.meetings.guests import expected
from campaigns.models import AgendaItem, Attendance, BlocYear, Meeting, Phase, Statement, Task
from campaigns.permissions import may_edit_bloc_records
from campaigns.windows import phase_kind_of, require_window, waits

Presence = Attendance.Presence


@act("meeting.plan", gettext_lazy("Lập kế hoạch hội nghị, cuộc họp"))
def plan_meeting(*, meeting, by, paper=None, reason=""):
    """Add a meeting with the usual agenda of its kind and one expected guest from each unit of the bloc."""
    post = _lock(meeting, by)
    require_open(meeting, paper=paper, reason=reason)
    _add(meeting)
    parts = [*_lay_agenda(meeting), *_note(meeting, [(each, {}) for each in _expected(meeting)])]
    record(meeting, by=by, post=post, after=_fields(meeting) | {"parts": parts}, reason=reason, paper=paper)
    return meeting


@act("meeting.record", gettext_lazy("Ghi nhận cuộc họp đã họp"))
def record_meeting(*, meeting, attendances, by, form=None, paper=None, reason=""):
    """Record when and where a meeting was held, who chaired it and who was there.

    `meeting` is a new one, or the planned one of a form: where somebody else has changed the same since it
    was shown, `Stale` with both texts. `attendances` are (attendance as shown, {field: value}) of those
    expected and of others who came.
    """
    before = {}
    post = _lock(meeting, by)
    if meeting.pk:
        kept = Meeting.objects.locked(meeting.pk)
        if form:
            require_newest(form, kept)
        before = _fields(kept)
    _require_window(meeting, paper, reason, before=True)
    if meeting.first_day is None or meeting.last_day > timezone.localdate():
        refuse(_("Chỉ ghi nhận cuộc họp đã họp: ngày họp không được sau hôm nay."))
    if meeting.pk:
        meeting.save()
    else:
        _add(meeting)
    parts = [] if meeting.agendaitems.exists() else list(_lay_agenda(meeting))
    parts += _note(meeting, attendances)
    after = _fields(meeting)
    changed = {name for name in after if before.get(name) != after[name]}
    record(
        meeting,
        by=by,
        post=post,
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed} | {"parts": parts},
        reason=reason,
        paper=paper,
    )
    return meeting


@act("meeting.invite", gettext_lazy("Mời thêm người dự"))
def invite(*, meeting, guests, by, paper=None, reason=""):
    """Add guests to those whom a meeting expects, after the units of the bloc."""
    post = _lock(meeting, by)
    require_open(meeting, paper=paper, reason=reason)
    parts = _note(meeting, [(guest, {"presence": Presence.EXPECTED, "is_invited": True}) for guest in guests])
    if not parts:
        refuse(_("Hãy ghi ít nhất một người được mời."))
    record(meeting, by=by, post=post, after={"parts": parts}, reason=reason, paper=paper)


@act("meeting.note-reply", gettext_lazy("Ghi trả lời giấy mời"))
def note_reply(*, attendance, reply, by, paper=None, reason=""):
    """Note whether a guest is coming, has declined, or has not answered."""
    meeting = attendance.meeting
    post = _lock(meeting, by)
    require_open(meeting, paper=paper, reason=reason)
    parts = _note(meeting, [(attendance, {"reply": reply})])
    record(meeting, by=by, post=post, after={"parts": parts}, reason=reason, paper=paper)


@act("meeting.note-attendance", gettext_lazy("Điểm danh"))
def note_attendance(*, meeting, attendances, by, paper=None, reason=""):
    """Note who is there: (attendance as shown, {field: value}) each; a new one is a guest nobody expected.

    What somebody else has noted of the same person since is not overwritten: `Stale`, with both texts. When
    somebody comes in place of the person expected, that person's name and post are kept.
    """
    post = _lock(meeting, by)
    _require_window(meeting, paper, reason)
    if meeting.first_day and meeting.first_day > timezone.localdate():
        refuse(_("Chưa đến ngày họp nên chưa điểm danh được."))
    parts = _note(meeting, attendances)
    if not parts:
        raise Unchanged
    record(meeting, by=by, post=post, after={"parts": parts}, reason=reason, paper=paper)


@act("meeting.note-outcomes", gettext_lazy("Ghi kết quả từng nội dung"))
def note_outcomes(*, meeting, outcomes, by, paper=None, reason=""):
    """Write what came of the items of the agenda: (item as shown, outcome) each."""
    post = _lock(meeting, by)
    _require_window(meeting, paper, reason)
    kept = {each.pk: each for each in meeting.agendaitems.select_for_update()}
    parts, stale = [], []
    for shown, outcome in outcomes:
        item = kept.get(shown.pk) or refuse(_("Chương trình vừa được người khác sửa. Hãy mở lại trang."))
        if item.outcome == outcome:
            continue
        if item.version != shown.version:
            stale.append(StalePart(item, {"outcome": item.outcome}, {"outcome": outcome}))
            continue
        if item.kind == AgendaItem.Kind.VOTE:
            window = {"paper": paper, "reason": reason, "before": waits(meeting)}
            require_window(meeting.bloc_year, Phase.Kind.VOTE, **window)
        parts.append(_changed(item, {"outcome": outcome}))
    if stale:
        raise Stale(theirs={}, yours={}, row=meeting, parts=stale)
    if not parts:
        raise Unchanged
    record(meeting, by=by, post=post, after={"parts": parts}, reason=reason, paper=paper)


@act("meeting.note-statement", gettext_lazy("Ghi phát biểu"))
def note_statement(*, statement, by, paper=None, reason=""):
    """Add what somebody said at a meeting, after what was said before."""
    meeting = statement.meeting
    post = _lock(meeting, by)
    _require_window(meeting, paper, reason)
    parts = [_added(statement, _last_place(meeting.statements) + 1)]
    record(meeting, by=by, post=post, after={"parts": parts}, reason=reason, paper=paper)
    return statement


@act("meeting.conclude", gettext_lazy("Ghi kết luận và nhiệm vụ"))
def conclude(*, meeting, text, tasks, by, paper=None, reason=""):
    """Add the chair's conclusion, where there is one, and the tasks that follow: (text, unit, due) each."""
    post = _lock(meeting, by)
    _require_window(meeting, paper, reason)
    parts = []
    if text:
        said = Statement(
            meeting=meeting,
            kind=Statement.Kind.CONCLUSION,
            speaker=meeting.chair_name,
            speaker_title=meeting.chair_title,
            text=text,
        )
        parts.append(_added(said, _last_place(meeting.statements) + 1))
    last = _last_place(meeting.tasks)
    for place, (task, unit, due) in enumerate(tasks, last + 1):
        parts.append(_added(Task(meeting=meeting, text=task, unit=unit, due=due), place))
    if not parts:
        refuse(_("Hãy ghi kết luận hoặc ít nhất một nhiệm vụ."))
    record(meeting, by=by, post=post, after={"parts": parts}, reason=reason, paper=paper)


def _lock(meeting, by):
    """Lock the bloc's year, so that permissions see whether it was closed meanwhile; the post that may."""
    meeting.bloc_year = BlocYear.objects.locked(meeting.bloc_year_id)
    return require(may_edit_bloc_records(by, meeting, timezone.localdate()))


def _require_window(meeting, paper, reason, before=None):
    kind = phase_kind_of(meeting)
    before = waits(meeting) if before is None else before
    require_window(meeting.bloc_year, kind, paper=paper, reason=reason, before=before)


def _add(meeting):
    alone = meeting.kind == Meeting.Kind.YEAR_END
    if alone and meeting.bloc_year.meetings.filter(kind=meeting.kind).exists():
        refuse(_("Khối đã có Hội nghị tổng kết của năm này."))
    meeting.save()


def _lay_agenda(meeting):
    for item in usual_agenda(meeting):
        yield _added(item, item.place)


def _expected(meeting):
    if meeting.kind == Meeting.Kind.ACTIVITY:
        return []
    return expected(meeting.bloc_year, meeting.last_day)


def _note(meeting, attendances):
    """Write attendances that differ from what stands there, and tell what was written."""
    kept = {each.pk: each for each in meeting.attendances.select_for_update(of=("self",))}
    place, parts, stale = _last_place(meeting.attendances), [], []
    for shown, changes in attendances:
        is_new = shown.pk is None
        row = shown if is_new else kept.get(shown.pk)
        if row is None:
            refuse(_("Thành phần dự vừa được người khác sửa. Hãy mở lại trang."))
        changes = _with_whom_replaced(row, changes)
        changes = {name: value for name, value in changes.items() if getattr(row, name) != value}
        if changes.get("has_authorisation") and not changes.get("replaced_name", row.replaced_name):
            refuse(_("Giấy ủy quyền chỉ ghi cho người dự thay."))
        if is_new:
            place += 1
            row.meeting = meeting
            for name, value in changes.items():
                setattr(row, name, value)
            parts.append(_added(row, place))
        elif changes and row.version != shown.version:
            theirs = {name: getattr(row, name) for name in changes}
            stale.append(StalePart(row, theirs, changes))
        elif changes:
            parts.append(_changed(row, changes))
    if stale:
        raise Stale(theirs={}, yours={}, row=meeting, parts=stale)
    return parts


def _with_whom_replaced(row, changes):
    """The changes with the person expected before; whoever comes after all replaces nobody."""
    name = changes.get("name", row.name)
    if name == row.name:
        return changes
    if row.replaced_name and name == row.replaced_name:
        return changes | {"replaced_name": "", "replaced_title": "", "has_authorisation": False}
    if row.name and not row.replaced_name:
        changes = changes | {"replaced_name": row.name, "replaced_title": row.title}
    return changes | {"address_form": changes.get("address_form", "")}


def _added(part, place):
    part.place = place
    part.save()
    return {"model": part._meta.label_lower, "added": _fields(part)}


def _changed(part, changes):
    before = {name: getattr(part, name) for name in changes}
    for name, value in changes.items():
        setattr(part, name, value)
    part.save()
    return {"model": part._meta.label_lower, "key": part.pk, "before": before, "after": changes}


def _last_place(parts):
    return parts.aggregate(last=Max("place"))["last"] or 0


def _fields(row):
    """The stored fields of a row by name, as the journal keeps them, without its version."""
    return {name: value for name, value in snapshot(row).items() if name != "version"}
