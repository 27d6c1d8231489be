"""What cards and batches say."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.voting.roll.codes.rules import BatchStage, Purpose

PURPOSES: Mapping[Purpose, LazyString] = {
    Purpose.RESIDENCE: _l("Letters that prove an address"),
    Purpose.VOTING: _l("Voting cards for people without an account"),
}
STAGES: Mapping[BatchStage, LazyString] = {
    BatchStage.MAKING: _l("Being made"),
    BatchStage.READY: _l("Ready to download, once"),
    BatchStage.TAKEN: _l("Downloaded"),
    BatchStage.REPLACED: _l("Void"),
}
