"""Who may do what with proposals and exemplars."""

from awards.models import Exemplar, Nomination
from blocs.permissions import editor_of
from campaigns.permissions import may_edit_bloc_records

editor_of(Nomination, Exemplar)(may_edit_bloc_records)
