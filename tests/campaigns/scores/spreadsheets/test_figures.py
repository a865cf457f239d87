"""Answers as cells say them: what is written reads back, and no answer is guessed."""

import pytest
from django.core.exceptions import ValidationError

from campaigns.scores.scoring.plan import Question
from campaigns.scores.spreadsheets.figures import kept_figure, named_choices, shown_figure

GRADES = {
    "words of each": ((("1", "Tốt"), ("2", "Khá")), {"1": "Tốt", "2": "Khá"}),
    "the same words twice": (
        (("A1", "Đạt"), ("A2", "đạt"), ("B", "Kém")),
        {"A1": "A1", "A2": "A2", "B": "Kém"},
    ),
    "words that are another's code": ((("A", "B"), ("B", "Kém")), {"A": "A", "B": "Kém"}),
    "codes alone": ((("A", "A"), ("B", "B")), {"A": "A", "B": "B"}),
}


def grade(choices):
    return Question("grade", "Xếp loại", "choice", choices=choices)


@pytest.mark.parametrize("name", GRADES)
def test_grades_are_written_by_words_that_are_theirs_alone(name):
    choices, expected = GRADES[name]
    question = grade(choices)

    assert named_choices(question) == expected
    assert [kept_figure(question, shown_figure(question, code)) for code, _label in choices] == [
        code for code, _label in choices
    ]


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        (Question("answer", "Đạt", "yes-no"), "x", "Hãy ghi Có hoặc Không."),
        (Question("answer", "Đạt", "yes-no"), "1", "Hãy ghi Có hoặc Không."),
        (grade(GRADES["words of each"][0]), "Yếu", "Chỉ nhận một trong các mức: Tốt, Khá."),
        (grade(GRADES["the same words twice"][0]), "Đạt", "Chỉ nhận một trong các mức: A1, A2, Kém."),
    ],
)
def test_an_answer_that_is_not_clear_is_asked_again(question, text, words):
    with pytest.raises(ValidationError) as refused:
        kept_figure(question, text)

    assert refused.value.messages == [words]
