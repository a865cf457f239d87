"""Who keeps the catalogue of titles and awards."""

from awards.models import AwardKind, AwardName
from blocs.permissions import editor_of, is_staff, on_any_day

may_edit_catalogue = editor_of(AwardKind, AwardName)(is_staff)
on_any_day(
    AwardKind, AwardName, because="the catalogue follows the law and decisions, whenever they are made"
)
