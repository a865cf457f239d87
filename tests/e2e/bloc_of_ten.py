"""A bloc of ten units that is scored: its criteria, its people, and what each unit reports of its year."""

from dataclasses import dataclass
from datetime import date

from campaigns.models import Phase, Seat
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.sheets.filling import Row
from tests import factories as make

YEAR = "2026"
SCORING_ENDS = date(2026, 11, 18)
PHASES = {
    Phase.Kind.SCORING: (date(2026, 11, 1), SCORING_ENDS),
    Phase.Kind.CHECK: (date(2026, 11, 10), date(2026, 12, 5)),
    Phase.Kind.EXPLANATION: (date(2026, 11, 15), date(2026, 12, 10)),
    Phase.Kind.CONFERENCE: (date(2026, 11, 15), date(2026, 12, 20)),
    Phase.Kind.PROPOSALS: (date(2026, 11, 15), date(2026, 12, 31)),
}
# {code: (name, documents in time, documents, grade, late reports, points for example, commendations)}.
# Figures that no other unit has tell whose they are wherever they turn up.
REPORTS = {
    "do-luong": ("Cục Đo lường", 4987, 5000, "A", 0, "14", 3),
    "ke-hoach": ("Vụ Kế hoạch", 4873, 5000, "A", 0, "13", 2),
    "sang-che": ("Cục Sáng chế", 4751, 5000, "A", 1, "15", 4),
    "hai-duong": ("Viện Hải dương", 4611, 5000, "B", 0, "12", 1),
    "nang-luong": ("Cục Năng lượng mới", 4555, 5000, "B", 1, "11", 0),
    "hop-tac": ("Vụ Hợp tác", 9110, 10000, "B", 1, "11", 0),
    "du-lieu": ("Trung tâm Dữ liệu", 4447, 5000, "C", 0, "9", 0),
    "ung-dung": ("Cục Ứng dụng", 4903, 5000, "A", 0, "13.5", 3),
    "chuong-trinh": ("Văn phòng Chương trình", 3909, 5000, "B", 2, "8.25", 1),
    "quy": ("Quỹ Phát triển", 4323, 5000, "B", 1, "10.5", 0),
}
NAMES = {code: told[0] for code, told in REPORTS.items()}
LEADER, DISQUALIFIED = "do-luong", "ung-dung"


@dataclass
class Bloc:
    """The bloc's year with its units and users by the code of the unit."""

    bloc_year: object
    units: dict
    users: dict

    @property
    def criteria(self):
        """{key: criterion} of the set that the bloc uses."""
        return {each.key: each for each in chosen_set(self.bloc_year).criteria.all()}

    def sheet(self, code, tier="self"):
        """A unit's sheet of a tier as it stands now."""
        return self.bloc_year.score_sheets.select_related("unit").get(unit=self.units[code], tier=tier)

    def rows(self, code, **figures):
        """What a unit says of every criterion; `figures` are said otherwise."""
        criteria = self.criteria
        return [
            Row(criteria[key], figures=each, grounds="Theo hướng dẫn")
            for key, each in (figures_of(code) | figures).items()
        ]

    def score_itself(self, code, *, send=True):
        """A unit scores itself, and sends it."""
        by = self.users[code]
        sheet = actions.begin_sheet(bloc_year=self.bloc_year, unit=self.units[code], tier="self", by=by)
        actions.save_scores(sheet=sheet, rows=self.rows(code), by=by)
        if send:
            actions.send_sheet(sheet=sheet, by=by)


def figures_of(code):
    """{criterion key: figures} of what a unit reports."""
    _name, achieved, plan, grade, late, example, commended = REPORTS[code]
    return {
        "a1": {"ty-le": {"achieved": str(achieved), "plan": str(plan)}},
        "a2": {"loai": {"grade": grade}},
        "a3": {"tre": {"cases": str(late)}},
        "b1": {"cham": {"points": example}},
        "b2": {"co": {"answer": "yes"}},
        "b3": {"khen": {"cases": str(commended)}},
        "b4": {"ky-luat": {"happened": "yes" if code == DISQUALIFIED else "no"}},
    }


def lay_bloc():
    """The bloc, its people and phases, and a set of criteria that is a draft for it; nothing is scored."""
    year = make.EmulationYearFactory(code=YEAR, first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
    bloc_year = make.BlocYearFactory(year=year, bloc__code="khoi-muoi", name="Khối thi đua số 10")
    root = make.UnitStateFactory(unit__is_root=True, official_name="Bộ Mẫu", decree_place=99).unit
    units, users = {}, {"can-bo-bo": _user("can-bo-bo", "staff", root)}
    for place, (code, name) in enumerate(NAMES.items(), 1):
        unit = make.UnitStateFactory(
            unit__code=code, official_name=name, short_name=name, decree_place=place
        ).unit
        role = Seat.Role.LEADER if code == LEADER else Seat.Role.MEMBER
        make.SeatFactory(bloc_year=bloc_year, unit=unit, role=role)
        users[code] = _user(code, "secretary" if code == LEADER else "officer", unit)
        units[code] = unit
    for kind, (first, last) in PHASES.items():
        make.PhaseFactory(year=year, kind=kind, first_day=first, last_day=last)
    draft = make.draft_set(year, tie_breaks=[{"kind": "section", "section": "a"}])
    discipline = make.CriterionFactory(
        section=draft.sections.get(key="b"), key="b4", code="B4", place=7, text="Chấp hành kỷ luật", maximum=0
    )
    make.MeasureFactory(
        criterion=discipline,
        key="ky-luat",
        kind="disqualification",
        effect="note",
        text="Lãnh đạo đơn vị bị kỷ luật: không xếp loại",
        points=None,
        settings={},
        disqualifies=True,
    )
    return Bloc(bloc_year, units, users)


def _user(username, role, unit):
    user = make.UserFactory(username=username, person__full_name=f"Nguyễn Văn {username.title()}")
    make.PostFactory(person=user.person, role=role, unit=unit)
    return user
