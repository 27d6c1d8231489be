"""The key holders of the demo: three invented people whose keys lie beside it, so that a ceremony can be held.

On a real site no key is ever on the machine that holds the ballots.
"""

from pathlib import Path

from flask import current_app

from app.core.access import Actor
from app.voting.sealing import count_sets, key_checks, key_files, keys, result_files
from app.voting.sealing.keys import PrivateKey
from app.voting.sealing.opening import open_all
from app.voting.trustees import services
from app.voting.trustees.services import PlanHolders

NAMES = ("Ruth Delgado, co-chair (community)", "Frank Novak, co-chair (institution)", "The library of Riverside")
THRESHOLD = 2
PASSPHRASE = "a lamp that works again"
"""The one passphrase of all demo keys; README and the sign-in page of the demo may say it."""


class KeyHolders:
    """The three of one vote, with their keys."""

    def __init__(self, cycle_id: int, clerk: Actor) -> None:
        self.cycle_id, self.clerk = cycle_id, clerk
        self.keys: dict[int, PrivateKey] = {number: keys.make() for number in range(1, len(NAMES) + 1)}
        services.plan(cycle_id, PlanHolders(names=NAMES, threshold=THRESHOLD), by=clerk)
        for number, key in self.keys.items():
            file = key_files.write_public(key.public()).encode()
            services.register(cycle_id, number, file, by=clerk)

    def show_that_keys_work(self) -> None:
        """Answer the key check of each."""
        for number, key in self.keys.items():
            asked = key_checks.challenge_from(services.ask_check(self.cycle_id, number, by=self.clerk))
            answer = key_checks.answer(asked, key).to_bytes()
            services.take_answer(self.cycle_id, number, answer, by=self.clerk)

    def open_envelopes(self) -> str:
        """Two of the three open the count set and bring back the result; returns the hash of its file."""
        count_set = count_sets.from_bytes(services.take_count_set(self.cycle_id, by=self.clerk))
        held = {number: self.keys[number] for number in (1, 3)}
        facts = count_set.facts
        opened = open_all(
            count_set.envelopes,
            vote_id=facts.vote_id,
            private_keys=held,
            options=facts.options,
            max_ranks=facts.max_ranks,
            threshold=facts.threshold,
        )
        result = result_files.make(opened, facts, private_keys=held)
        return services.hand_in(self.cycle_id, result_files.to_bytes(result), by=self.clerk)

    def leave_keys(self) -> None:
        """Put the key files where a visitor of the demo finds them, to open the vote that is still on."""
        folder: Path = current_app.config["DATA_DIR"] / "demo-keys"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number, key in self.keys.items():
            path = folder / f"trustee-{number}.key.txt"
            path.touch(mode=0o600)
            path.write_text(key_files.write(key, passphrase=PASSPHRASE))
