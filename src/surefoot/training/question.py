"""What is asked on the screen, and how it is answered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes
    ----------
    kind : {"yes-no", "pain", "effort", "number"}
        Yes or no; 0 to 10, with "stretch, not pain", "sharp" and "new leg pain,
        numbness or weakness"; 1 to 5; how many.
    text : str
        The sentence.
    do : str
        The command that answers it: ``"support"``, ``"pain"``, ``"effort"``,
        ``"done"``, ``"held-on"``, ``"direction"``.
    """

    kind: str
    text: str
    do: str
