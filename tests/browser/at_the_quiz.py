"""A pupil at the questions of a pupils' page: answers them with the keyboard or the pointer and has them checked.

In:  a watched page; questions of a lesson, or made-up ones of all seven kinds.
Out: a Quiz with what a pupil can do and see; the HTML of a page with the made-up questions in it.
Left out on purpose: what an answer earns; that stands in komainu.exports.scoring.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from markdown import Markdown
from playwright.sync_api import Locator, Page, expect
from run import ROOT

from browser.pages import LANGUAGES
from komainu.curriculum import Curriculum
from komainu.exports.scoring import JUDGEMENTS
from komainu.lab import Edition
from komainu.load import load
from komainu.quiz import Question
from komainu.self_check import self_check
from komainu.writing import Here, finished, with_furigana

LESSON = "missing-torii"
"The lesson on whose page the made-up questions are put."
PUPIL = f"lessons/{LESSON}/pupil/"
WORDS = {
    "single": {"stem": "**鳥居**は何の門ですか。", "options": {"a": "学校の門", "b": "神社の門", "c": "家の門"}, "why": {"a": "学校の校門に鳥居はありますか。", "c": "家の玄関を思い出しましょう。"}, "explain": "神社の入り口に立つ門です。"},
    "multiple": {"stem": "神社にあるものをすべて選びましょう。", "options": {"a": "鳥居", "b": "校庭", "c": "狛犬", "d": "教室"}, "why": {"b": "校庭はどこにありますか。", "d": "教室では何をしますか。"}, "explain": "鳥居と狛犬があります。"},
    "order": {"stem": "おまいりの順番にならべましょう。", "options": {"a": "手を洗う", "b": "鳥居をくぐる", "c": "おじぎをする"}, "explain": "くぐる、洗う、おじぎの順です。"},
    "match": {"stem": "組み合わせましょう。", "options": {"a": "一本目の鳥居", "b": "二本目の鳥居"}, "targets": {"x": "赤い", "y": "白い", "z": "黒い"}, "explain": "絵のとおりです。"},
    "number": {"stem": "鳥居の柱は何本ですか。", "explain": "二本です。"},
    "short": {"stem": "神社の入り口の門を何と言いますか。", "explain": "鳥居と言います。"},
    "confidence": {"stem": "狛犬は、どの神社にも必ずいる。", "explain": "いない神社もあります。"},
}
"Words of each kind; they serve for both languages, since it is not the words that are looked at."
KEYS = {
    "single": ["b"], "multiple": ["a", "c"], "order": ["b", "a", "c"], "match": {"a": "x", "b": "y"},
    "number": {"value": 2, "tolerance": 0}, "short": {"ja": ["鳥居", "とりい"], "en": ["torii"]}, "confidence": False,
}
WRONG = {
    "single": ["a"], "multiple": ["b"], "order": ["c", "b", "a"], "match": {"a": "z", "b": "x"},
    "number": 3, "short": "門", "confidence": "true-certain",
}


def question(kind: str) -> Question:
    """The made-up question of a kind."""
    words = WORDS[kind]
    lists = tuple(words.get("options", ())), tuple(words.get("targets", ()))
    return Question(f"made-{kind}", kind, "use-jhs-a", *lists, KEYS[kind], dict.fromkeys(LANGUAGES, words), "quiz.yml", 1)


MADE_UP = {kind: question(kind) for kind in WORDS}


@cache
def curriculum() -> Curriculum:
    """The sources of this repository, read once."""
    return load(ROOT, date.today())[0]


def right(asked: Question, lang: str) -> object:
    """An answer that is right."""
    if asked.kind == "confidence":
        return "true-certain" if asked.key else "false-certain"
    return {"number": lambda: asked.key["value"], "short": lambda: asked.key[lang][0]}.get(asked.kind, lambda: asked.key)()


@cache
def made_up_html(site: Path, lang: str = "ja", kinds: tuple[str, ...] = tuple(WORDS)) -> str:
    """The built pupils' page with made-up questions in the place of its own, from the same Markdown extensions."""
    here = Here(curriculum(), lang, PUPIL, edition=Edition("engine/none/", 0, 0))
    text = finished(here, self_check(here, [MADE_UP[kind] for kind in kinds]))
    text = with_furigana(here, text, 4).replace("%KOMAINU-UD-KB%", "0") if lang == "ja" else text
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
    names = [next(iter(one)) if isinstance(one, dict) else one for one in settings]
    configs = {name: value for one in settings if isinstance(one, dict) for name, value in one.items() if name != "toc"}
    made = Markdown(extensions=names, extension_configs=configs).convert(text)
    page = (site / LANGUAGES[lang] / PUPIL / "index.html").read_text("utf-8")
    return re.sub(r"<article\b([^>]*)>.*</article>", lambda found: f"<article{found[1]}><h1>鳥居</h1><h2>鳥居</h2>{made}</article>", page, flags=re.DOTALL)


