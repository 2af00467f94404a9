"""The world of people who do not exist (E3, E4) and the machine that listens."""

import random

import pytest

from smallmachines.facts import Listener, Sentence, make_world, rumours, seen_once, talk, wrong_share
from smallmachines.words import language


def heard(talked, m=0.5):
    listener = Listener(m)
    listener.hear(talked)
    return listener


def correlation(xs, ys):
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    up = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    return up / (sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys)) ** 0.5


def test_every_person_is_one_person():
    """No two people of a world share a name, in either language, and the facts are the same in both."""
    worlds = {}
    for lang in ("en", "ja"):
        language(lang)
        worlds[lang] = make_world(people=5000, families=50, seed=2)
        assert len({person.name for person in worlds[lang]}) == 5000
    assert [p.home for p in worlds["ja"]] == [p.home for p in worlds["en"]]


def test_like_family_is_the_share_who_live_where_the_family_comes_from():
    """With like_family=0.6 about 60% of a family, plus chance, share a town."""
    world = make_world(people=3000, families=30, like_family=0.6, seed=1)
    shares = []
    for family in dict.fromkeys(person.family for person in world):
        homes = [person.home for person in world if person.family == family]
        shares.append(max(homes.count(home) for home in homes) / len(homes))
    assert sum(shares) / len(shares) == pytest.approx(0.6 + 0.4 / 47, abs=0.03)


def test_talk_follows_zipf():
    """The first person is talked about twice as often as the second and ten times as often as the tenth."""
    world = make_world(people=100, seed=1)
    names = [sentence.name for sentence in talk(world, 50000, seed=1)]
    first, second, tenth = (names.count(world[rank].name) for rank in (0, 1, 9))
    assert first / second == pytest.approx(2, rel=0.1)
    assert first / tenth == pytest.approx(10, rel=0.15)


def test_seen_once_is_exactly_the_leave_one_out_share_of_news():
    """Take out any one sentence: the share of times it is news to the rest is the Good-Turing estimate."""
    sentences = talk(make_world(people=60, seed=1), 100, seed=1)
    news = [sentence not in sentences[:at] + sentences[at + 1 :] for at, sentence in enumerate(sentences)]
    assert seen_once(sentences) == sum(news) / len(news)


def test_wrong_answers_follow_the_share_of_facts_seen_once():
    """E3: over 3 seeds the wrong share lies within 0.06 of (seen once) x 46/47, and they go together over 20 corpora."""
    once, wrong = {}, {}
    corpora = [(zipf, n) for zipf in (0, 0.7, 1, 1.5) for n in (250, 500, 1000, 2000, 4000)]
    for zipf, n in corpora:
        for seed in range(3):
            world = make_world(people=500, seed=seed)
            talked = talk(world, n, seed=seed + 100, zipf=zipf)
            once.setdefault((zipf, n), []).append(seen_once(talked) * 46 / 47)
            wrong.setdefault((zipf, n), []).append(
                wrong_share(heard(talked), talk(world, 1500, seed=seed + 200, zipf=zipf))
            )
    for corpus in corpora:
        if corpus[1] >= 500:
            assert abs(sum(once[corpus]) - sum(wrong[corpus])) / 3 <= 0.06, corpus
    for seed in range(3):
        assert (
            correlation(
                [once[corpus][seed] for corpus in corpora], [wrong[corpus][seed] for corpus in corpora]
            )
            >= 0.95
        )


def test_wrong_answers_are_about_people_never_heard_of():
    """Why E3 holds: without families the wrong share is the share of unknown people, less one lucky guess in 47."""
    world = make_world(people=500, seed=4)
    talked, questions = talk(world, 1000, seed=5), talk(world, 4000, seed=6)
    known = {sentence.name for sentence in talked}
    unknown = sum(question.name not in known for question in questions) / len(questions)
    assert wrong_share(heard(talked), questions) == pytest.approx(unknown * 46 / 47, abs=0.015)


def test_temperature_zero_still_answers_wrong():
    """E4: colder is not worse, but at T=0 at least half of the unknown mass stays wrong (no families)."""
    for seed in range(3):
        world = make_world(people=1000, seed=seed)
        talked, questions = talk(world, 1000, seed=seed + 10), talk(world, 1500, seed=seed + 20)
        listener = heard(talked)
        wrong = [wrong_share(listener, questions, temperature, seed) for temperature in (0, 1, 2)]
        assert wrong == sorted(wrong)
        known = {sentence.name for sentence in talked}
        assert wrong[0] >= 0.5 * sum(question.name not in known for question in questions) / len(questions)


def test_more_true_sentences_and_families_help():
    """E4: more true talk removes the floor, and stepping back to the family helps where families live together."""
    small, large, single = [], [], []
    for seed in range(3):
        world, alone = make_world(1000, like_family=0.6, seed=seed), make_world(1000, seed=seed)
        questions = talk(world, 1000, seed=seed + 20)
        small.append(wrong_share(heard(talk(world, 1000, seed=seed + 10)), questions))
        large.append(wrong_share(heard(talk(world, 8000, seed=seed + 10)), questions))
        single.append(
            wrong_share(heard(talk(alone, 1000, seed=seed + 10)), talk(alone, 1000, seed=seed + 20))
        )
    assert sum(large) < 0.4 * sum(small)
    assert sum(small) < 0.8 * sum(single)


def test_rumours_are_false_and_consistent():
    """Each rumour puts one person into one wrong town, again and again."""
    world = make_world(people=200, seed=1)
    false = rumours(world, people=60, times=6, seed=1)
    assert len(false) == 360
    assert len(set(false)) == 60
    assert not set(false) & set(world)
    assert all(1 <= sentence.home <= 47 for sentence in false)


def test_the_listener_never_looks_at_the_true_town():
    """The clues of a question stay the same when its answer changes."""
    question = make_world(people=5)[3]
    assert Listener().clues(question) == Listener().clues(question._replace(home=0))


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: make_world(people=0), "people は 1 から"),
        (lambda: make_world(families="many"), "families は 1 から"),
        (lambda: make_world(like_family=60), "like_family は 0 から 1"),
        (lambda: talk([], 10), "make_world"),
        (lambda: talk(make_world(5), 0), "n は 1 から"),
        (lambda: talk(make_world(5), 5, zipf=-1), "zipf は 0 以上"),
        (lambda: rumours(make_world(5), people=60), "people は 1 から 5"),
        (lambda: Listener().hear("ソラガワさんは町に住む"), "make_world"),
        (lambda: Listener().hear([("a", "b", 1)]), "make_world"),
        (lambda: Listener().answer(Sentence("a", "b", 1), random.Random(1)), "まだ何も学んでいません"),
        (lambda: Listener().guess("ソラガワ"), "make_world"),
        (lambda: seen_once([]), "make_world"),
        (lambda: wrong_share(Listener(), []), "make_world"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(act, words):
    """A pupil's mistake gets a sentence that says what to do."""
    with pytest.raises((TypeError, ValueError), match=words):
        act()
