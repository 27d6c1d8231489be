"""What both sides sign about money, and the verb that runs with the last signature; `app/wiring.py` hands it on."""

from collections.abc import Mapping

from app.taskforces.signing.rules import MatterKind
from app.taskforces.signing.services import Matter
from app.taskforces.spending.commitments import services as commitments
from app.taskforces.spending.commitments import words as commitment_words
from app.taskforces.spending.expenses import services as expenses
from app.taskforces.spending.expenses import words as expense_words
from app.taskforces.spending.returns import services as returns
from app.taskforces.spending.returns import words as return_words
from app.taskforces.spending.transfers import services as transfers
from app.taskforces.spending.transfers import words as transfer_words

MATTERS: Mapping[MatterKind, Matter] = {
    MatterKind.COMMITMENT: Matter(
        payload=commitments.to_commitment, told=commitment_words.told_commitment, run=commitments.commit
    ),
    MatterKind.COMMITMENT_CHANGE: Matter(
        payload=commitments.to_change, told=commitment_words.told_change, run=commitments.change
    ),
    MatterKind.CONTINGENCY: Matter(
        payload=transfers.to_release, told=transfer_words.told_release, run=transfers.release_signed
    ),
    MatterKind.EXPENSE: Matter(payload=expenses.to_expense, told=expense_words.told_expense, run=expenses.pay_signed),
    MatterKind.REALLOCATION: Matter(
        payload=transfers.to_transfer, told=transfer_words.told_transfer, run=transfers.transfer
    ),
    MatterKind.RETURN: Matter(payload=returns.to_return, told=return_words.told_return, run=returns.return_signed),
}