@dataclass(frozen=True)
class Quiz:
    """The questions of one page in one tab."""

    page: Page
    lang: str = "ja"

    # --- what there is
    def block(self, asked: Question) -> Locator:
        """All of one question."""
        return self.page.locator(f".k-question:has(#quiz-{asked.id})")

    def status(self, asked: Question) -> Locator:
        """Where the page speaks of a question."""
        return self.block(asked).get_by_role("status")

    def check(self, asked: Question) -> Locator:
        """The button that checks."""
        return self.block(asked).locator("button[type=submit]")

    def again(self, asked: Question) -> Locator:
        """The button that begins a question anew."""
        return self.block(asked).locator(".k-do button[type=button]")

    def verdict(self, asked: Question) -> str | None:
        """What the page made of the answer: right, partly, wrong, even, or nothing yet."""
        return self.status(asked).get_attribute("data-verdict")

    # --- what a pupil does
    def give(self, asked: Question, given: object, keys: bool = False) -> None:
        """Answers a question and has it checked, all with the keyboard or all with the pointer."""
        {"single": self._choose, "multiple": self._choose, "order": self._order, "match": self._match, "confidence": self._judge}.get(
            asked.kind, self._write)(asked, given, keys)  # fmt: skip
        if keys and asked.kind in ("number", "short"):
            self.page.keyboard.press("Enter")
        elif keys:
            self.tab_to(self.check(asked))
            self.page.keyboard.press("Enter")
        else:
            self.check(asked).click()

    def tab_to(self, wanted: Locator) -> None:
        """Tab until it has the focus, forwards and then backwards, as a pupil without a pointer does."""
        for key, most in (("Tab", 40), ("Shift+Tab", 80)):
            for _ in range(most):
                if wanted.evaluate("e => e === document.activeElement"):
                    return
                self.page.keyboard.press(key)
        raise AssertionError(f"Tab never comes to {wanted}")

    def _choose(self, asked: Question, given: list[str], keys: bool) -> None:
        rows = self.block(asked).locator(".k-choices li")
        for option in given:
            row = rows.nth(asked.options.index(option))
            self._tick(row, asked.options.index(option), keys)

    def _tick(self, row: Locator, at: int, keys: bool) -> None:
        box = row.locator("input")
        if not keys:
            row.locator("label > span").click()
        elif box.get_attribute("type") == "checkbox":
            self.tab_to(box)
            self.page.keyboard.press("Space")
        else:  # a group of radio buttons is one stop; arrows move in it
            self.tab_to(row.locator("xpath=..").locator("input").first)
            self.page.keyboard.press("Space")
            for _ in range(at):
                self.page.keyboard.press("ArrowDown")
        expect(box).to_be_checked()

    def _judge(self, asked: Question, given: str, keys: bool) -> None:
        at = [one.id for one in JUDGEMENTS].index(given)
        self._tick(self.block(asked).locator(".k-judge li").nth(at), at, keys)

    def order(self, asked: Question) -> list[str]:
        """The options as they stand now, by their ids."""
        rows = self.block(asked).locator(".k-choices li > span:first-child").evaluate_all(
            "all => all.map(e => { const c = e.cloneNode(true); c.querySelectorAll('rt, rp').forEach(r => r.remove()); return c.textContent; })"
        )
        texts = {re.sub(r"\s", "", text): option for option, text in asked.words[self.lang]["options"].items()}
        return [texts[re.sub(r"\s", "", row)] for row in rows]

    def _order(self, asked: Question, given: list[str], keys: bool) -> None:
        for place, option in enumerate(given):
            while (at := self.order(asked).index(option)) > place:
                up = self.block(asked).locator(".k-choices li").nth(at).locator("button").first
                if keys:
                    self.tab_to(up)
                    self.page.keyboard.press("Space")
                else:
                    up.click()
        assert self.order(asked) == list(given)

    def _match(self, asked: Question, given: dict[str, str], keys: bool) -> None:
        boxes = self.block(asked).locator("select")
        for at, option in enumerate(asked.options):
            wanted = str(asked.targets.index(given[option]))
            if keys:
                self.tab_to(boxes.nth(at))
                for _ in range(len(asked.targets)):
                    self.page.keyboard.press("ArrowUp")
                while boxes.nth(at).input_value() != wanted:
                    self.page.keyboard.press("ArrowDown")
            else:
                boxes.nth(at).select_option(value=wanted)

    def _write(self, asked: Question, given: object, keys: bool) -> None:
        field = self.block(asked).locator("input")
        if keys:
            self.tab_to(field)
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.type(str(given))
        else:
            field.fill(str(given))


def open_quiz(page: Page, base: str, lesson: str, lang: str = "ja") -> Quiz:
    """The questions of a lesson's pupils' page."""
    page.goto(f"{base}{LANGUAGES[lang]}lessons/{lesson}/pupil/")
    expect(page.locator(".k-sum")).to_be_attached()
    return Quiz(page, lang)


def open_made_up(page: Page, base: str, site: Path, lang: str = "ja", kinds: tuple[str, ...] = tuple(WORDS)) -> Quiz:
    """The made-up questions, one of each kind, on the page of a lesson."""
    page.route(f"**/{PUPIL}", lambda route: route.fulfill(body=made_up_html(site, lang, kinds), content_type="text/html; charset=utf-8"))
    return open_quiz(page, base, LESSON, lang)
