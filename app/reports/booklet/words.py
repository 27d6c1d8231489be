"""The words of a ballot in the language of the reader, as booklets and specimens print them."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from flask_babel import get_locale


def in_the_language(options: Sequence[SimpleNamespace], plain: Sequence[Mapping[str, Any]]) -> list[SimpleNamespace]:
    """The options with their titles, and their texts where they have one, as the ballot says them in this language."""
    for option, facts in zip(options, plain, strict=True):
        said = facts["wordings"].get(str(get_locale()))
        if said is not None:
            option.title, option.text = said["title"], said["text"] if option.text else option.text
    return list(options)
