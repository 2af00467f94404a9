"""A quiz as a value: one quiz in one language, with all that a format needs.

In:  the questions of a lesson or of a diagnosis.   Out: a QuizSet.
Left out on purpose: how a format writes it (its own module).
"""

from __future__ import annotations

from dataclasses import dataclass

from komainu.quiz import Question

NO_FURIGANA = 9


@dataclass(frozen=True)
class QuizSet:
    """One quiz in one language, ready to be written in any format."""

    id: str
    """A lesson's id, or that of a diagnosis, such as diagnosis-a-jhs."""
    title: str
    lang: str
    """ja or en."""
    questions: tuple[Question, ...]
    credit: str
    """The line that names the licence."""
    instructions: str = ""
    furigana: int = NO_FURIGANA
    """Words whose kanji are all of this school year or below stay without furigana; 9 is none at all."""
