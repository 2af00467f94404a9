"""A model on a server that the school runs, asked over the OpenAI-compatible interface.

In:  KOMAINU_MODEL_URL, and KOMAINU_MODEL_KEY and KOMAINU_MODEL_NAME where the server wants them.   Out: a model; else Trouble.
It is off unless a teacher sets these. The key is read when it is sent, never kept, printed or recorded; it goes to
this one address, over https unless the server is this computer, and no redirection is followed.
Left out on purpose: accounts, streaming, and every server that gives no probabilities.
"""

import json
import math
import os
import sys
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from ipaddress import ip_address
from urllib.parse import urlsplit

from realmodel.live import Completion, Live
from realmodel.trouble import Trouble

SECONDS = 30
"""How long a server may take for one answer."""
LARGEST = 4_000_000
"""More bytes than any answer has."""
MOST = 20
"""As many probabilities as servers give for one place."""
HALF = "\ufffd \n"
"""What an answer consists of that ended at once, or within a sign of several bytes; it has no probabilities."""
CHAT = "Continue the text of the user. Write only what comes next."


class Endpoint(Live):
    """The model behind an address."""

    kind = "endpoint"

    def __init__(self, free=False, url=None, seconds=SECONDS):
        if sys.platform == "emscripten":  # its sockets lead nowhere, and say so late
            raise Trouble("browser")
        self._url = address(url if url is not None else os.environ.get("KOMAINU_MODEL_URL", ""))
        self._model = os.environ.get("KOMAINU_MODEL_NAME", "").strip()
        self._seconds = seconds
        super().__init__(self._model or urlsplit(self._url).hostname, free)
        self.complete("The capital of France is", 1, first=1)

    def complete(self, text, longest, warmth=0.0, seed=0, first=0):
        """What the server's model writes after this text."""
        asked = {"max_tokens": longest, "temperature": warmth, "seed": seed, "stop": ["\n"]}
        asked |= {"model": self._model} if self._model else {}
        wanted = min(max(first, 1), MOST)
        if self._url.endswith("/chat/completions"):
            says = [{"role": "system", "content": CHAT}, {"role": "user", "content": text}]
            asked |= {"messages": says, "logprobs": True, "top_logprobs": wanted}
        else:
            asked |= {"prompt": text, "logprobs": wanted}
        return understood(self._reply(asked), first)

    def _reply(self, asked):
        request = urllib.request.Request(self._url, json.dumps(asked).encode(), headers())  # noqa: S310  address() lets http and https through only
        try:
            with _opener(self._url).open(request, timeout=self._seconds) as reply:
                return json.loads(_read(reply, time.monotonic() + self._seconds))
        except urllib.error.HTTPError as error:
            raise Trouble("status", status=error.code) from None
        except TimeoutError:
            raise Trouble("slow", seconds=self._seconds) from None
        except urllib.error.URLError as error:
            slow = isinstance(error.reason, TimeoutError)
            raise (Trouble("slow", seconds=self._seconds) if slow else Trouble("down")) from None
        except (OSError, HTTPException):
            raise Trouble("down") from None
        except (ValueError, RecursionError):
            raise Trouble("nonsense") from None


def address(url):
    """The address that is asked; Trouble when there is none, or when a text could be read on its way.

    >>> address("http://127.0.0.1:8080/v1")
    'http://127.0.0.1:8080/v1/completions'
    """
    url = url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Trouble("url") from None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or parts.query or parts.fragment:
        raise Trouble("url")
    if parts.scheme == "http" and not is_here(host):
        raise Trouble("http")
    return url if url.endswith("/completions") else f"{url}/completions"


def is_here(host):
    """Whether this host is the computer itself.

    >>> is_here("localhost"), is_here("127.0.0.2"), is_here("::1"), is_here("192.168.0.2"), is_here("127.0.0.1.example")
    (True, True, True, False, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def headers():
    """What goes with a question; the key is read here and nowhere else."""
    key = os.environ.get("KOMAINU_MODEL_KEY", "").strip()
    if not all("!" <= sign <= "~" for sign in key):
        raise Trouble("key")
    return {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})


class _Refused(urllib.request.HTTPRedirectHandler):
    """A redirection is an error: the key and the question are meant for one address only."""

    def redirect_request(self, *_):
        return None


def _opener(url):
    """Opens addresses without following redirections; to this computer itself without a proxy."""
    near = [urllib.request.ProxyHandler({})] if is_here(urlsplit(url).hostname) else []
    return urllib.request.build_opener(_Refused, *near)


def _read(reply, until):
    """The bytes of an answer, as long as they come in time and are not too many."""
    read = bytearray()
    while part := reply.read1(65536):
        read += part
        if time.monotonic() > until:
            raise TimeoutError
        if len(read) > LARGEST:
            raise ValueError("too long")
    return bytes(read)


def understood(reply, first):
    """What a reply says, in either of the two forms that servers use; Trouble for everything else."""
    try:
        choice = reply["choices"][0]
        text = choice["text"] if "text" in choice else choice["message"]["content"]
        steps = _steps(choice.get("logprobs"))
        read = reply.get("usage", {}).get("prompt_tokens", 0)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError):
        raise Trouble("nonsense") from None
    pairs = [one for step in steps for one in (step[0], *step[1])]
    if not (isinstance(text, str) and isinstance(read, int) and all(map(_sound, pairs))):
        raise Trouble("nonsense")
    if text.strip(HALF) and not steps:
        raise Trouble("shares")
    tops = sorted(((token, math.exp(value)) for token, value in steps[0][1]), key=lambda one: -one[1]) if steps else []
    return Completion(text, tuple((token, math.exp(value)) for (token, value), _ in steps), tuple(tops[:first]), read)


def _steps(logprobs):
    """For each place: the token that was chosen, and the probable ones, all as (text, logarithm)."""
    if not logprobs:
        return []
    if "content" in logprobs:
        return [
            ((one["token"], one["logprob"]), [(top["token"], top["logprob"]) for top in one["top_logprobs"]])
            for one in logprobs["content"]
        ]
    tops = logprobs.get("top_logprobs") or [{}] * len(logprobs["tokens"])
    chosen = zip(logprobs["tokens"], logprobs["token_logprobs"], strict=True)
    return [(one, list(top.items())) for one, top in zip(chosen, tops, strict=True)]


def _sound(pair):
    token, value = pair
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(token, str) and number and value <= 1e-6
