"""What the year-end report says of a bloc of which little is known."""

from datetime import date

import pytest

from blocs.models import Post, UnitKind
from campaigns.models import Observation
from reports.blocks import Section, read
from reports.blocks.outline import flow
from reports.documents.base import OFFICIAL
from reports.documents.facts import Facts
from reports.documents.phrases import campaign_ahead, campaign_paragraph
from reports.documents.year_end_summary import situation
from reports.issuing import draft, preview
from tests import factories as make
from tests.factories import user_with

pytestmark = pytest.mark.django_db
Kind = Observation.Kind


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (["authority"], "có 01 đơn vị thành viên, gồm 01 Cục (danh sách kèm theo)."),
        (["authority", "fund"], "có 02 đơn vị thành viên, gồm 01 Cục và 01 Quỹ (danh sách kèm theo)."),
        (
            ["authority", "fund", "board", "authority"],
            "có 04 đơn vị thành viên, gồm 02 Cục, 01 Ban và 01 Quỹ (danh sách kèm theo).",
        ),
        (["authority", None], "có 02 đơn vị thành viên (danh sách kèm theo)."),
        ([None], "có 01 đơn vị thành viên (danh sách kèm theo)."),
    ],
)
def test_kinds_of_units_are_told_only_when_all_are_known(kinds, words):
    bloc_year = make.BlocYearFactory(name="Khối 1")
    for kind in kinds:
        unit = make.UnitStateFactory(kind=kind).unit if kind else make.UnitFactory()
        make.SeatFactory(bloc_year=bloc_year, unit=unit)

    first = situation(Facts.of(bloc_year)).blocks[0]

    assert first.words == f"Khối 1 năm 2020 {words}"


def titles(blocks):
    """The headings of sections, outermost first, as they are printed."""
    return [each.title for _level, _label, _place, each in flow(blocks, "") if isinstance(each, Section)]


@pytest.fixture
def root():
    return make.UnitStateFactory(
        official_name="UBND tỉnh Thử", symbol="UBND", unit__is_root=True, place_of_issue="Huế"
    ).unit


@pytest.fixture
def bloc_year(root):
    """A year of which nothing is known but who organises it."""
    return make.BlocYearFactory(name="Cụm 1", organiser=root, leader_label="Cụm trưởng")


def test_report_is_made_without_a_leader_under_the_organisers_letterhead(bloc_year, root):
    version = draft(bloc_year, "year-end-summary", OFFICIAL, by=user_with(Post.Role.STAFF, root))

    tree = read(version.data)
    assert version.document.issuer == root
    assert (tree.letterhead.superior, tree.letterhead.issuer) == ("", "UBND tỉnh Thử")
    assert [(each.authority[1], each.name) for each in tree.signatures] == [("CỤM TRƯỞNG", "")]


def test_report_of_a_year_without_matter_has_no_heading_that_promises_it(bloc_year):
    printed = preview(bloc_year, "year-end-summary", OFFICIAL).printed()

    assert printed.subject == "Tổng kết công tác thi đua, khen thưởng của Cụm 1 năm 2020"
    assert titles(printed.body) == []


DONE = "Kết quả phong trào thi đua, công tác khen thưởng năm 2020"
PLEDGED = "Kết quả thực hiện giao ước thi đua năm 2020"
HEADED = [
    (set(), []),
    ({"weakness"}, ["Tồn tại, hạn chế"]),
    ({"cause"}, ["Nguyên nhân tồn tại, hạn chế"]),
    ({"weakness", "cause"}, ["Tồn tại, hạn chế và nguyên nhân"]),
    ({"recommendation"}, ["Kiến nghị, đề xuất"]),
    ({"request"}, [DONE, "Hoạt động của Cụm", "Tiếp thu ý kiến tại Hội nghị"]),
    (
        {"recommendation", "request"},
        [DONE, "Hoạt động của Cụm", "Kiến nghị, đề xuất; tiếp thu ý kiến tại Hội nghị"],
    ),
    ({"task"}, ["Phương hướng, nhiệm vụ năm 2021"]),
    ({"result"}, [DONE, "Kết quả phong trào thi đua"]),
    ({"result", "pledge"}, [PLEDGED, "Giao ước thi đua", "Kết quả phong trào thi đua"]),
    ({"campaign"}, [DONE, "Phong trào thi đua"]),
    ({"pledge", "campaign"}, [PLEDGED, "Giao ước thi đua và phong trào thi đua"]),
    ({"deputy", "members"}, [DONE, "Đánh giá vai trò Khối phó và các thành viên"]),
    ({"nomination"}, [DONE, "Công tác khen thưởng", "Đề nghị khen thưởng"]),
    ({"elected"}, ["Kết quả bầu Cụm trưởng, Khối phó năm 2021"]),
    (
        {"nomination", "elected"},
        [
            DONE,
            "Công tác khen thưởng",
            "Kết quả bình xét, đề nghị khen thưởng",
            "Đề nghị khen thưởng",
            "Kết quả bầu Cụm trưởng, Khối phó năm 2021",
        ],
    ),
]


