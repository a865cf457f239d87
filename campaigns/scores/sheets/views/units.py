"""What every page of a unit's scores begins with: the unit, and what may be done with its own sheet."""

from copy import copy

from django.db.models import Exists, F, OuterRef
from django.http import Http404
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from blocs.contributions import Button
from blocs.models import Entry, Post, UnitState
from blocs.permissions import Refused
from campaigns.models import Seat
from campaigns.scores.criteria.chosen import WITH_SET, chosen_set
from campaigns.scores.models import ScoreSheet, Tier
from campaigns.scores.permissions import may_score, scores_own_unit
from campaigns.scores.sheets.filling import criteria_without_evidence
from campaigns.scores.states import SHEET
from campaigns.scores.windows import closed_to_sheet
from campaigns.windows import in_words
from campaigns.years.views.bloc_years import find_bloc_year, places_of

State = ScoreSheet.State
OFFICERS = (Post.Role.OFFICER, Post.Role.SECRETARY)
STATE = [field.attname for field in UnitState._meta.concrete_fields]
FORWARD, BACK = 0, 1  # places of buttons: what leads on to the next desk, and what takes back or returns


def find_unit(user, year, bloc, unit):
    """(bloc-year, unit that sits in it) of an address, or 404."""
    bloc_year = find_bloc_year(user, year, bloc, WITH_SET)
    for seat in bloc_year.seats.all():
        if seat.unit and seat.unit.code == unit:
            return bloc_year, seat.unit
    raise Http404


def find_own_sheet(user, year, bloc, unit):
    """The unit's own sheet of an address, as far as this person may see it, or 404."""
    bloc_year, unit = find_unit(user, year, bloc, unit)
    sheets = ScoreSheet.objects.visible_to(user).filter(bloc_year=bloc_year, unit=unit, tier=Tier.SELF)
    sheet = sheets.select_related("criteria_set").first()
    if sheet is None:
        raise Http404
    sheet.bloc_year, sheet.unit = bloc_year, unit
    return sheet


def find_sheet_to_score(user, year, bloc, unit):
    """The own sheet of a unit that a person scores, with its year, bloc, criteria and names, in one query.

    None where the unit has not begun, does not sit in the bloc, or is another's: then the longer way says
    which of these it is.
    """
    units = {post.unit_id: post.unit for post in user.standing().posts if post.role in OFFICERS}
    seats = Seat.objects.filter(bloc_year=OuterRef("bloc_year"), unit=OuterRef("unit"))
    sheets = ScoreSheet.objects.filter(Exists(seats), unit__in=units, unit__code=unit, tier=Tier.SELF)
    sheets = sheets.filter(bloc_year__year__code=year, bloc_year__bloc__code=bloc)
    sheets = sheets.select_related("bloc_year__year", "bloc_year__bloc", f"bloc_year__{WITH_SET}")
    names = {f"called_{each}": F(f"unit__states__{each}") for each in STATE}
    rows = list(sheets.annotate(**names).order_by(F("unit__states__first_day").desc(nulls_last=True)))
    if not rows:
        return None
    sheet = rows[0]
    sheet.unit = units[sheet.unit_id]
    chosen = chosen_set(sheet.bloc_year)
    if chosen is not None and sheet.criteria_set_id == chosen.pk:
        sheet.criteria_set = chosen
    states = [{each: getattr(row, f"called_{each}") for each in STATE} for row in rows]
    sheet.unit.keep_states(UnitState(**each) for each in states if each["id"])
    return sheet


def place_of(bloc_year, unit):
    """The keys of the addresses of a unit's scores."""
    return [bloc_year.year.code, bloc_year.bloc.code, unit.code]


def context_of(bloc_year, unit, user):
    """What the templates of a unit's scores ask for."""
    place = place_of(bloc_year, unit)
    return {
        "bloc_year": bloc_year,
        "places": places_of(bloc_year, user),
        "unit": unit,
        "name": unit.name(bloc_year.year.last_day),
        "back": reverse("score-unit", args=place),
        "place": place,
    }


def begin_button(bloc_year, unit):
    """The way for a unit to begin its own sheet, with the reason where it is not open."""
    blank = ScoreSheet(bloc_year=bloc_year, unit=unit, tier=Tier.SELF)
    refusal = closed_to_sheet(blank)
    if chosen_set(bloc_year) is None or not chosen_set(bloc_year).is_frozen:
        refusal = _("Bộ tiêu chí của Khối chưa được ban hành trên hệ thống.")
    address = reverse("score-begin", args=place_of(bloc_year, unit))
    return Button(_("Bắt đầu tự chấm điểm"), address, in_words(refusal), posts=True)


