"""When within a day a meeting of a bloc-year file began and ended: an hour, or the half of the day."""

import re
from datetime import time

from campaigns.models import Meeting

_HOUR = re.compile(r"(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{2})?(?:\s*phút)?")
_ASKED = "ghi giờ (“8 giờ 30”, “8h30”, “08:30”) hoặc buổi (“sáng”, “chiều”, “tối”)."


def times(part, faults):
    """The fields that the keys `time` and `until` fill; what is neither an hour nor a half day is noted."""
    found = {}
    for key, name in {"time": "starts_at", "until": "ends_at"}.items():
        words = part.get(key)
        half = next((code for code, label in Meeting.HalfDay.choices if str(label) == words), None)
        hour = _HOUR.fullmatch(words.lower()) if words else None
        if half and key == "time":
            found["half_day"] = half
        elif hour and int(hour[1]) < 24 and int(hour[2] or 0) < 60:
            found[name] = time(int(hour[1]), int(hour[2] or 0))
        elif words:
            faults.add((*part.path, key), _ASKED)
    return found
