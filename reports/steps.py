"""What this app puts on others' pages: the year-end report's step, ways to papers, papers that wait."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _  # said only where it is shown

from blocs import days
from blocs.contributions import Button, Progress, Step, registry
from blocs.models import IssuedDocument
from blocs.models.base import of_each
from campaigns.models import BlocYear, Seat
from campaigns.scores.criteria.chosen import chosen_sets
from campaigns.scores.permissions import may_edit_inspection
from reports.documents import YEAR_END_SUMMARY
from reports.documents.meetings.shared import address as paper_address
from reports.documents.scores import INSPECTION, INSPECTION_COPIES, RANKING, SCORE_TABLE, SHEET
from reports.documents.scores.table import readable
from reports.documents.year_end_summary import CONFERENCE, OFFICIAL
from reports.permissions import may_make_pack
from reports.waitings import waitings


def register():
    """Put this app's step on the timeline and its buttons on the pages of a bloc-year."""
    registry.steps.append(steps)
    registry.buttons.setdefault("campaigns.blocyear", []).append(buttons)
    registry.buttons.setdefault("campaigns.meeting", []).append(meeting_buttons)
    registry.buttons.setdefault("scores.scoresheet", []).append(sheet_buttons)
    registry.buttons.setdefault("scores.inspection", []).append(inspection_buttons)
    registry.buttons.setdefault("scores.ranking", []).append(ranking_buttons)
    registry.waitings.append(waitings)


def steps(bloc_years, users):
    """What writes the step, read in the same number of queries for one bloc-year and person and for many.

    Of a report a person is told as far as the person may see it.
    """
    prefetch_related_objects(bloc_years, "seats")
    newest = _newest_documents(bloc_years, users)
    return lambda each, user: [_report(each, newest[user.pk].get(each.pk))]


def buttons(bloc_years, user):
    """{bloc-year key: the way to the table of scores, where it is open, to each edition of the report}."""
    sets = chosen_sets(bloc_years)
    scored = readable([each for each in bloc_years if each.pk in sets], user)
    editions = [(CONFERENCE, _("Báo cáo trình Hội nghị")), (OFFICIAL, _("Báo cáo chính thức"))]
    found = {}
    for each in bloc_years:
        ways = [Button(words, address(each, edition), place=90) for edition, words in editions]
        if each.pk in scored:
            ways.insert(0, Button(SCORE_TABLE.name, SCORE_TABLE.address(each, ""), place=80))
        found[each.pk] = ways
    return found


def sheet_buttons(sheets, user):
    """{sheet key: the way to the unit's sheet on paper}."""
    return {each.pk: [Button(SHEET.name, _of_unit("score-sheet-paper", each), place=90)] for each in sheets}


def inspection_buttons(inspections, user):
    """{sitting key: the way to its minutes, and for who keeps it to both copies to be signed}."""
    today = timezone.localdate()
    return {
        each.pk: [
            Button(INSPECTION.name, _of_unit("inspection-minutes", each), place=90),
            *(
                [Button(INSPECTION_COPIES.name, _of_unit("inspection-copies", each), place=91)]
                if may_edit_inspection(user, each, today)
                else []
            ),
        ]
        for each in inspections
    }


def ranking_buttons(rankings, user):
    """{ranking key: the ways to its notice and to the table it rests on}."""
    return {
        each.pk: [
            Button(RANKING.name, RANKING.address(each.bloc_year, ""), place=90),
            Button(SCORE_TABLE.name, SCORE_TABLE.address(each.bloc_year, ""), place=91),
        ]
        for each in rankings
    }


def _of_unit(name, row):
    bloc_year = row.bloc_year
    return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, row.unit.code])


def meeting_buttons(meetings, user):
    """{meeting key: the way to its papers, and for who keeps it all of them at once}."""
    today = timezone.localdate()
    return {
        each.pk: [
            Button(_("Giấy mời, biên bản, tài liệu"), paper_address(each, "meeting-papers"), place=90),
            *(
                [
                    Button(
                        _("Lập trọn bộ tài liệu (PDF và Word)"),
                        paper_address(each, "meeting-pack"),
                        place=91,
                        posts=True,
                    )
                ]
                if may_make_pack(user, each, today)
                else []
            ),
        ]
        for each in meetings
    }


def address(bloc_year, edition=OFFICIAL):
    """The page of a bloc-year's report."""
    return YEAR_END_SUMMARY.address(bloc_year, edition)


def _report(bloc_year, document):
    progress, summary = Progress.WAITING, ""
    if document:
        progress = Progress.DONE if document.state in document.RELEASED_STATES else Progress.UNDER_WAY
        summary = str(document.get_state_display())
        if document.state == document.State.DRAFT:
            summary = _("Dự thảo lần %(number)s") % {"number": document.draft_number}
        elif document.number:
            summary = f"{document.number_as_printed}, {days.day_in_words(document.issued_on)}"
    return Step(
        key="report",
        phase="report",
        place=90,
        title=_("Báo cáo tổng kết năm"),
        progress=progress,
        summary=summary,
        day=document.issued_on if document else None,
        who=bloc_year.leader_label,
        address=address(bloc_year),
        pending=() if progress is Progress.DONE else _leaders(bloc_year),
        action=_("Đưa báo cáo đi tiếp") if document else _("Lập báo cáo tổng kết"),
    )


def _leaders(bloc_year):
    """The keys of the units that lead the bloc that year."""
    leaders = [seat.unit_id for seat in bloc_year.seats.all() if seat.role == Seat.Role.LEADER]
    return tuple(key for key in leaders if key)


def _newest_documents(bloc_years, users):
    """{user key: {bloc-year key: the newest report that the person may see}}."""
    documents = IssuedDocument.objects.filter(
        kind=YEAR_END_SUMMARY.code,
        edition=OFFICIAL,
        subject_type=ContentType.objects.get_for_model(BlocYear),
        subject_key__in=[each.pk for each in bloc_years],
    )
    return {key: _newest(seen) for key, seen in of_each(users, documents.visible_to).items()}


def _newest(documents):
    newest = {}
    for document in sorted(documents, key=lambda each: each.pk):
        known = newest.get(document.subject_key)
        # A report in force is the step done, also while another is made to supersede it.
        if not (known and known.state == known.State.RELEASED and not document.released_at):
            newest[document.subject_key] = document
    return newest
