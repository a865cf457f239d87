from datetime import date
from functools import partial

import pytest
from django.forms import inlineformset_factory, modelform_factory
from django.forms.models import model_to_dict

from blocs.actions import edit, remove
from blocs.forms import VersionedForm
from blocs.journal import Paper
from blocs.models import Entry
from blocs.permissions import Refused
from blocs.versions import Stale
from campaigns.actions import close_bloc_year
from campaigns.models import AgendaItem, BlocYear, Meeting, Observation, Pledge, Seat
from tests.factories import (
    AgendaItemFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MeetingFactory,
    NominationFactory,
    ObservationFactory,
    PhaseFactory,
    PledgeContentFactory,
    PledgeFactory,
    SeatFactory,
    SignatureFactory,
    UnitFactory,
    user_with,
)

DAY = date(2020, 12, 15)
OF_THE_LEADER = "Việc này thuộc về đơn vị Khối trưởng của năm đó"
FIELDS = {
    Observation: ["bloc_year", "kind", "place", "text", "said_by"],
    Meeting: ["bloc_year", "kind", "title", "first_day", "last_day", "place_name"],
    Pledge: ["code", "theme", "first_day", "last_day", "bloc_years"],
    BlocYear: ["name", "known_member_count"],
    AgendaItem: ["place", "title", "outcome"],
    Seat: ["unit", "role"],
}


@pytest.fixture
def elsewhere(db):
    """The year of another bloc."""
    return SeatFactory(role="leader").bloc_year


def form_for(obj, **changes):
    """The form as a page would send it back: what was shown, with changes."""
    model = type(obj)
    shown = model_to_dict(obj, FIELDS[model]) if obj.pk else {}
    if "bloc_years" in shown:
        shown["bloc_years"] = [each.pk for each in shown["bloc_years"]]
    data = {name: value for name, value in (shown | changes).items() if value is not None}
    form_class = modelform_factory(model, VersionedForm, FIELDS[model])
    form = form_class({"shown_version": obj.version} | data, instance=obj)
    assert form.is_valid(), form.errors
    return form


def formset_for(obj, model, *rows):
    """The parts as a page would send them back: (part or None, values) for each row."""
    formset_class = inlineformset_factory(type(obj), model, VersionedForm, fields=FIELDS[model], extra=0)
    prefix = formset_class.get_default_prefix()
    data = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": sum(part is not None for part, _values in rows),
    }
    for n, (part, values) in enumerate(rows):
        shown = {"id": part.pk, "shown_version": part.version} if part else {}
        shown |= model_to_dict(part, FIELDS[model]) if part else {}
        data |= {f"{prefix}-{n}-{name}": value for name, value in (shown | values).items()}
    formset = formset_class(data, instance=obj)
    assert formset.is_valid(), formset.errors
    return formset


def payload():
    return Entry.objects.first().payload.data


# Edit -------------------------------------------------------------------------------------------------------


def test_edit_adds_a_row(bloc_year, secretary):
    form = form_for(
        Observation(), bloc_year=bloc_year.pk, kind="situation", place=1, text="Khối có 10 đơn vị thành viên."
    )

    obj = edit(form=form, by=secretary)

    assert list(Observation.objects.all()) == [obj]
    assert obj.version == 1
    assert payload() == {
        "before": {},
        "after": {
            "bloc_year": bloc_year.pk,
            "kind": "situation",
            "place": 1,
            "text": "Khối có 10 đơn vị thành viên.",
            "said_by": "",
        },
    }


def test_edit_keeps_the_difference(bloc_year, secretary):
    obj = ObservationFactory(bloc_year=bloc_year, text="Khối có 9 đơn vị.")

    edit(
        form=form_for(obj, text="Khối có 10 đơn vị."),
        by=secretary,
        reason="Sửa số",
        paper=Paper(date(2020, 1, 2)),
    )

    obj.refresh_from_db()
    assert (obj.text, obj.version) == ("Khối có 10 đơn vị.", 2)
    entry = Entry.objects.get()
    assert (entry.act, entry.object_key, entry.reason) == ("record.edit", str(obj.pk), "Sửa số")
    assert entry.paper.day == date(2020, 1, 2)
    assert payload() == {"before": {"text": "Khối có 9 đơn vị."}, "after": {"text": "Khối có 10 đơn vị."}}


