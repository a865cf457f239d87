"""What scoring says to people: in the language of the reader, and in Vietnamese where nobody translates."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.measures import KINDS
from campaigns.scores.scoring.measures.titles import TITLES, titled
from campaigns.scores.scoring.plan import Plan

ALONE = """
import sys
from campaigns.scores.scoring import check, measures, plan, ranking, score, totals
print(*(each.words for each in check.faults_of(plan.Plan("", ()))))
print(measures.KINDS["graded"].title)
print([name for name in sys.modules if name.partition(".")[0] == "django"])
"""


@pytest.mark.parametrize(
    ("language", "words", "kind", "title"),
    [
        ("vi", "Bộ tiêu chí chưa có mục nào. Hãy thêm ít nhất một mục.", "Theo xếp loại", "Loại [grade]"),
        ("en", "The set of criteria has no sections yet. Add at least one.", "By grade", "Kind [grade]"),
    ],
)
def test_words_are_those_of_the_reader(language, words, kind, title):
    with override(language):
        assert [each.words for each in faults_of(Plan("", ()))] == [words]
        assert KINDS["graded"].title == kind
        assert titled("grade") == title


def test_every_name_that_is_kept_has_its_translation():
    kept = {*TITLES.values(), *(each.name for each in KINDS.values())}

    with override("en"):
        assert [text for text in kept if gettext(text) == text] == []


def test_scoring_works_without_a_framework():
    program = [sys.executable, "-c", ALONE]
    said = subprocess.run(program, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True).stdout

    assert said.splitlines() == [
        "Bộ tiêu chí chưa có mục nào. Hãy thêm ít nhất một mục.",
        "Theo xếp loại",
        "[]",
    ]
