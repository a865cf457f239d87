"""Who may do what with proposals, and until when."""

from awards.nominations.models import Nomination
from blocs.permissions import editor_of, window_of
from campaigns.models import Phase
from campaigns.permissions import may_edit_bloc_records
from campaigns.windows import closed

editor_of(Nomination)(may_edit_bloc_records)


@window_of(Nomination)
def window_of_proposal(row):
    """The phase in which a bloc proposes and honours."""
    return closed(row.bloc_year, Phase.Kind.PROPOSALS, before=False)