def test_edit_that_changes_nothing_has_an_empty_difference(bloc_year, secretary):
    edit(form=form_for(ObservationFactory(bloc_year=bloc_year)), by=secretary)

    assert payload() == {"before": {}, "after": {}}


def test_edit_of_joined_rows_stands_in_the_difference(bloc_year, staff):
    pledge = PledgeFactory()
    pledge.bloc_years.add(bloc_year)
    following = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(code="2021"))

    edit(form=form_for(pledge, bloc_years=[bloc_year.pk, following.pk]), by=staff)

    assert set(pledge.bloc_years.all()) == {bloc_year, following}
    assert payload() == {
        "before": {"bloc_years": [bloc_year.pk]},
        "after": {"bloc_years": sorted([bloc_year.pk, following.pk])},
    }


@pytest.mark.parametrize("whose", ["own", "another's", "both"])
def test_pledge_is_added_for_the_years_that_a_person_leads(bloc_year, elsewhere, secretary, whose):
    years = {"own": [bloc_year], "another's": [elsewhere], "both": [bloc_year, elsewhere]}[whose]
    form = form_for(
        Pledge(),
        code="giao-uoc",
        first_day="2020-01-01",
        last_day="2020-12-31",
        bloc_years=[each.pk for each in years],
    )

    if whose == "own":
        assert list(edit(form=form, by=secretary).bloc_years.all()) == [bloc_year]
        assert payload()["after"]["bloc_years"] == [bloc_year.pk]
    else:
        with pytest.raises(Refused, match=OF_THE_LEADER):
            edit(form=form, by=secretary)
        assert not Pledge.objects.exists()


def test_pledge_is_not_taken_to_another_bloc(bloc_year, elsewhere, secretary):
    pledge = PledgeFactory()
    pledge.bloc_years.add(bloc_year)

    with pytest.raises(Refused, match=OF_THE_LEADER):
        edit(form=form_for(pledge, bloc_years=[bloc_year.pk, elsewhere.pk]), by=secretary)
    assert list(Pledge.objects.get().bloc_years.all()) == [bloc_year]


def test_edit_of_an_older_version_shows_both_texts(bloc_year, secretary):
    obj = ObservationFactory(bloc_year=bloc_year, text="Chín đơn vị")
    mine = form_for(Observation.objects.get(), text="Mười một đơn vị")
    edit(form=form_for(Observation.objects.get(), text="Mười đơn vị"), by=secretary)

    with pytest.raises(Stale, match="vừa sửa dữ liệu này") as stale:
        edit(form=mine, by=secretary)

    assert (stale.value.theirs["text"], stale.value.yours["text"]) == ("Mười đơn vị", "Mười một đơn vị")
    obj.refresh_from_db()
    assert (obj.text, obj.version) == ("Mười đơn vị", 2)
    assert Entry.objects.count() == 1


def test_edit_without_the_version_that_was_shown(bloc_year, secretary):
    form = form_for(ObservationFactory(bloc_year=bloc_year), shown_version="", text="Mười đơn vị")

    with pytest.raises(Stale):
        edit(form=form, by=secretary)


def test_older_page_that_changes_nothing_overwrites_nothing(bloc_year, secretary):
    obj = ObservationFactory(bloc_year=bloc_year, text="Chín đơn vị")
    form = form_for(obj, shown_version=obj.version + 1)

    edit(form=form, by=secretary)

    assert payload() == {"before": {}, "after": {}}


def test_edit_of_a_row_that_was_removed_meanwhile(bloc_year, secretary):
    obj = ObservationFactory(bloc_year=bloc_year)
    form = form_for(Observation.objects.get(), text="Mười đơn vị")
    remove(obj=obj, by=secretary)

    with pytest.raises(Refused, match="Dữ liệu này vừa được người khác xoá"):
        edit(form=form, by=secretary)
    assert not Observation.objects.exists()


@pytest.mark.parametrize("role", ["secretary", "officer"])
def test_edit_in_another_bloc_is_refused(elsewhere, issuer, bloc_year, role):
    obj = ObservationFactory(bloc_year=elsewhere, text="Chín đơn vị")

    with pytest.raises(Refused, match=OF_THE_LEADER):
        edit(form=form_for(obj, text="Mười đơn vị"), by=user_with(role, issuer))
    obj.refresh_from_db()
    assert obj.text == "Chín đơn vị"


