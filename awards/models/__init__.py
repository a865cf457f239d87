"""What is proposed, honoured and, later, decided."""

from awards.models.catalogue import AwardKind, AwardName
from awards.models.exemplars import Exemplar
from awards.models.nominations import Nomination

__all__ = ["AwardKind", "AwardName", "Exemplar", "Nomination"]
