"""Bảng tổng hợp điểm: the units of a bloc by sections, then every criterion by units."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.permissions import Refusal
from campaigns.models import BlocYear
from campaigns.scores.models import Ranking
from reports.blocks import Annex, Column, Missing, Paragraph, Section, Table
from reports.documents.base import ReadersKind
from reports.documents.blocs import leaders_signature, pages_of_bloc_year
from reports.documents.phrases import NO_DATA
from reports.documents.scores.facts import ScoreFacts
from reports.documents.scores.shared import (
    basis,
    cell_of,
    criteria_table,
    explained,
    heading_of,
    lacking,
    paper,
    sections_of,
    totals_of,
)

MOST_ON_A4 = 10  # columns of figures that stay legible there
MOST_ON_A3 = 20


def build(facts, edition, stage):
    """The table, A4 while it is narrow, else A3, in landscape."""
    return paper(
        facts,
        SCORE_TABLE,
        stage,
        type_name="BẢNG TỔNG HỢP ĐIỂM",
        subject=f"{facts.bloc_year.name}, năm {facts.year}",
        body=[*status(facts), *basis(facts), *tables(facts)] if known(facts) else [unknown(facts)],
        signatures=(leaders_signature(facts),) if known(facts) else (),
        landscape=True,
        size=size_of(facts),
    )


def size_of(facts):
    """The sheet on which the columns stay legible."""
    wide = facts.plan is not None and max(len(facts.units), len(facts.plan.sections)) > MOST_ON_A4
    return "A3" if wide else "A4"


def known(facts):
    """Whether there are scores by criterion to be shown."""
    return facts.plan is not None and any(facts.scores.counted(each) for each in facts.scores.sheets)


def unknown(facts):
    """What is missing, and the page from which it is entered."""
    link = facts.bloc_year.get_absolute_url()
    return Missing(f"{NO_DATA}: điểm của các đơn vị", link, "Xem trang của Khối")


def status(facts):
    """What kind of figures these are: provisional, expected, not ranked yet."""
    ranking = facts.ranking
    if ranking is None:
        yield Paragraph.plain("Số liệu tạm thời: chưa có bảng xếp hạng.", "note")
    elif ranking.state == Ranking.State.DRAFT:
        yield Paragraph.plain("Số liệu dự kiến: bảng xếp hạng chưa công bố.", "note")
    elif ranking.is_provisional:
        yield Paragraph.plain(f"Số liệu tạm thời: {ranking.provisional_reason}.", "note")


def tables(facts):
    """The table by sections and the tables by criteria, as parts of the paper."""
    yield Section("Tổng hợp điểm theo mục", (by_sections(facts),), key="sections")
    yield Section(
        "Điểm theo tiêu chí", (*by_criteria(facts, size_of(facts)), *explained(facts)), key="criteria"
    )


def annexes(facts):
    """The same as annexes of a document: by sections and by criteria, where any score is known."""
    if not known(facts):
        return ()
    size = size_of(facts)
    return (
        Annex("", "Bảng tổng hợp điểm theo mục", (by_sections(facts),), True, size),
        Annex("", "Bảng điểm theo tiêu chí", (*by_criteria(facts, size), *explained(facts)), True, size),
    )


def by_sections(facts):
    """Units by sections, with bonus, deductions, total, rank, and why there is none."""
    sections = facts.plan.sections
    found = {unit.pk: facts.scores.totals(unit.pk) for unit in facts.units}
    rows = [row(facts, place, unit, found[unit.pk]) for place, unit in enumerate(facts.units, 1)]
    return Table(
        (
            Column("TT", 9, "center"),
            Column("Đơn vị", 62),
            *(Column(heading_of(each), 17, "center") for each in sections),
            Column("Điểm thưởng", 15, "center"),
            Column("Điểm trừ", 15, "center"),
            Column("Tổng điểm", 17, "center"),
            Column("Xếp thứ", 13, "center"),
            Column("Ghi chú", 42),
        ),
        tuple(rows),
        dense=True,
    )


def row(facts, place, unit, totals):
    """The row of a unit; what is not known is left empty, never nought."""
    why, ranked = lacking(facts.plan, totals), facts.rank_of.get(unit.pk, {})
    sums, out = sections_of(facts, totals), "; ".join(totals.disqualifies) if totals else ""
    out = ranked.get("out") or (f"Không xét: {out}" if out else "")
    return (
        str(place),
        unit.name(facts.day),
        *(sums.get(each.key) for each in facts.plan.sections),
        facts.points(totals.bonus) if totals else None,
        facts.points(totals.deduction) if totals else None,
        None if why else sums[None],
        str(ranked["rank"]) if ranked.get("rank") else None,
        "; ".join(dict.fromkeys(filter(None, [out, why]))) or None,
    )


def by_criteria(facts, size):
    """Criteria by units, as many units a table as stay legible."""
    most = MOST_ON_A4 if size == "A4" else MOST_ON_A3
    counting = {
        unit.pk: {key: result for key, (_tier, result) in facts.scores.counting(unit.pk).items()}
        for unit in facts.units
    }
    for first in range(0, len(facts.units), most):
        units = facts.units[first : first + most]
        sums = [sections_of(facts, facts.scores.totals(unit.pk)) for unit in units]
        last = first + len(units)
        yield criteria_table(
            facts,
            [Column(unit.short_name(facts.day), 15, "center", len(units) > 6) for unit in units],
            lambda key, units=units: [cell_of(facts, counting[unit.pk].get(key)) for unit in units],
            totals_of(facts.plan, sums),
            caption=f"Đơn vị thứ {first + 1} đến {last}" if len(facts.units) > most else "",
        )


def readable(bloc_years, user):
    """The keys of those of the bloc-years whose table somebody may read.

    Who sees all and the leader's unit read it; the bloc's other units once its ranking is released.
    """
    standing, keys = user.standing(), [each.pk for each in bloc_years]
    if standing.sees_all:
        return set(keys)
    led = BlocYear.objects.led_by(standing.unit_ids).order_by().values("pk")
    seen = BlocYear.objects.visible_to(user).order_by().values("pk")
    ranked = Exists(Ranking.objects.filter(bloc_year=OuterRef("pk"), state=Ranking.State.RELEASED))
    known = BlocYear.objects.filter(Q(pk__in=led) | Q(ranked, pk__in=seen), pk__in=keys)
    return set(known.order_by().values_list("pk", flat=True))


def may_print(user, bloc_year, day):
    """Whoever may read it."""
    if readable([bloc_year], user) and user.standing().posts:
        return user.standing().posts[0]
    return Refusal(_("Các đơn vị đọc bảng tổng hợp điểm của Khối khi bảng xếp hạng được công bố."))


SCORE_TABLE = ReadersKind(
    code="score-table",
    name=gettext_lazy("Bảng tổng hợp điểm"),
    model=BlocYear,
    gather=ScoreFacts.of,
    build=build,
    stem=lambda facts, edition: f"Bang-tong-hop-diem-khoi-{facts.year}",
    address=lambda bloc_year, edition: reverse(
        "score-table", args=[bloc_year.year.code, bloc_year.bloc.code]
    ),
    above=pages_of_bloc_year,
    title=lambda bloc_year, edition: str(SCORE_TABLE.name),
    may_print=may_print,
)
