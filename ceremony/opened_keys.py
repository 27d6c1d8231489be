"""A key holder's key out of the form: the file, the passphrase, and a line at the field where one is wrong."""

from app.voting.opening.words import FAULTS
from app.voting.sealing import key_files
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.keys import PrivateKey
from ceremony.forms import ChoosesFiles


def opened_key(form: ChoosesFiles) -> PrivateKey | None:
    """The private key in the form's fields `key` and `passphrase`; None where one of them says what is wrong."""
    data = form.file("key")
    if data is None:
        return None
    try:
        return key_files.read(data.decode("ascii", "replace"), passphrase=form["passphrase"].data)
    except SealingError as error:
        is_passphrase = error.fault is Fault.WRONG_PASSPHRASE
        form.refuse("passphrase" if is_passphrase else "key_upload", FAULTS[error.fault])
        return None