@pytest.mark.parametrize("way", ["out", "in"])
def test_row_is_not_moved_between_blocs(bloc_year, elsewhere, secretary, way):
    here, there = (bloc_year, elsewhere) if way == "out" else (elsewhere, bloc_year)
    obj = ObservationFactory(bloc_year=here)

    with pytest.raises(Refused, match=OF_THE_LEADER):
        edit(form=form_for(obj, bloc_year=there.pk), by=secretary)
    assert Observation.objects.get().bloc_year == here


@pytest.mark.parametrize("known", [True, False])
def test_edit_after_the_year_was_closed_in_another_window(bloc_year, secretary, staff, known):
    obj = ObservationFactory(bloc_year=bloc_year) if known else Observation(kind="task", place=1, text="Việc")
    form = form_for(obj, bloc_year=bloc_year.pk, text="Mười đơn vị", kind="task", place=1)
    assert form.instance.bloc_year.closed_on is None
    close_bloc_year(bloc_year=bloc_year, by=staff)

    with pytest.raises(Refused, match="Hồ sơ năm của Khối đã khoá"):
        edit(form=form, by=secretary)


def test_edit_of_what_acts_alone_change(staff):
    post = staff.person.posts.get()
    form = modelform_factory(type(post), VersionedForm, ["title"])(
        {"title": "Vụ trưởng", "shown_version": 1}, instance=post
    )
    assert form.is_valid()

    with pytest.raises(Refused, match="Nhiệm vụ trên hệ thống không giao ở đây"):
        edit(form=form, by=staff)


@pytest.mark.parametrize("removed", [False, True])
@pytest.mark.parametrize(
    ("paper", "reason", "refused"),
    [(None, "sửa lỗi", True), (Paper(DAY), "", True), (Paper(DAY), "giấy về muộn", False)],
)
def test_row_is_changed_after_its_window_from_paper_with_a_reason(
    meeting, secretary, removed, paper, reason, refused
):
    PhaseFactory(year=meeting.bloc_year.year, kind="activities", last_day=DAY)
    how = {"by": secretary, "paper": paper, "reason": reason}
    if removed:
        act = partial(remove, obj=meeting, **how)
    else:
        act = partial(edit, form=form_for(meeting, title="Giao lưu thể thao"), **how)

    if refused:
        with pytest.raises(Refused, match="đã hết hạn ngày"):
            act()
        assert Meeting.objects.get().title == "Hoạt động giao lưu"
        assert not Entry.objects.exists()
    else:
        act()
        assert [each.title for each in Meeting.objects.all()] == ([] if removed else ["Giao lưu thể thao"])
        assert (Entry.objects.get().reason, Entry.objects.get().paper.day) == (reason, DAY)


def test_two_edits_at_once(first_then, world):
    _issuer, bloc_year, secretary, _clerk = world
    ObservationFactory(bloc_year=bloc_year)
    one, other = (form_for(Observation.objects.get(), text=text) for text in ("Chín đơn vị", "Mười đơn vị"))

    follower = first_then(partial(edit, form=one, by=secretary), partial(edit, form=other, by=secretary))

    with pytest.raises(Stale):
        follower.outcome()
    assert Observation.objects.get().text == "Chín đơn vị"


# Parts ------------------------------------------------------------------------------------------------------


@pytest.fixture
def meeting(bloc_year):
    return MeetingFactory(bloc_year=bloc_year)


def test_edit_saves_parts_in_the_same_entry(meeting, secretary):
    first, second = (AgendaItemFactory(meeting=meeting, place=n, title=f"Mục {n}") for n in (1, 2))
    parts = formset_for(
        meeting,
        AgendaItem,
        (first, {"title": "Khai mạc", "outcome": ""}),
        (second, {"DELETE": "on"}),
        (None, {"place": 3, "title": "Bế mạc"}),
    )

    edit(form=form_for(meeting), formsets=[parts], by=secretary)

    assert [(each.place, each.title, each.version) for each in meeting.agendaitems.all()] == [
        (1, "Khai mạc", 2),
        (3, "Bế mạc", 1),
    ]
    rest = {"kind": "other", "starts_at": None, "presenter": "", "script": "", "outcome": "", "version": 1}
    added = rest | {"meeting": meeting.pk, "place": 3, "title": "Bế mạc"}
    removed = rest | {"meeting": meeting.pk, "place": 2, "title": "Mục 2"}
    assert payload() == {
        "before": {},
        "after": {
            "parts": [
                {"model": "campaigns.agendaitem", "removed": removed},
                {"model": "campaigns.agendaitem", "added": added},
                {
                    "model": "campaigns.agendaitem",
                    "key": first.pk,
                    "before": {"title": "Mục 1"},
                    "after": {"title": "Khai mạc"},
                },
            ]
        },
    }


