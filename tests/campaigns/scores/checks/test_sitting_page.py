"""The sitting and the tiers above it: prefilled, only deviations kept, one at a time or as one plain form."""

import re

import pytest
from django.urls import reverse

from blocs.models import Entry
from campaigns.scores.models import Inspection, Score, ScoreSheet
from tests.factories import frozen_set
from tests.factories.year import choose
from tests.forms import Fields, send
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(bloc_year, units):
    def address(name, *more, unit="member"):
        place = [bloc_year.year.code, bloc_year.bloc.code]
        return reverse(name, args=[*place, *([units[unit].code] if unit else []), *more])

    return address


@pytest.fixture
def at(client, people, address):
    """A function: signed in as somebody, at the sitting of the member unit."""

    def at(who):
        client.force_login(people[who])
        return address("score-sitting")

    return at


def check_scores():
    return {
        each.criterion.key: (str(each.points.normalize()), each.version, each.reason_code)
        for each in Score.objects.filter(sheet__tier="check").select_related("criterion")
    }


def test_figures_of_the_unit_stand_in_the_boxes(client, at, scored, units, inspection):
    scored(units["member"])

    sent = Fields(client.get(at("deputy's officer"))).sent

    assert (sent["a1-ty-le__achieved"], sent["a1-ty-le__plan"]) == (["42"], ["50"])
    assert (sent["a2-loai__grade"], sent["b2-co__answer"]) == (["B"], ["yes"])
    assert sent["a1-grounds_code"] == [""]


def test_plain_form_keeps_the_one_criterion_that_was_changed(client, at, scored, units, inspection):
    own = scored(units["member"])
    address = at("deputy's officer")

    response = send(
        client, address, {"a1-ty-le__achieved": "40", "a1-grounds_code": "wrong-count", "save": ""}
    )

    assert response.status_code == 302
    assert check_scores()["a1"] == ("32", 1, "wrong-count")
    assert {version for key, (_points, version, _reason) in check_scores().items() if key != "a1"} == {0}
    acts = list(Entry.objects.order_by("pk").values_list("act", flat=True))[-3:]
    assert acts == ["sheet.open", "sheet.begin", "sheet.save-scores"]
    assert set(Entry.objects.order_by("-pk").first().payload.data["after"]) == {"a1"}
    own.refresh_from_db()
    assert (own.state, str(own.total.normalize())) == ("opened", "85.6")


def test_nothing_changed_keeps_nothing(client, at, scored, units, inspection):
    scored(units["member"])
    before = Entry.objects.count()

    assert send(client, at("deputy's officer"), {"save": ""}).status_code == 302

    assert Entry.objects.count() == before
    assert not ScoreSheet.objects.filter(tier="check").exists()


def test_other_points_without_a_reason_are_asked_about_and_the_text_stays(
    client, at, scored, units, inspection
):
    scored(units["member"])

    response = send(client, at("staff"), {"a1-ty-le__achieved": "40", "save": ""})

    assert "hãy chọn hoặc ghi lý do" in response.content.decode()
    assert Fields(response).sent["a1-ty-le__achieved"] == ["40"]
    assert not ScoreSheet.objects.filter(tier="check").exists()


def one(client, address, key, **typed):
    """One criterion sent alone, as the script does."""
    sent = Fields(client.get(address)).sent
    fields = {name: values[0] for name, values in sent.items() if name.startswith(f"{key}-")}
    return client.post(
        address, fields | {f"{key}-{name}": value for name, value in typed.items()} | {"only": key}
    )


def test_one_criterion_sent_alone_tells_what_it_comes_to_and_both_totals(
    client, at, scored, units, inspection
):
    scored(units["member"])
    address = at("deputy's officer")

    owed = one(client, address, "a1", **{"ty-le__achieved": "40"})
    assert owed.json() == {"faults": ["Điểm khác với điểm đã có: hãy chọn hoặc ghi lý do."], "points": "32"}
    assert not ScoreSheet.objects.filter(tier="check").exists()

    said = one(client, address, "a1", **{"ty-le__achieved": "40", "grounds_code": "wrong-count"}).json()
    assert (said["points"], said["version"], said["differs"]) == ("32", 1, True)
    assert said["working"].startswith("40/50 văn bản")
    for words in ("85,6", "84", "−1,6", "1 tiêu chí khác điểm", "Sai cách tính", "Đã lưu lúc"):
        assert words in said["summary"]


def test_second_criterion_is_kept_by_the_page_that_was_opened_before_the_first(
    client, at, scored, units, inspection
):
    scored(units["member"])
    address = at("deputy's officer")
    shown = Fields(client.get(address)).sent
    for key, figure in (("a1", "a1-ty-le__achieved"), ("a3", "a3-tre__cases")):
        typed = {name: values[0] for name, values in shown.items() if name.startswith(f"{key}-")}
        typed |= {figure: "3", f"{key}-grounds_code": "wrong-count", "only": key}
        assert "faults" not in client.post(address, typed).json()

    assert [check_scores()[key][:2] for key in ("a1", "a3")] == [("2.4", 1), ("14", 1)]


