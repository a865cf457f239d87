"""The year's work of the blocs."""

from campaigns.models.campaigns import Campaign
from campaigns.models.checks import CheckAssignment, Inspection, InspectionMember
from campaigns.models.corrections import Correction, CorrectionPoint, Explanation, Reopening
from campaigns.models.criteria import ChosenCriteria, CriteriaSection, CriteriaSet, Criterion, Measure, Tier
from campaigns.models.evidence import Evidence
from campaigns.models.handovers import Handover
from campaigns.models.meetings import AgendaItem, Attendance, Meeting, Statement, Task
from campaigns.models.phases import Phase
from campaigns.models.pledges import Pledge, PledgeContent, Signature
from campaigns.models.rankings import KnownResult, Ranking
from campaigns.models.reminders import Reminder, ReminderWave
from campaigns.models.sheets import Score, ScoreSheet, SheetVersion
from campaigns.models.years import BlocYear, EmulationYear, Observation, Seat

__all__ = [
    "AgendaItem",
    "Attendance",
    "BlocYear",
    "Campaign",
    "CheckAssignment",
    "ChosenCriteria",
    "Correction",
    "CorrectionPoint",
    "CriteriaSection",
    "CriteriaSet",
    "Criterion",
    "EmulationYear",
    "Evidence",
    "Explanation",
    "Handover",
    "Inspection",
    "InspectionMember",
    "KnownResult",
    "Measure",
    "Meeting",
    "Observation",
    "Phase",
    "Pledge",
    "PledgeContent",
    "Ranking",
    "Reminder",
    "ReminderWave",
    "Reopening",
    "Score",
    "ScoreSheet",
    "Seat",
    "SheetVersion",
    "Signature",
    "Statement",
    "Task",
    "Tier",
]
