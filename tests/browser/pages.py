"""The page types of the site: one address for each kind of page, in both languages.

Whoever adds a kind of page adds its address here; axe and Lighthouse then look at it too.
"""

PAGE_TYPES = (
    "",
    "lessons/",
    "lessons/reasonable-lies/",
    "lessons/reasonable-lies/pupil/",
    "lessons/next-word-cards/pupil/",
    "exercises/",
    "exercises/i-dont-know/",
    "exercises/i-dont-know/notebook/",
    "exercises/draw-a-shrine/notebook/",
    "exercises/draw-a-shrine/run/",
    "draw/",
    "skills/",
    "glossary/",
    "sources/",
    "teachers/",
    "schools/",
    "policy/",
    "diagnosis/",
    "diagnosis-key/",
    "grade/",
    "grade-here/",
    "model/",
    "quizzes/",
    "white-paper/",
    "pupils/",
    "offline/",
    "contribute/",
    "decisions/",
    "developers/",
)
LANGUAGES = {"ja": "", "en": "en/"}


def is_lesson(path: str) -> bool:
    """Whether this is the page of one lesson, the teacher's or the pupil's.

    >>> [is_lesson(p) for p in ("lessons/", "lessons/x/", "en/lessons/x/pupil/")]
    [False, True, True]
    """
    parts = path.removeprefix("en/").strip("/").split("/")
    return parts[0] == "lessons" and len(parts) > 1


def is_notebook(path: str) -> bool:
    """Whether this is an executed notebook.

    >>> [is_notebook(p) for p in ("exercises/", "exercises/x/", "en/exercises/x/notebook/")]
    [False, False, True]
    """
    return path.endswith("/notebook/")
