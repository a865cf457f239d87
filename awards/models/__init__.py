"""The catalogue of titles and awards."""

from awards.models.catalogue import AwardKind, AwardName

__all__ = ["AwardKind", "AwardName"]
