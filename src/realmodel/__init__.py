"""A real language model to look into: from recordings, on this computer, or on a server that the school runs.

In:  a setting, or the environment variable KOMAINU_MODEL (recording, laptop, endpoint).   Out: a model, always.
Every kind answers the same questions with the same methods, so a notebook need not know which one it has:

>>> import realmodel
>>> model = realmodel.open_model()
>>> model.kind, model.answer("What is the capital of France?").text
('recording', 'Paris')

Where the wished kind cannot run, one sentence says why, and the recording answers instead.
Left out on purpose: training, long conversations, and prompts that nobody has looked at (see `curated`).
"""

import importlib
import os

from realmodel.answers import Answer, Token, plain
from realmodel.curated import NotCurated, Prompt, prompts
from realmodel.recording import Recording
from realmodel.trouble import Trouble, tell
from smallmachines.words import add, expect, short

__all__ = ["Answer", "NotCurated", "Prompt", "Recording", "Token", "open_model", "plain", "prompts"]
KINDS = ("recording", "laptop", "endpoint")

add(
    {
        "model-kind": {
            "ja": "モデルの種類は recording、laptop、endpoint のどれかにしてください({found} が来ました)。",
            "en": "Choose one of the kinds recording, laptop, endpoint (got {found}).",
        },
    }
)


def open_model(setting=None, free=None):
    """The model of this kind; the recording when none is named, or when that kind cannot run here.

    `free` lets through prompts that are not on the list. It is the teacher's switch, and no pupil needs it.

    >>> open_model("recording").kind
    'recording'
    """
    kind = setting or os.environ.get("KOMAINU_MODEL", "").strip() or "recording"
    expect(kind in KINDS, "model-kind", found=short(kind))
    free = os.environ.get("KOMAINU_MODEL_FREE", "").strip() == "1" if free is None else bool(free)
    try:
        return _opened(kind, free)
    except Trouble as trouble:
        tell(trouble)
        return Recording(free=free, notice=str(trouble))


def _opened(kind, free):
    if kind == "recording":
        return Recording(free=free)
    try:  # the two others need more of Python than a browser's has
        module = importlib.import_module(f"realmodel.{kind}")
    except ImportError:
        raise Trouble("packages") from None
    return (module.Laptop if kind == "laptop" else module.Endpoint)(free=free)
