"""The year's work: years and phases, pledges, campaigns, meetings, reminders, hand-over."""

from campaigns.models.campaigns import Campaign
from campaigns.models.handovers import Handover
from campaigns.models.meetings import AgendaItem, Attendance, Meeting, Statement, Task
from campaigns.models.phases import Phase
from campaigns.models.pledges import Pledge, PledgeContent, Signature
from campaigns.models.reminders import Reminder, ReminderWave, WaveMail
from campaigns.models.years import BlocYear, EmulationYear, Observation, Seat

__all__ = [
    "AgendaItem",
    "Attendance",
    "BlocYear",
    "Campaign",
    "EmulationYear",
    "Handover",
    "Meeting",
    "Observation",
    "Phase",
    "Pledge",
    "PledgeContent",
    "Reminder",
    "ReminderWave",
    "Seat",
    "Signature",
    "Statement",
    "Task",
    "WaveMail",
]