def test_parts_left_as_they_are_keep_their_version(meeting, secretary):
    item = AgendaItemFactory(meeting=meeting)

    edit(
        form=form_for(meeting, title="Tên khác"),
        formsets=[formset_for(meeting, AgendaItem, (item, {}))],
        by=secretary,
    )

    item.refresh_from_db()
    assert item.version == 1
    assert "parts" not in payload()["after"]


def test_parts_of_a_new_row(bloc_year, secretary):
    meeting = Meeting()
    form = form_for(meeting, bloc_year=bloc_year.pk, kind="activity", title="Giao lưu")
    parts = formset_for(meeting, AgendaItem, (None, {"place": 1, "title": "Khai mạc"}))

    edit(form=form, formsets=[parts], by=secretary)

    assert [str(each) for each in Meeting.objects.get().agendaitems.all()] == ["Khai mạc"]


@pytest.mark.parametrize("change", ["added", "changed", "removed"])
def test_parts_that_a_person_may_not_edit_are_refused(bloc_year, secretary, change):
    """The leader's unit keeps its bloc's year, but the seats in it are the department's."""
    seat = SeatFactory(bloc_year=bloc_year)
    rows = {
        "added": [(seat, {}), (None, {"unit": UnitFactory().pk, "role": "member"})],
        "changed": [(seat, {"role": "deputy"})],
        "removed": [(seat, {"DELETE": "on"})],
    }[change]

    with pytest.raises(Refused, match="Danh sách đơn vị trong Khối do cán bộ thi đua"):
        edit(form=form_for(bloc_year), formsets=[formset_for(bloc_year, Seat, *rows)], by=secretary)
    assert [each.role for each in bloc_year.seats.order_by("pk")] == ["leader", "member"]


# Remove -----------------------------------------------------------------------------------------------------


def test_remove_keeps_what_stood_in_the_row(bloc_year, secretary):
    obj = ObservationFactory(bloc_year=bloc_year, place=1, text="Khối có 9 đơn vị.")
    key = str(obj.pk)

    remove(obj=obj, by=secretary, reason="Ghi trùng")

    assert not Observation.objects.exists()
    entry = Entry.objects.get()
    assert (entry.act, entry.object_key, entry.reason) == ("record.remove", key, "Ghi trùng")
    assert payload() == {
        "before": {
            "bloc_year": bloc_year.pk,
            "kind": "situation",
            "place": 1,
            "text": "Khối có 9 đơn vị.",
            "said_by": "",
            "version": 1,
        },
        "after": {},
    }


def test_remove_keeps_what_stood_in_the_parts(bloc_year, staff):
    pledge = PledgeFactory()
    pledge.bloc_years.add(bloc_year)
    content, signature = PledgeContentFactory(pledge=pledge), SignatureFactory(pledge=pledge)

    remove(obj=pledge, by=staff)

    assert not Pledge.objects.exists()
    before = payload()["before"]
    assert before["bloc_years"] == [bloc_year.pk]
    assert [
        (part["model"], part["removed"].get("text"), part["removed"].get("unit")) for part in before["parts"]
    ] == [
        ("campaigns.pledgecontent", content.text, None),
        ("campaigns.signature", None, signature.unit_id),
    ]


def test_remove_of_a_row_that_others_refer_to(meeting, secretary):
    NominationFactory(bloc_year=meeting.bloc_year, proposed_at=meeting)

    with pytest.raises(Refused, match="Không xoá được: còn dữ liệu khác gắn với dữ liệu này"):
        remove(obj=meeting, by=secretary)
    assert Meeting.objects.get() == meeting
    assert not Entry.objects.exists()


def test_remove_in_another_bloc_is_refused(elsewhere, secretary, bloc_year):
    obj = ObservationFactory(bloc_year=elsewhere)

    with pytest.raises(Refused, match=OF_THE_LEADER):
        remove(obj=obj, by=secretary)
    assert Observation.objects.get() == obj


def test_remove_twice(bloc_year, secretary):
    obj = ObservationFactory(bloc_year=bloc_year)
    remove(obj=Observation.objects.get(), by=secretary)

    with pytest.raises(Refused, match="Dữ liệu này vừa được người khác xoá"):
        remove(obj=obj, by=secretary)
