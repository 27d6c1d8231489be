"""Stages of task forces in plain words, and why one cannot take a step."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.rules import BodyStage, Impairment, WhyNot

STAGES: Mapping[BodyStage, LazyString] = {
    BodyStage.PROPOSED: _l("Only proposed"),
    BodyStage.CONSTITUTED: _l("Constituted"),
    BodyStage.ACTIVE: _l("At work"),
    BodyStage.IMPAIRED: _l("Impaired"),
    BodyStage.DISSOLVED: _l("Dissolved"),
}

TONES: Mapping[BodyStage, str] = {
    BodyStage.PROPOSED: "waiting",
    BodyStage.CONSTITUTED: "info",
    BodyStage.ACTIVE: "good",
    BodyStage.IMPAIRED: "warning",
    BodyStage.DISSOLVED: "quiet",
}

IMPAIRED: Mapping[Impairment, LazyString] = {
    Impairment.VACANCY: _l(
        "The seat of a co-chair has been vacant for more than 30 days. Until both are held again, large new payments "
        "for its projects are not promised (rule 6)."
    ),
    Impairment.INQUORATE: _l("Two meetings in a row had no quorum. Until one has, it cannot decide."),
}

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NOT_A_STEP: _l("This step does not follow from where the task force is. Open its page again."),
    WhyNot.NO_CHARTER: _l("Its charter is too short. Say what it is for, how it decides and how often it meets."),
    WhyNot.NO_CO_CHAIRS: _l("Both co-chairs have to accept their seats first, one for each side."),
    WhyNot.NO_PROJECT: _l("It is at work once it has its first project."),
    WhyNot.NAMED_ON_A_BALLOT: _l(
        "A ballot names this task force for a project that has not come to it yet. Wait for the result and hand the "
        "project over first."
    ),
    WhyNot.SIGNATURES_WAIT: _l(
        "Something waits for the signatures of its two sides. It is signed, withdrawn or expires first."
    ),
    WhyNot.PROJECTS_LEFT: _l("It still has projects that are not over. Choose the task force that takes them on."),
}
