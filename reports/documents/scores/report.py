"""What the year-end report tells of scores: the ranking among the results, the tables as annexes."""

from functools import cached_property

from reports.documents.base import CONFERENCE
from reports.documents.facts import Facts
from reports.documents.scores import ranking
from reports.documents.scores.facts import ScoreFacts
from reports.documents.scores.table import annexes


class ReportFacts(Facts):
    """What the report tells of a year, its scores with it."""

    @cached_property
    def expected(self):
        """The scores as the conference reads them: with a ranking that it has still to agree."""
        return ScoreFacts.beside(self)

    @cached_property
    def released(self):
        """The scores with what is released alone."""
        return ScoreFacts.beside(self, with_drafts=False)

    def scores(self, edition):
        """The scores as an edition of the report tells them."""
        return self.expected if edition == CONFERENCE else self.released


def ranked(facts, edition):
    """The ranking as a section, where one is known."""
    found = ranking.part(facts.scores(edition))
    return [found] if found else []


def score_annexes(facts, edition):
    """The tables of scores, where there is a ranking that rests on them."""
    scores = facts.scores(edition)
    return annexes(scores) if scores.ranking else ()
