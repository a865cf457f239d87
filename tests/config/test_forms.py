"""How forms look and how dates and numbers are written in them."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from blocs.forms.numbers import NumberInput
from config.forms import FormRenderer


class Meeting(forms.Form):
    name = forms.CharField(label="Tên hội nghị")
    day = forms.DateField(label="Ngày họp")
    place = forms.CharField(label="Địa điểm", required=False, help_text="Như trong giấy mời.")
    vote = forms.ChoiceField(
        label="Biểu quyết", choices=[("hand", "Giơ tay"), ("paper", "Phiếu kín")], widget=forms.RadioSelect
    )
    paper = forms.BooleanField(label="Theo văn bản giấy", required=False)
    score = forms.DecimalField(label="Điểm", required=False, localize=True)


class SignIn(forms.Form):
    login = forms.CharField(label="Tên", widget=forms.TextInput(attrs={"placeholder": "Tên"}))
    code = forms.CharField(label="Mã", widget=forms.TextInput(attrs={"placeholder": "06 chữ số"}))


def fill(**data):
    return Meeting({"name": "Tổng kết", "day": "15/12/2020", "vote": "hand", **data})


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("written", ["15/12/2020", "15-12-2020", "15.12.2020", "2020-12-15"])
def test_date_as_written(written, language):
    with translation.override(language):
        form = fill(day=written)
        assert form.is_valid()
        assert form.cleaned_data["day"] == date(2020, 12, 15)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_date_as_shown(language):
    with translation.override(language):
        html = Meeting(initial={"day": date(2020, 2, 5), "score": Decimal("98.5")}).as_div()
    assert re.findall(r'value="([\d/,.]+)"', html) == ["05/02/2020", "98,5"]


def test_decimal_comma_as_written():
    form = fill(score="98,5")
    assert (form.errors, form.cleaned_data["score"]) == ({}, Decimal("98.5"))


def test_date_says_how_it_is_written():
    html = str(Meeting()["day"].as_field_group())
    assert '<div class="field__help" id="id_day_helptext">Ngày/tháng/năm, ví dụ 15/12/2020</div>' in html
    assert 'aria-describedby="id_day_helptext"' in html


@pytest.mark.parametrize(
    ("form", "required"),
    [(Meeting, ["Tên hội nghị", "Ngày họp", "Biểu quyết"]), (SignIn, [])],
    ids=["some fields", "all fields"],
)
def test_required_is_said_in_words_where_not_all_fields_are(form, required):
    said = re.findall(r'>([^<]*) <span class="field__required">\(bắt buộc\)</span>', str(form()))
    assert said == required


def test_label_is_not_repeated_inside_its_box():
    assert re.findall(r'placeholder="([^"]*)"', str(SignIn())) == ["06 chữ số"]


def test_errors_stand_on_top_with_the_way_to_each_field():
    form = fill(name="", vote="", day="31/02/2020")
    form.full_clean()
    form.add_error(None, "Hội nghị này đã có.")
    summary, _, fields = str(form).partition("</ul>")
    assert re.findall(r"<li>(.*?)</li>", summary) == [
        "Hội nghị này đã có.",
        '<a href="#id_name">Tên hội nghị</a>: Hãy điền ô này.',
        '<a href="#id_day">Ngày họp</a>: Ngày chưa đúng. Hãy viết ngày/tháng/năm, ví dụ 15/12/2020.',
        '<a href="#id_vote">Biểu quyết</a>: Hãy điền ô này.',
    ]
    assert set(re.findall(r'href="#([^"]*)"', summary)) <= set(re.findall(r'id="([^"]*)"', fields))


def test_wrong_field_is_described_by_its_error():
    form = fill(name="")
    html = str(form["name"].as_field_group())
    assert re.search(r'<input[^>]* aria-invalid="true"[^>]* aria-describedby="id_name_error"', html)
    assert 'class="field__error" id="id_name_error"' in html


def test_choices_are_a_group_with_its_name():
    html = str(Meeting()["vote"].as_field_group())
    assert re.findall(r"<(fieldset|legend|label)\b", html) == ["fieldset", "legend", "label", "label"]


def test_tick_stands_before_its_words():
    html = str(Meeting()["paper"].as_field_group())
    assert re.search(r'<input type="checkbox"[^>]*><label for="id_paper">Theo văn bản giấy</label>', html)


PLAIN = {
    "text": (forms.TextInput({"placeholder": "“Tên” & <họ>", "maxlength": 30}), "Nguyễn “An” <b>&'"),
    "nothing typed": (forms.TextInput(), None),
    "a zero": (forms.NumberInput({"step": 1}), 0),
    "hidden": (forms.HiddenInput({"id": False}), 3),
    "ticked": (forms.CheckboxInput({"disabled": True}), True),
    "not ticked": (forms.CheckboxInput(), False),
    "date": (forms.DateInput(), date(2020, 2, 5)),
    "email": (forms.EmailInput(), "a@b.vn"),
    "password": (forms.PasswordInput(), "x"),
    "file": (forms.FileInput({"accept": ".pdf", "required": True}), None),
    "number as officials write it": (NumberInput(), Decimal("1490.5")),
    "long text": (forms.Textarea({"rows": 2}), "Một\n<hai> & “ba”"),
    "no long text": (forms.Textarea({"rows": 2, "required": True}), ""),
    "marked as safe": (forms.TextInput({"title": SafeString("a&amp;b")}), SafeString("c&amp;d")),
    "lazy": (forms.TextInput({"aria-label": gettext_lazy("Tên")}), "x"),
}


@pytest.mark.parametrize(("widget", "value"), PLAIN.values(), ids=PLAIN)
def test_plain_boxes_are_written_as_their_templates_would(widget, value):
    ours = widget.render("ten", value, {"id": "id_ten", "required": False}, FormRenderer())
    theirs = widget.render("ten", value, {"id": "id_ten", "required": False}, TemplatesSetting())
    assert ours == theirs


def test_which_boxes_are_written_without_a_template(monkeypatch):
    monkeypatch.setattr(TemplatesSetting, "render", lambda *args, **options: "by a template")
    renderer = FormRenderer()
    by_template = {
        name
        for name, (widget, value) in PLAIN.items()
        if widget.render("ten", value, {}, renderer) == "by a template"
    }
    assert by_template == set()
    asks = NumberInput().render("ten", "1.490", {}, renderer)
    assert asks == "by a template"  # one thousand four hundred and ninety, or one and a half
