"""The page types of the site: one address for each kind of page, in both languages.

Whoever adds a kind of page adds its address here; axe and Lighthouse then look at it too.
"""

PAGE_TYPES = (
    "",
    "lessons/",
    "lessons/reasonable-lies/",
    "lessons/reasonable-lies/pupil/",
    "lessons/next-word-cards/pupil/",
    "skills/",
    "glossary/",
    "sources/",
    "teachers/",
    "schools/",
    "white-paper/",
    "pupils/",
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
