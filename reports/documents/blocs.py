"""What documents in the name of a bloc share: its leader's unit issues and signs them (TM. KHỐI THI ĐUA)."""

from django.utils.translation import gettext as _

from blocs.permissions import Refusal
from reports.blocks import Signature


def issuer_of_bloc(facts):
    """The unit whose letterhead, symbol and number a bloc's documents bear: a bloc has no seal."""
    if facts.leader:
        return facts.leader.unit
    return Refusal(
        _("Chưa biết đơn vị %(leader)s của năm này, nên chưa có đơn vị ban hành văn bản.")
        % {"leader": facts.bloc_year.leader_label}
    )


def leaders_representative(facts):
    """Who is expected to sign: name and post, as far as they are known."""
    seat = facts.leader
    return (seat.representative, seat.representative_title) if seat else ("", "")


def leaders_signature(facts):
    """The leader signs for the bloc."""
    authority = (f"TM. {facts.bloc_word.upper()} THI ĐUA", facts.bloc_year.leader_label.upper())
    return Signature(authority=authority, name=leaders_representative(facts)[0])


def seated_units(facts):
    """The units with a seat in the bloc that year."""
    return list(dict.fromkeys(seat.unit for seat in facts.members))


def pages_of_bloc_year(bloc_year):
    """The pages above one of a bloc's year."""
    return [
        (_("Năm %(year)s") % {"year": bloc_year.year}, bloc_year.year.get_absolute_url()),
        (bloc_year.name, bloc_year.get_absolute_url()),
    ]
