"""What both sides sign about a project, each with the verb that then runs: `MATTERS` of `app/wiring.py` takes them."""

from collections.abc import Mapping

from app.taskforces.projects.baselines import services as baselines
from app.taskforces.projects.closing import services as closing
from app.taskforces.projects.pausing import services as pausing
from app.taskforces.signing.rules import MatterKind
from app.taskforces.signing.services import Matter

MATTERS: Mapping[MatterKind, Matter] = {
    MatterKind.BASELINE: baselines.BASELINE,
    MatterKind.PAUSE: pausing.PAUSE,
    MatterKind.RESUMPTION: pausing.RESUMPTION,
    MatterKind.CANCELLATION: pausing.CANCELLATION,
    MatterKind.COMPLETION: closing.COMPLETION,
}
