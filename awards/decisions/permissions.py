"""Who may do what with exemplars, and until when."""

from awards.decisions.models import Exemplar
from awards.nominations.permissions import window_of_proposal
from blocs.permissions import editor_of, window_of
from campaigns.permissions import may_edit_bloc_records

editor_of(Exemplar)(may_edit_bloc_records)
window_of(Exemplar)(window_of_proposal)
