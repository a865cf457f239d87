"""The year's work of the blocs."""

from campaigns.models.campaigns import Campaign
from campaigns.models.meetings import AgendaItem, Attendance, Meeting, Statement
from campaigns.models.pledges import Pledge, PledgeContent, Signature
from campaigns.models.years import BlocYear, EmulationYear, Observation, Seat

__all__ = [
    "AgendaItem",
    "Attendance",
    "BlocYear",
    "Campaign",
    "EmulationYear",
    "Meeting",
    "Observation",
    "Pledge",
    "PledgeContent",
    "Seat",
    "Signature",
    "Statement",
]
