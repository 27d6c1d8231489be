"""Stages of a project, the reasons for a new forecast, and the computed status (domain rule 26, report R7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ProjectStage(StrEnum):
    """Where a project is."""

    FUNDED = "funded"
    MOBILISING = "mobilising"
    PLANNING = "planning"
    PROCUREMENT = "procurement"
    DELIVERY = "delivery"
    HANDOVER = "handover"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class ForecastReason(StrEnum):
    """Why a date is now expected to be another one."""

    WEATHER = "weather"
    SUPPLIER = "supplier"
    PERMIT = "permit"
    STAFF = "staff"
    COST = "cost"
    REQUEST = "request"
    EARLIER = "earlier"
    OTHER = "other"


class Status(StrEnum):
    """The word a project page shows; computed from dates, money and silence."""

    ON_TRACK = "on_track"
    NEEDS_ATTENTION = "needs_attention"
    OFF_TRACK = "off_track"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The facts a status is computed from; days are calendar days."""

    stage: ProjectStage
    latest_baseline_on: date | None
    latest_forecast_on: date | None
    started_on: date
    last_update_on: date | None
    open_setback_past_due: bool = False


ENDED: Mapping[ProjectStage, Status] = {
    ProjectStage.COMPLETED: Status.COMPLETED,
    ProjectStage.CANCELLED: Status.CANCELLED,
}
