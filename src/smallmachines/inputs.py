"""What a machine may be given: each check lets good things through and answers bad ones kindly.

In:  something a pupil handed to a machine.   Out: nothing, or the thing itself; otherwise a kind error (`words`).
"""

from smallmachines.words import expect, kindly, say, short


def expect_whole(name, number, low, high):
    """Nothing when this is a whole number from low to high; otherwise a kind error.

    >>> expect_whole("times", 10, low=2, high=1000)
    """
    fine = isinstance(number, int) and low <= number <= high
    expect(fine, "whole", name=name, low=low, high=high, found=short(number))


def expect_texts(texts):
    """Nothing when this is a list of texts; otherwise a kind error.

    >>> expect_texts(["一つ目の文", "二つ目の文"])
    """
    fine = isinstance(texts, list | tuple) and all(isinstance(text, str) for text in texts)
    expect(fine, "texts", found=short(texts))


def expect_pairs(pairs):
    """Nothing when this is a list of at least one (question, answer); otherwise a kind error.

    >>> expect_pairs([("青森県", "青森市")])
    """
    fine = isinstance(pairs, list | tuple) and all(
        isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(text, str) for text in pair)
        for pair in pairs
    )
    expect(fine and pairs, "pairs", found=short(pairs))


def clues(contexts):
    """The clues, if they really are a list; a kind error if they are anything else.

    >>> clues(["all", "garden"])
    ['all', 'garden']
    """
    if not isinstance(contexts, list | tuple):
        raise kindly(TypeError(say("contexts", found=short(contexts))))
    return contexts


def between(name, number, low=0, high=1):
    """The number, if it lies between low and high; a kind error if not.

    >>> between("confidence", 0.8)
    0.8
    """
    fine = isinstance(number, int | float) and low <= number <= high
    expect(fine, "between", name=name, low=low, high=high, found=short(number))
    return number


def not_negative(name, number):
    """The number, if it is 0 or more; a kind error if it is anything else.

    >>> not_negative("temperature", 0.5)
    0.5
    """
    fine = isinstance(number, int | float) and 0 <= number < float("inf")
    expect(fine, "not-negative", name=name, found=short(number))
    return number