@pytest.mark.parametrize(("known", "headings"), HEADED)
def test_headings_say_no_more_than_what_follows(bloc_year, known, headings):
    held = make.MeetingFactory(bloc_year=bloc_year, kind="year-end") if "request" in known else None
    for kind in sorted(known & set(Kind.values)):
        make.ObservationFactory(bloc_year=bloc_year, kind=kind, text="Nội dung.")
    if held:
        make.StatementFactory(meeting=held, kind="direction", text="Yêu cầu Khối làm tốt.", is_request=True)
    if "pledge" in known:
        make.PledgeFactory(theme="Đoàn kết", **YEAR).bloc_years.add(bloc_year)
    if "campaign" in known:
        make.CampaignFactory(bloc_year=bloc_year, theme="Đổi mới", **YEAR)
    if "nomination" in known:
        make.NominationFactory(bloc_year=bloc_year, award=make.AwardNameFactory(name="Cờ thử").kind)
    if "elected" in known:
        following = make.BlocYearFactory(bloc=bloc_year.bloc, year=make.EmulationYearFactory(code="2021"))
        make.SeatFactory(bloc_year=following, role="leader", unit=None)

    assert titles(preview(bloc_year, "year-end-summary", OFFICIAL).printed().body) == headings


YEAR = {"first_day": date(2020, 1, 1), "last_day": date(2020, 12, 31)}


@pytest.mark.parametrize(
    ("given", "now", "ahead"),
    [
        (
            {"name": "Bộ Mẫu thi đua làm tốt việc nhỏ"},
            "Phong trào thi đua “Bộ Mẫu thi đua làm tốt việc nhỏ” do Bộ Một phát động, năm 2020.",
            "Phong trào thi đua “Bộ Mẫu thi đua làm tốt việc nhỏ” do Bộ Một phát động, năm 2020.",
        ),
        (
            {"theme": "Đổi mới", "launched_at": "Huế"},
            "Phong trào thi đua với chủ đề “Đổi mới” do Bộ Một phát động tại Huế, năm 2020.",
            "Triển khai hiệu quả, thiết thực chủ đề thi đua “Đổi mới” năm 2020 do Bộ Một phát động tại Huế.",
        ),
    ],
)
def test_campaign_is_named_as_one_and_is_a_task_of_the_year_ahead(bloc_year, given, now, ahead):
    launcher = make.UnitStateFactory(official_name="Bộ Một").unit
    campaign = make.CampaignFactory(launched_by=launcher, **YEAR, **{"theme": "", "name": ""} | given)
    facts = Facts.of(bloc_year)

    assert campaign_paragraph(facts, campaign).words == now
    assert campaign_ahead(facts, campaign).words == ahead


def test_direction_of_the_higher_rank_comes_first(bloc_year):
    held = make.MeetingFactory(bloc_year=bloc_year, kind="year-end")
    for place, kind in enumerate(["discussion", "department", "direction"], start=1):
        make.StatementFactory(meeting=held, place=place, kind=kind, is_request=True)

    assert [each.kind for each in Facts.of(bloc_year).requests] == ["direction", "department", "discussion"]


@pytest.mark.parametrize(
    ("name", "label", "word"),
    [
        ("Khối thi đua các Cục", "Khối trưởng", "Khối"),
        ("Cụm thi đua số 9", "Cụm trưởng", "Cụm"),
        ("Cụm thi đua số 9", "Khối trưởng", "Cụm"),
        ("Các trường", "Trưởng cụm", "Cụm"),
        ("Khối 1", "Trưởng", "Khối"),
        ("Nhóm 3", "Nhóm trưởng", "Nhóm"),
    ],
)
def test_bloc_is_called_as_it_calls_itself(root, name, label, word):
    bloc_year = make.BlocYearFactory(name=name, leader_label=label, organiser=root)
    make.NominationFactory(bloc_year=bloc_year, award=make.AwardNameFactory(name="Cờ thử").kind)
    make.MeetingFactory(bloc_year=bloc_year)
    pledge = make.PledgeFactory(signed_on=date(2020, 1, 5), **YEAR)
    pledge.bloc_years.add(bloc_year)

    tree = preview(bloc_year, "year-end-summary", OFFICIAL).printed()
    said = [each.words for *_where, each in flow(tree.body, "") if hasattr(each, "words")]

    assert bloc_year.word == word
    assert tree.signatures[0].authority[0] == f"TM. {word.upper()} THI ĐUA"
    assert tree.recipients[-2] == f"Các đơn vị trong {word}"
    assert f"Hoạt động của {word}" in titles(tree.body)
    assert any(each.startswith(f"{word} đề nghị tặng 01 Cờ thử") for each in said)
    assert any(each.startswith(f"Các đơn vị trong {word} đã thống nhất") for each in said)


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (["provincial-department", "provincial-department"], ", gồm 02 Sở"),
        (["commune", "school"], ", gồm 01 xã, phường, đặc khu và 01 trường"),
        (["cua-rieng", "cua-rieng"], ", gồm 02 Hạt kiểm lâm"),
        (["commune", ""], ""),
        (["commune", "khong-co"], ""),
    ],
)
def test_kinds_of_units_are_those_of_the_installation(kinds, words):
    UnitKind.objects.create(code="cua-rieng", label="Hạt kiểm lâm", place=5)
    bloc_year = make.BlocYearFactory(name="Cụm 1")
    for kind in kinds:
        make.SeatFactory(bloc_year=bloc_year, unit=make.UnitStateFactory(kind=kind).unit)

    said = situation(Facts.of(bloc_year)).blocks[0].words

    assert said == f"Cụm 1 năm 2020 có 02 đơn vị thành viên{words} (danh sách kèm theo)."
