"""What every act on a score sheet begins with: its rows locked, whose desk it is, whether it is open."""

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.permissions import Refused, asks, is_staff, refuse
from campaigns.models import BlocYear
from campaigns.scores.models import ScoreSheet
from campaigns.scores.permissions import may_record_scores, may_score
from campaigns.scores.windows import require_sheet_window


def locked(sheet):
    """The sheet as it stands now, its bloc's year and itself locked."""
    bloc_year = BlocYear.objects.locked(sheet.bloc_year_id, no_key=True)
    sheet = ScoreSheet.objects.locked(sheet.pk, "criteria_set", "unit", "checker")
    sheet.bloc_year = bloc_year
    return sheet


def locked_alone(sheet):
    """The sheet as it stands now, locked; its bloc's year is shared, so that other units save beside it.

    Nobody changes or closes the bloc's year meanwhile: acts that do lock it. For an act that writes this
    sheet and no other: a transaction that came this way must not go on to lock the bloc's year, behind
    somebody who waits for the sheet. Unit, year, bloc and criteria are taken over from the given sheet as
    far as it still has the same.
    """
    of_sheet, of_bloc_year = _columns(ScoreSheet), _columns(BlocYear)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT sheet.{", sheet.".join(of_sheet)}, bloc_year.{", bloc_year.".join(of_bloc_year)}
            FROM {BlocYear._meta.db_table} AS bloc_year
            JOIN {ScoreSheet._meta.db_table} AS sheet ON sheet.bloc_year_id = bloc_year.id
            WHERE sheet.id = %s
            FOR SHARE OF bloc_year FOR UPDATE OF sheet
            """,  # noqa: S608  names of our own tables and columns
            [sheet.pk],
        )
        row = cursor.fetchone()
    if row is None:
        raise ScoreSheet.DoesNotExist
    kept = ScoreSheet.from_db(connection.alias, of_sheet, row[: len(of_sheet)])
    kept.bloc_year = BlocYear.from_db(connection.alias, of_bloc_year, row[len(of_sheet) :])
    _take_over(kept, sheet, "unit", "checker", "criteria_set")
    _take_over(kept.bloc_year, sheet.bloc_year, "year", "bloc")
    return kept


def _columns(model):
    return [field.column for field in model._meta.concrete_fields]


def _take_over(row, known, *names):
    """Give a row what another reading of it had asked for already, where its key is the same."""
    for field in (row._meta.get_field(name) for name in names):
        if field.is_cached(known) and getattr(known, field.attname) == getattr(row, field.attname):
            field.set_cached_value(row, field.get_cached_value(known))


@asks("permission")
def require_desk(sheet, by, paper):
    """The post of the desk that scores; or of who records from paper, and then the sheet is from paper."""
    day = timezone.localdate()
    own = may_score(by, sheet, day)
    if own:
        return own
    post = may_record_scores(by, sheet, day)
    if not post:
        raise Refused(own)
    if paper is None:
        refuse(_("Phiếu của nơi khác chỉ ghi nhận từ văn bản giấy: hãy ghi ngày trên giấy."))
    if sheet.pk and not sheet.from_paper and not is_staff(by, sheet, day) and sheet.scores.exists():
        refuse(_("Đơn vị đang chấm phiếu này trên hệ thống; phiếu do đơn vị gửi, không ghi nhận thay."))
    sheet.from_paper = True
    return post


def require_open_sheet(sheet, paper, reason):
    """Refuse to fill in a sheet that was sent or released, or outside its window."""
    if not sheet.is_open:
        words = _("Phiếu ở trạng thái “%(state)s” nên không sửa được.")
        refuse(words % {"state": sheet.get_state_display()})
    require_sheet_window(sheet, paper=paper, reason=reason)
