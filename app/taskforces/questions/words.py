"""Questions in sentences."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.questions.rules import Channel, DeclineReason, Removed, Stage, Subject, Verdict, WhyNot

STAGES: Mapping[Stage, LazyString] = {
    Stage.RECEIVED: _l("Not read yet"),
    Stage.ACCEPTED: _l("Read and accepted"),
    Stage.ASSIGNED: _l("Being answered"),
    Stage.ANSWERED: _l("Answered"),
    Stage.ESCALATED: _l("Asked again"),
    Stage.CLOSED: _l("Answered and closed"),
    Stage.DECLINED: _l("Not answered here"),
    Stage.MERGED: _l("Answered with another"),
}

TONES: Mapping[Stage, str] = {
    Stage.RECEIVED: "quiet",
    Stage.ACCEPTED: "info",
    Stage.ASSIGNED: "waiting",
    Stage.ANSWERED: "good",
    Stage.ESCALATED: "warning",
    Stage.CLOSED: "good",
    Stage.DECLINED: "bad",
    Stage.MERGED: "quiet",
}

DECLINED: Mapping[DeclineReason, LazyString] = {
    DeclineReason.NOT_OURS: _l("It is not about this neighborhood's safety projects"),
    DeclineReason.PERSONAL: _l("It is about a private person"),
    DeclineReason.INSULT: _l("It insults somebody and asks nothing"),
    DeclineReason.ADVERTISING: _l("It advertises something"),
    DeclineReason.EMERGENCY: _l("It reports an emergency or a crime, which belongs to the police"),
    DeclineReason.OTHER: _l("Another reason"),
}

REMOVED: Mapping[Removed, LazyString] = {
    Removed.INSULT: _l("insult taken out"),
    Removed.PERSONAL: _l("private words taken out"),
}

VERDICTS: Mapping[Verdict, LazyString] = {
    Verdict.ANSWERED: _l("Yes, that answers it"),
    Verdict.PARTLY: _l("Partly"),
    Verdict.NOT: _l("No, it does not answer it"),
}

CHANNELS: Mapping[Channel, LazyString] = {Channel.WEB: _l("On this site"), Channel.DESK: _l("On paper")}

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.STAGE: _l("This cannot be done with the question as it is now. Please look at its page again."),
    WhyNot.OWN: _l("Nobody answers their own question. Please choose somebody else."),
    WhyNot.FIRST_ANSWERER: _l("After a “no” somebody else answers."),
    WhyNot.OTHER_CO_CHAIR: _l("After a “no” the other co-chair answers."),
    WhyNot.MERGED_TARGET: _l(
        "There is no such question, or it was declined, merged, or read by nobody yet. Please enter another number."
    ),
    WhyNot.ITSELF: _l("That is this very question. Please enter another number."),
    WhyNot.ELSEWHERE: _l("That question is from another neighborhood."),
    WhyNot.NOT_THERE: _l("These words are not in the question. Please copy them as they stand there."),
    WhyNot.NOT_OWNER_HERE: _l("Choose somebody from the task force or from the office of this neighborhood."),
    WhyNot.IN_THE_FUTURE: _l("This day has not come yet."),
    WhyNot.TOO_OLD: _l("This day is more than two months ago. Please check it."),
    WhyNot.PASSED_ON: _l("They have been told already."),
    WhyNot.NOTHING_TO_PASS_ON: _l("Nobody left word how to reach them, so there is nothing to pass on."),
}

ONLY_HANDLERS = _l("Only the co-chairs of the task force and the office of the neighborhood do this.")
ONLY_OFFICE = _l("Only the office of this neighborhood types in questions on paper.")
ONLY_ASKER = _l("Only whoever asked rates the answer, by the link they were given or signed in.")

SUBJECTS: Mapping[Subject, LazyString] = {
    Subject.NEIGHBORHOOD: _l("The neighborhood"),
    Subject.TASK_FORCE: _l("A task force"),
    Subject.AREA: _l("A place"),
    Subject.MEETING: _l("A meeting"),
    Subject.PROJECT: _l("A project"),
}