def test_criterion_that_somebody_else_saved_meanwhile_is_not_overwritten(
    client, at, people, scored, units, inspection
):
    scored(units["member"])
    address = at("staff")
    one(client, address, "a1", **{"ty-le__achieved": "40", "grounds_code": "wrong-count"})
    shown = Fields(client.get(address)).sent
    one(client, address, "a1", **{"ty-le__achieved": "41", "grounds_code": "wrong-count"})

    stale = {name: values[0] for name, values in shown.items() if name.startswith("a1-")}
    stale |= {"a1-ty-le__achieved": "10", "only": "a1"}

    assert "vừa sửa dữ liệu này" in client.post(address, stale).json()["faults"][0]
    assert check_scores()["a1"][0] == "32.8"


def test_the_button_says_that_points_are_published(client, at, scored, units, inspection):
    scored(units["member"])
    page = read(client, at("deputy's officer"))
    assert "Kết thúc, công bố điểm kiểm tra và in biên bản" in page.buttons
    assert "muốn sửa sau đó phải mở lại kèm lý do" in page.text


def test_conclusion_leads_to_the_minutes_with_the_points_released(client, at, scored, units, inspection):
    scored(units["member"])
    address = at("deputy's officer")

    response = send(
        client,
        address,
        {
            "a1-ty-le__achieved": "40",
            "a1-grounds_code": "wrong-count",
            "conclusion": "Nhất trí.",
            "conclude": "",
        },
    )

    assert response.status_code == 302
    sheet, held = ScoreSheet.objects.get(tier="check"), Inspection.objects.get()
    assert (sheet.state, str(sheet.total.normalize()), held.conclusion) == ("released", "84", "Nhất trí.")
    page = client.get(address).content.decode()
    assert "Điểm đã công bố" in page
    assert "Kết thúc, công bố điểm kiểm tra" not in page


def test_sitting_held_on_paper_is_recorded_on_the_same_screen(client, at, scored, units, today):
    scored(units["member"])

    response = send(
        client,
        at("staff"),
        {"paper_day": f"{today:%d/%m/%Y}", "paper_place": "Phòng họp B", "conclude": ""},
    )

    assert response.status_code == 302
    held = Inspection.objects.get()
    assert (held.place_name, held.day) == ("Phòng họp B", today)
    assert Entry.objects.get(act="inspection.conclude").paper.place == "Phòng họp B"


def test_screen_marks_missing_evidence_and_what_is_not_scored(client, at, scored, units, inspection):
    scored(units["member"], {"a1": {"ty-le": {"achieved": "42", "plan": "50"}}})

    page = client.get(at("deputy's officer")).content.decode()

    assert re.findall(r"badge--late.*?</svg>(.*?)</span>", page) == ["Thiếu minh chứng"]
    assert "còn 5 tiêu chí chưa chấm" in page


WHO = {
    "staff": 200,
    "leader's secretary": 200,
    "deputy's officer": 200,
    "member's officer": 403,
    "other's officer": 403,
    "clerk": 403,
    "another bloc's secretary": 404,
    "administrator": 403,
    "nobody": 404,
}


@pytest.mark.parametrize("who", WHO)
def test_who_opens_the_sitting(client, at, who, inspection):
    assert client.get(at(who)).status_code == WHO[who]


@pytest.mark.parametrize(
    ("tier", "may"),
    [
        ("leader", {"leader's secretary", "staff"}),
        ("conference", {"leader's secretary", "staff"}),
        ("department", {"staff"}),
    ],
)
def test_who_opens_a_tier(client, people, address, scored, units, tier, may):
    scored(units["member"])
    found = set()
    for who in WHO:
        client.force_login(people[who])
        if client.get(address("score-tier", tier)).status_code == 200:
            found.add(who)

    assert found == may


def test_tier_is_released_for_one_unit(client, people, address, scored, units):
    scored(units["member"])
    client.force_login(people["leader's secretary"])

    response = send(client, address("score-tier", "leader"), {"conclude": ""})

    assert response.status_code == 302
    assert ScoreSheet.objects.get(tier="leader").state == "released"


def test_department_scores_only_its_sections(client, people, bloc_year, address, scored, units):
    tiers = {"a": ["self", "check"], "b": ["self", "department"]}
    choose(bloc_year, frozen_set(bloc_year.year, name="Hai cấp", tiers=tiers))
    scored(units["member"])
    client.force_login(people["staff"])

    sent = Fields(client.get(address("score-tier", "department"))).sent

    assert {name.partition("-")[0] for name in sent if "-shown_version" in name} == {"b1", "b2", "b3"}
    client.force_login(people["leader's secretary"])
    assert client.get(address("score-tier", "leader")).status_code == 404


def test_queries_of_the_screen_do_not_grow_with_the_criteria(
    client, at, scored, units, inspection, django_assert_max_num_queries
):
    scored(units["member"])
    address = at("deputy's officer")
    client.get(address)

    with django_assert_max_num_queries(45):
        client.get(address)
