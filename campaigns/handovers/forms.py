"""The form of a hand-over: what both sides fill in of its record."""

from blocs.forms import PaperFields, VersionedForm
from campaigns.models import Handover


class HandoverForm(PaperFields, VersionedForm):
    """Who hands over to whom, when and where, and what goes along that is not kept here."""

    class Meta:
        model = Handover
        fields = [
            "day",
            "place",
            "giver_name",
            "giver_title",
            "receiver_name",
            "receiver_title",
            "other_items",
        ]