def buttons_of(bloc_year, unit, sheet, user):
    """What this person may do with a unit's own sheet now, each with the reason where it is not open."""
    today, place = timezone.localdate(), place_of(bloc_year, unit)
    if sheet is None:
        blank = ScoreSheet(bloc_year=bloc_year, unit=unit, tier=Tier.SELF)
        begin = begin_button(bloc_year, unit)
        own = scores_own_unit(user, blank, today)
        return [begin, _import_button(bloc_year, unit, begin.refusal)] if own else []
    buttons = []
    if sheet.is_open and scores_own_unit(user, sheet, today):
        closed = closed_to_sheet(sheet)
        title = _("Chấm tiếp") if sheet.state == State.DRAFT else _("Chỉnh sửa các tiêu chí được nêu")
        is_done = sheet.is_complete and sheet.state == State.DRAFT
        order = BACK if is_done else FORWARD  # with nothing left to score, sending is next
        buttons.append(Button(title, reverse("score-own", args=place), in_words(closed), order))
        buttons.append(_import_button(bloc_year, unit, in_words(closed), order))
    corrected = sheet.corrections.filter(closed_at=None).exists()
    recall = "recall_correction" if corrected else "recall"
    for action, name, place_of_button in (
        ("send", "score-send", FORWARD),
        (recall, "score-recall", BACK),
        ("open", "score-open", FORWARD),
        ("return", "score-return", BACK),
    ):
        row = SHEET.find(sheet.state, action)
        own_only = action == "send"
        if action == "return" and bloc_year.score_sheets.filter(unit=unit, state=State.RELEASED).exists():
            continue  # a tier above has said what it gives
        if row is None or not row.permission(user, sheet, today):
            continue
        if own_only and not scores_own_unit(user, sheet, today):
            continue  # others send what they record from paper
        refusal, posts = _refusal(row, sheet, today), action != "return"
        if action == "send" and not refusal:
            posts = not criteria_without_evidence(sheet)  # else it is asked first
        address = reverse(name, args=place)
        buttons.append(Button(str(row.title), address, refusal, place_of_button, posts))
    return buttons


def _import_button(bloc_year, unit, refusal, order=FORWARD):
    """The way to read the unit's own spreadsheet, closed as its own scoring is."""
    address = reverse("score-import-unit", args=place_of(bloc_year, unit))
    return Button(_("Nhập từ Excel"), address, refusal, order)


def desks_of(bloc_year, unit, user, tiers, sheets):
    """The ways to the screens of the tiers above that this person scores for a unit.

    The tier whose turn it is by these sheets leads on.
    """
    today, place, found = timezone.localdate(), place_of(bloc_year, unit), []
    turn = _turn(bloc_year, unit, tiers, sheets)
    for tier in tiers:
        blank = ScoreSheet(bloc_year=bloc_year, unit=unit, tier=tier)
        is_across = tier == Tier.CHECK and chosen_set(bloc_year).check_mode != "sitting"
        if tier == Tier.SELF or is_across or not may_score(user, blank, today):
            continue
        name, keys = ("score-sitting", []) if tier == Tier.CHECK else ("score-tier", [tier.value])
        order = FORWARD if tier == turn else BACK
        found.append(Button(tier.label, reverse(name, args=[*place, *keys]), place=order))
    return found


def _turn(bloc_year, unit, tiers, sheets):
    """The tier whose turn it is once the unit's own scoring was received; None after the leader's unit."""
    if not any(each.tier == Tier.SELF and each.state == State.OPENED for each in sheets):
        return None
    for tier in (Tier.CHECK, Tier.LEADER):
        is_across = tier == Tier.CHECK and chosen_set(bloc_year).check_mode != "sitting"
        awaited = bloc_year.check_assignments.filter(unit=unit).count() if is_across else 1
        released = sum(each.tier == tier and each.state == State.RELEASED for each in sheets)
        if tier in tiers and released < max(awaited, 1):
            return tier
    return None


def opened_by(sheet):
    """The desk that took the unit's sheet over and when, in words; empty where none has."""
    if sheet is None or sheet.opened_at is None:
        return ""
    entries = Entry.objects.filter(
        act="sheet.open", object_kind=sheet._meta.label_lower, object_key=str(sheet.pk)
    )
    entry = (
        entries.select_related("post__unit").prefetch_related("post__unit__states").order_by("-pk").first()
    )
    told = {"time": formats.date_format(timezone.localtime(sheet.opened_at), "SHORT_DATETIME_FORMAT")}
    if entry is None or entry.post.unit is None:
        return _("tiếp nhận lúc %(time)s") % told
    desk = entry.post.unit.name(sheet.bloc_year.year.last_day)
    return _("%(desk)s tiếp nhận lúc %(time)s") % (told | {"desk": desk})


def way_to(sheet, criterion):
    """A criterion on the page of own scoring."""
    section = criterion.section
    while section.parent:
        section = section.parent
    address = reverse("score-own", args=place_of(sheet.bloc_year, sheet.unit))
    return f"{address}?muc={section.key}#tieu-chi-{criterion.key}"


def _refusal(row, sheet, today):
    """Why a move that this person may make is not open now; empty where it is."""
    if row.guard:
        try:
            row.guard(sheet, today)
        except Refused as refused:
            return str(refused)
    if row.action in ("send", "recall", "recall_correction"):
        then = copy(sheet)
        then.state = row.next if row.action != "send" else sheet.state
        return in_words(closed_to_sheet(then))
    return ""
