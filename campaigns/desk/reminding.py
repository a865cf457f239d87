"""The words that are proposed for a reminder: what is missing, of whom, until when, where it is done."""

from itertools import groupby

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from blocs import notation
from blocs.contributions import registry
from campaigns.models import Phase
from config.ui import days_left

Kind = Phase.Kind
NAMED = 10  # more units or blocs than these are only counted
BY_UNIT = (Kind.PLEDGE, Kind.SCORING, Kind.CHECK)  # what units do, each of them
# What a unit or a bloc has not done.
UNDONE = {
    Kind.PLAN: gettext_lazy("chưa có kế hoạch hoạt động năm %(year)s"),
    Kind.PLEDGE: gettext_lazy("chưa ký giao ước thi đua năm %(year)s"),
    Kind.ACTIVITIES: gettext_lazy("chưa ghi nhận hoạt động nào của năm %(year)s"),
    Kind.MID_YEAR: gettext_lazy("chưa sơ kết công tác thi đua giữa năm %(year)s"),
    Kind.SCORING: gettext_lazy("chưa gửi phiếu tự chấm điểm thi đua năm %(year)s"),
    Kind.CHECK: gettext_lazy("chưa kiểm tra xong điểm thi đua năm %(year)s"),
    Kind.EXPLANATION: gettext_lazy("chưa trả lời hết đề nghị giải trình điểm năm %(year)s"),
    Kind.PREPARATORY: gettext_lazy("chưa họp trù bị Hội nghị tổng kết năm %(year)s"),
    Kind.CONFERENCE: gettext_lazy("chưa tổ chức Hội nghị tổng kết năm %(year)s"),
    Kind.VOTE: gettext_lazy("chưa có kết quả bình xét, suy tôn năm %(year)s"),
    Kind.PROPOSALS: gettext_lazy("chưa gửi đề nghị khen thưởng, điển hình tiên tiến năm %(year)s"),
    Kind.REPORT: gettext_lazy("chưa gửi báo cáo tổng kết năm %(year)s"),
    Kind.ELECTION: gettext_lazy("chưa có kết quả bầu Khối trưởng, Khối phó năm sau"),
}


def proposed_text(kind, year, rows, site):
    """A plain and polite reminder with the days left and the way to the site; no name of a person.

    In Vietnamese, whatever language its sender reads the pages in.
    """
    with override(settings.LANGUAGE_CODE):
        address = _address(kind, rows, site)
        return "\n\n".join([_salutation(rows), _missing(kind, year, rows), _request(address), _thanks()])


def _salutation(rows):
    return _("Kính gửi đơn vị,") if len(rows) == 1 else _("Kính gửi các đơn vị,")


def _missing(kind, year, rows):
    """Who has not done it: units by bloc for what each unit does itself, else the blocs."""
    undone = UNDONE[kind] % {"year": year}
    rows = sorted(rows, key=lambda row: (row.bloc_year.bloc.place, row.bloc_year.pk, row.unit.place()))
    blocs = [(bloc, list(those)) for bloc, those in groupby(rows, key=lambda row: row.bloc_year)]
    by_unit = kind in BY_UNIT
    count = len(rows) if by_unit else len(blocs)
    words = {"undone": undone, "count": notation.count(count)}
    if by_unit:
        text = _("Đến nay còn %(count)s đơn vị %(undone)s") % words
        names = [
            _("- %(bloc)s: %(units)s") % {"bloc": bloc.name, "units": "; ".join(row.name for row in those)}
            for bloc, those in blocs
        ]
        if count == 1:
            text = _("Đến nay %(unit)s %(undone)s") % (words | {"unit": rows[0].name})
    else:
        text = _("Đến nay còn %(count)s khối %(undone)s") % words
        names = [f"- {bloc.name}" for bloc, _those in blocs]
        if count == 1:
            text = _("Đến nay %(bloc)s %(undone)s") % (words | {"bloc": blocs[0][0].name})
    if not 1 < count <= NAMED:
        return " ".join(filter(None, [f"{text}.", _due(rows)]))
    listed = "\n".join([f"{text}:", *names])
    return "\n\n".join(filter(None, [listed, _due(rows)]))


def _address(kind, rows, site):
    """The way to the site; where it is about one bloc, to the very page on which that is done."""
    way, bloc_years = registry.ways.get(kind), {row.bloc_year.pk: row.bloc_year for row in rows}
    if way is None or len(bloc_years) != 1:
        return site
    path = way(kind, rows[0].bloc_year, rows[0].unit if len(rows) == 1 else None)
    return site.rstrip("/") + path if path else site


def _due(rows):
    dues = {row.due for row in rows}
    due = dues.pop()
    if dues or not due:
        return ""
    return _("Hạn là ngày %(day)s (%(left)s).") % {
        "day": notation.day(due),
        "left": days_left(due, timezone.localdate()),
    }


def _request(address):
    return _(
        "Đề nghị đơn vị thực hiện và ghi nhận trên hệ thống; nếu đã làm trên giấy, đề nghị gửi bản "
        "chụp. Xem việc cần làm tại: %(site)s"
    ) % {"site": address}


def _thanks():
    return _("Trân trọng cảm ơn.")
