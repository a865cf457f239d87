"""Numbers as officials type them: what is read, what is asked about, what comes back."""

from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from blocs import notation
from blocs.forms.numbers import NumberField, WholeNumberField
from blocs.numbers import Asked, read, readings, written


class ScoreForm(forms.Form):
    name = forms.CharField()
    score = NumberField(max_digits=9, decimal_places=3, required=False)
    people = WholeNumberField(min_value=0, required=False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("1490", 1490),
        ("-12", -12),
        (" 12 ", 12),
        ("97,5", Decimal("97.5")),
        ("97,50", Decimal("97.50")),
        ("1,490", Decimal("1.490")),
        ("97.5", Decimal("97.5")),
        ("1.4900", Decimal("1.4900")),
        ("0.490", Decimal("0.490")),
        ("1.490.000", 1490000),
        ("1 490 000", 1490000),
        ("1.490,5", Decimal("1490.5")),
        ("1.490.000,25", Decimal("1490000.25")),
    ],
)
def test_number_is_read(text, number):
    assert (read(text), type(read(text))) == (number, type(number))


@pytest.mark.parametrize(
    ("text", "whole", "fraction"),
    [
        ("1.490", 1490, Decimal("1.490")),
        ("-2.000", -2000, Decimal("-2.000")),
        ("999.999", 999999, Decimal("999.999")),
        ("1234.567", 1234567, Decimal("1234.567")),
    ],
)
def test_point_before_three_digits_is_asked_about(text, whole, fraction):
    with pytest.raises(Asked) as asked:
        read(text)
    assert asked.value.readings == (whole, fraction)


@pytest.mark.parametrize(
    "text", ["", "mười", "1,2,3", "1.49.000", "1.490.00", "1e3", "--1", "1,", ",5", "٣", "½"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="no number"):
        read(text)


@given(
    st.integers(-(10**15), 10**15) | st.decimals(-(10**9), 10**9, places=3) | st.decimals(-99, 99, places=1)
)
def test_what_stands_in_the_box_is_read_as_the_same_number(value):
    assert read(written(value)) == value


@given(st.integers(-(10**15), 10**15) | st.decimals(-(10**9), 10**9, places=2))
def test_number_as_on_paper_is_read_as_the_same_number_or_asked_about(value):
    try:
        assert read(notation.number(value)) == value
    except Asked as asked:
        assert value in asked.readings


@given(st.integers(1, 10**6), st.integers(0, 999))
def test_each_reading_that_is_offered_is_beyond_doubt(whole, thousandth):
    offered = [read(number) for number, _words in readings(f"{whole}.{thousandth:03d}")]
    assert offered == [whole * 1000 + thousandth, Decimal(f"{whole}.{thousandth:03d}")]


@given(st.integers(0, 10**9), st.decimals(-999999, 999999, places=3))
def test_form_saves_what_it_shows(people, score):
    form = ScoreForm(initial={"name": "An", "people": people, "score": score})
    shown = {name: form[name].field.widget.format_value(form[name].value()) for name in form.fields}
    again = ScoreForm(shown, initial=form.initial)
    assert again.is_valid()
    assert again.cleaned_data == form.initial
    assert again.changed_data == []


def test_form_asks_and_keeps_the_rest():
    form = ScoreForm({"name": "An", "score": "1.490", "people": "12"})
    assert form.errors == {
        "score": [
            "Bạn muốn ghi 1.490 (một nghìn bốn trăm chín mươi) hay 1,49 (một phẩy bốn chín)? "
            "Hãy chọn ngay dưới ô này rồi lưu lại."
        ]
    }
    shown = form["score"].as_widget()
    for part in ('name="score-meant" value="1490"', 'name="score-meant" value="1,490"', 'value="1.490"'):
        assert part in shown
    assert 'value="An"' in form["name"].as_widget()
    assert "-meant" not in form["people"].as_widget()


@pytest.mark.parametrize(("meant", "number"), [("1490", 1490), ("1,490", Decimal("1.49"))])
def test_pick_answers_the_question(meant, number):
    form = ScoreForm({"name": "An", "score": "1.490", "score-meant": meant})
    assert form.is_valid()
    assert form.cleaned_data["score"] == number


def test_pick_counts_only_for_the_text_it_was_offered_for():
    form = ScoreForm({"name": "An", "score": "2.500", "score-meant": "1490"})
    assert list(form.errors) == ["score"]
    form = ScoreForm({"name": "An", "score": "12", "score-meant": "1490"})
    assert form.is_valid()
    assert form.cleaned_data["score"] == 12


def test_whole_number_is_offered_no_fraction():
    assert readings("1.490", whole=True) == [("1490", "1.490 (một nghìn bốn trăm chín mươi)")]
    assert readings("2.000", whole=True) == [("2000", "2.000 (hai nghìn)"), ("2,000", "2 (hai)")]
    form = ScoreForm({"name": "An", "people": "1.490"})
    assert form.errors == {
        "people": ["Bạn muốn ghi 1.490 (một nghìn bốn trăm chín mươi)? Hãy chọn ngay dưới ô này rồi lưu lại."]
    }


@pytest.mark.parametrize("text", ["1,5", "-1", "mười"])
def test_whole_number_refuses(text):
    assert list(ScoreForm({"name": "An", "people": text}).errors) == ["people"]


@pytest.mark.parametrize("text", ["", "   "])
def test_empty_box_is_no_number(text):
    form = ScoreForm({"name": "An", "people": text, "score": text})
    assert form.is_valid()
    assert (form.cleaned_data["people"], form.cleaned_data["score"]) == (None, None)
