"""Why an envelope gave no ballot, and why a file of the key holders is refused, in sentences people read."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.voting.sealing.faults import Fault
from app.voting.sealing.reading import Wrong

FAULTS: Mapping[Fault, LazyString] = {
    Fault.MALFORMED: _("The envelope does not have the shape every envelope of this vote has."),
    Fault.UNKNOWN_ALGORITHM: _("The envelope names an algorithm this program does not know."),
    Fault.TOO_FEW_KEYS: _("Fewer keys were given than the envelope needs."),
    Fault.SHARE_UNREADABLE: _("A share does not open with the key given for it."),
    Fault.COMMITMENT_BROKEN: _("The opened secret is not the one that was promised when the ballot was cast."),
    Fault.CONTENT_DAMAGED: _("The shares are good, but the ballot inside was damaged."),
    Fault.REPEATED: _("This is a copy of another envelope in the same set."),
    Fault.NOT_A_BALLOT: _("What was sealed is not a ballot."),
    Fault.OTHER_VOTE: _("The ballot belongs to another vote."),
    Fault.TOO_MANY_RANKS: _("The ballot ranks more options than the rule card allows."),
    Fault.UNKNOWN_OPTION: _("The ballot names an option that is not on the list."),
    Fault.OPTION_TWICE: _("The ballot names the same option twice."),
    Fault.NOT_PADDED: _("The ballot carries something behind its last rank."),
    Fault.NOT_A_KEY: _("This is not a key file of Lamplight, or it was damaged."),
    Fault.WRONG_PASSPHRASE: _("The passphrase does not open this key. Capitals and blanks count."),
}
WRONGS: Mapping[Wrong, LazyString] = {
    Wrong.OTHER_FILE: _("This is another kind of file than the one asked for."),
    Wrong.CUT_SHORT: _("The file ends too early. Please copy it again."),
    Wrong.TOO_LONG: _("The file goes on after its end. Please copy it again."),
    Wrong.DAMAGED: _("The file was changed or damaged on its way. Please copy it again."),
    Wrong.OUT_OF_ORDER: _("What is in the file does not stand in its order, so somebody or something changed it."),
    Wrong.IMPOSSIBLE: _("The file says something that cannot be."),
    Wrong.DRILL: _("The file comes from a drill with invented ballots."),
    Wrong.NO_DRILL: _("The file belongs to a real vote, and this is a drill."),
    Wrong.OTHER_VOTE: _("The file belongs to another vote."),
    Wrong.OTHER_SET: _("The result was made from another count set than the one exported."),
    Wrong.OTHER_KEY: _("The file was made for another key."),
    Wrong.TOO_FEW_TRUSTEES: _("Fewer key holders opened the envelopes than the vote asks for."),
    Wrong.UNKNOWN_TRUSTEE: _("The file names a key holder this vote does not have."),
    Wrong.BAD_SIGNATURE: _("A key holder's signature does not fit the content."),
    Wrong.WRONG_NUMBER: _("Ballots and unreadable envelopes are not as many as there were envelopes."),
    Wrong.BAD_RANKING: _("The result holds a ranking that the rule card does not allow."),
    Wrong.UNKNOWN_ENVELOPE: _("The result lists an envelope that was not in the count set."),
    Wrong.WRONG_ANSWER: _("The answer was not given with this key to this question."),
}
