# %% [markdown] id="title"
# # Facts heard only once
#
# Imagine an island where 500 people live.
# It has 47 towns, numbered from 1 to 47.
# A machine is told, in 500 sentences, who lives in which town.
# Every one of the sentences is true.
# Even so, the machine will sometimes put out an answer that sounds reasonable and is wrong.
# What percentage of its answers will be wrong?
# See whether you can tell before looking at a single answer, just by counting.
#
# The islanders do not exist; they were made up for this exercise.
# Run the cells from top to bottom.
# The part called “High school” at the very end is for older pupils, or for anyone who wants to go on.

# %% id="start"
from collections import Counter
from math import log, sqrt

import smallmachines
from smallmachines.checking import check
from smallmachines.facts import Listener, make_world, seen_once, talk, wrong_share
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, lines

smallmachines.start("en")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. Your own idea first
#
# Can a machine that has heard nothing but true sentences put out a wrong answer?
# If so, in questions about which people?
# Write between the two `"""` below, give a reason too, and run the cell.

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
I think so. If it is asked about someone who never came up, there is no sentence to take the answer from.
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. Count, then predict
#
# We make the island and collect 500 sentences that are said there.
# Some people are talked about all the time, others hardly ever.
# Look at the first five sentences.
# Each line is one sentence: `name` is the name, `family` the family name, and `home` the number of the town.

# %% id="island"
world = make_world(people=500, seed=1)
heard = talk(world, 500, seed=11)
for sentence in heard[:5]:
    print(sentence)

# %% [markdown] id="ask-count"
# The sentence about a well-known person comes up again and again.
# What percentage of the 500 sentences **come up exactly once**?
# From now on we call this the **share heard once**.
#
# In the function below, `times` is a list of how often each sentence came up.
# `times.count(number)` counts how many times that number is in the list.
# Change `...` into a number, run the cell, and then run the check below it.

# %% id="count-once" fill="code"
def count_once(sentences):
    times = list(Counter(sentences).values())
    ### BEGIN SOLUTION
    return times.count(1)
    #> return times.count(...)
    ### END SOLUTION


print(f"share heard once: {count_once(heard) / len(heard):.0%}")

# %% id="check-count-once" check="count-once"

# %% [markdown] id="ask-wrong"
# Next come 1,000 questions: “Which town does this person live in?”
# The people who are talked about more are also asked about more.
# The machine always answers with the number of a town, whatever the question.
#
# **What percentage of the answers will be wrong?**
# Use the share heard once as your clue and write a prediction.
# Replace `...` by a number and nothing else: for 40% write `40`.

# %% id="guess-wrong" fill="predict"
### BEGIN SOLUTION
predict("guess-wrong", 23)
#> predict("guess-wrong", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. Let it listen, let it answer
#
# The machine hears the 500 sentences.
# It counts which town came up in the sentences about which person, and answers by those counts.
#
# Here are eight of the questions: the name and the machine's answer.
# Right and wrong answers are mixed.
# Which ones look right?
# Note down what you decide on a piece of paper.

# %% id="eight-answers"
listener = Listener()
listener.hear(heard)
questions = talk(world, 1000, seed=21)
for person in questions[80:88]:
    print(person.name, listener.guess(person)[0])

# %% [markdown] id="show-wrong"
# Now with the number of the true town on the right.
# Do the wrong answers look any different from the right ones?
#
# Below that stands the percentage wrong for all 1,000 questions, beside your prediction.

# %% id="result" needs="guess-wrong"
for person in questions[80:88]:
    print(person.name, listener.guess(person)[0], person.home)
wrong = wrong_share(listener, questions)
compare("guess-wrong", round(100 * wrong))

# %% [markdown] id="investigate" step="investigate"
# ## 4. Who are the wrong answers about?
#
# The share of wrong answers came close to the share heard once.
# So are the people it heard about only once the ones it gets wrong?
# To find out, we sort the questions into three groups by how often the person was heard about.
# The groups are never (0), once, and, for comparison, 2 or more times.
#
# **Of the questions about people heard about exactly once, what percentage will be wrong?**
# Again, write just a number.

# %% id="guess-once" fill="predict"
### BEGIN SOLUTION
predict("guess-once", 50)
#> predict("guess-once", ...)
### END SOLUTION

# %% id="groups" needs="guess-once"
times = Counter(heard)
groups = {
    "0": [person for person in questions if times[person] == 0],
    "1": [person for person in questions if times[person] == 1],
    "2 or more": [person for person in questions if times[person] >= 2],
}
card = compare("guess-once", round(100 * wrong_share(listener, groups["1"])))
for name, people in groups.items():
    print(f"times heard {name}: {len(people)} questions, {wrong_share(listener, people):.0%} wrong")
card

# %% [markdown] id="why-once"
# For anyone it had heard about even once, the machine put out the right town.
# The wrong answers are about people it had **never heard about**.
# A right answer there is a lucky hit.
#
# Why, then, does counting what was heard *once* tell us how many questions are about people heard about *never*?
# Hide one of the 500 sentences and let it stand for a question that is still to come.
# If the same sentence is not among the other 499, the question is about somebody new.
# Hide every sentence in turn, and take the share that was new.
# The number on the right is the share heard once.

# %% id="hide-one"
first_time = [sentence not in heard[:at] + heard[at + 1 :] for at, sentence in enumerate(heard)]
sum(first_time) / len(heard), seen_once(heard)

# %% [markdown] id="ask-why"
# Why are the two numbers exactly the same?
# Explain it between the `"""`, using the words “the hidden sentence” and “the other sentences”.

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
If the hidden sentence came up once, it is not among the other sentences, so it is about somebody new.
If it came up twice or more, the same sentence is still among the other sentences.
So the share that was new is the share heard once.
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="modify" step="modify"
# ## 5. Let it hear more
#
# `wrong_after(n)` changes the number of sentences to `n`, measures again, and returns the share of wrong answers.
# How many sentences does it take until **5% (0.05) or less** are wrong?
#
# First change `...` into `1000` and run the cell.
# That is twice as many sentences. Did the wrong answers come down to half?
# Then find a number below 4000 that gives 0.05 or less, and run the check.
# Write numbers without a comma.

# %% id="enough" fill="code"
def wrong_after(n, seed=1):
    island = make_world(people=500, seed=seed)
    machine = Listener()
    machine.hear(talk(island, n, seed=seed + 10))
    return wrong_share(machine, talk(island, 1000, seed=seed + 20))


### BEGIN SOLUTION
enough = 3000
#> enough = ...
### END SOLUTION
wrong_after(enough)

# %% id="check-enough" check="enough"

# %% [markdown] id="modify-2" step="modify-2"
# ## 6. Try two ways to mend it
#
# **Attempt 1** To the first 500 sentences we add another 500, all about the 20 people who are talked about most.
# That is twice as many sentences.
# The questions are the same 1,000 as before.
#
# **What percentage will be wrong?**

# %% id="guess-famous" fill="predict"
### BEGIN SOLUTION
predict("guess-famous", 10)
#> predict("guess-famous", ...)
### END SOLUTION

# %% id="famous-only" needs="guess-famous"
more_famous = heard + talk(world[:20], 500, seed=31)
again = Listener()
again.hear(more_famous)
card = compare("guess-famous", round(100 * wrong_share(again, questions)))
print(f"share heard once: {seen_once(heard):.0%} → {seen_once(more_famous):.0%}")
card

# %% [markdown] id="famous-why"
# The share heard once went down, yet the share of wrong answers hardly changed.
# The clue can be used when the same people come up equally often in the sentences and in the questions.
#
# **Attempt 2** For people it has never heard about, the machine puts out “I don't know”.
# Only that group had wrong answers, so there will be none left.
# In return we lose the questions it would have got right.
#
# Of the questions about people never heard about, what percentage would have been right? We compare two islands.
# On the second, about 90% of the people live in the town that goes with their family name.
# For somebody it has not heard about, the machine uses its counts for people of the same family name.

# %% id="say-idk"
def lost(like_family):
    island = make_world(people=500, like_family=like_family, seed=1)
    told = talk(island, 500, seed=11)
    machine = Listener()
    machine.hear(told)
    unheard = [person for person in talk(island, 1000, seed=21) if person not in told]
    return 100 * (1 - wrong_share(machine, unheard))


bars({"first island": lost(0), "island of families": lost(0.9)}, x="island", y="would have been right (%)")

# %% [markdown] id="explain" step="explain"
# ## 7. In your own words
#
# Where there is a rule, as on the island of families, even a fact that was never heard can be hit.
# On the first island there was no rule: who lives in which town is a **fact that can only be memorised**.
#
# Here are two opinions:
#
# - It learned from true sentences only, so all the AI's answers are right.
# - AI answers are full of mistakes, so AI is no use.
#
# Choose one and answer it with what you found today.
# Use the words “can only be memorised” and “never heard about”.

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
To the first: even when every sentence is true, the town of a person it has never heard about can only be memorised, so it is right only by luck.
So not all answers are right. But it was right about people it had heard of once, so it pays to decide which answers to check first.
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **What the small machine leaves out**
# >
# > - One sentence holds one fact.
# >   A real language model computes how long texts go on.
# > - This machine answers every question.
# >   Some real ones can put out “I don't know”, or are combined with something that looks things up.
# > - On this island the same people come up equally often in the sentences and in the questions.
# > - The share of wrong answers depends on how the island was made.
# >   How many of a real model's answers are wrong cannot be said from this island.
# >
# > Some people call a reasonable-sounding error a “lie”, but nothing is done on purpose.
# > The machine has no part that checks whether something is true.

# %% [markdown] id="procedure" step="check"
# ## 8. The class's checking procedure
#
# Before using a machine's answer, check it in this order.
# Put it into the words of your class and write it in your notebook.
#
# 1. Decide what to check; underline names, numbers and dates.
# 2. Separate facts that follow a rule from facts that can only be memorised.
# 3. Ask whether this is talked about a lot or hardly ever.
# 4. Start with what is hardly ever talked about and can only be memorised: find the original source.
# 5. See whether a second source that does not copy it says the same.
# 6. Write down separately what you found out and what you could not.

# %% [markdown] id="high-school"
# ## High school: the clue as a formula
#
# From here on the exercise is for older pupils, and for anyone who wants to go on.
#
# Even for a person never heard about, naming one of K towns is right about 1/K of the time.
# So let the clue to the share of wrong answers be
#
# > share heard once × (K − 1) ÷ K
#
# We call this the **leading term**.
# Write a function that takes a list of sentences and the number of towns and returns the leading term.
# `seen_once(sentences)` returns the share heard once.

# %% id="leading-term" fill="code"
def leading_term(sentences, towns):
    ### BEGIN SOLUTION
    return seen_once(sentences) * (towns - 1) / towns
    #> return ...
    ### END SOLUTION

# %% id="check-leading-term" check="leading-term"

# %% [markdown] id="slack"
# ### Draw the slack too
#
# The theorem of (Kalai and Vempala 2024) gives a lower bound on how much of freely generated text is false.
# The bound is the share heard once, less three things.
# The first is a **slack**, because the number of sentences n is limited: √(6 ln(6/δ) ÷ n).
# Here ln is the natural logarithm.
# δ is the probability with which we allow the bound to fail, here 0.05.
# (We checked the formula in texts that quote the paper, not in the paper itself.)
#
# For an island of 5,000 people the chart shows the machine's share of wrong answers, the leading term, and the leading term less the slack.

# %% id="slack-lines" needs="leading-term"
big = make_world(people=5000, seed=1)
rows = {"machine": {}, "leading term": {}, "leading term − slack": {}}
for n in (1000, 2000, 4000, 8000):
    machine = Listener()
    machine.hear(talk(big, n, seed=11))
    rows["machine"][n] = wrong_share(machine, talk(big, 1000, seed=21))
    rows["leading term"][n] = leading_term(talk(big, n, seed=11), 47)
    rows["leading term − slack"][n] = rows["leading term"][n] - sqrt(6 * log(6 / 0.05) / n)
lines(rows, x="sentences", y="share")

# %% [markdown] id="not-the-theorem"
# ### Why we do not call it “the theorem”
#
# The machine stays near the leading term and above the line with the slack taken off.
# That line is not the bound of the theorem, though.
# The theorem takes off two more things:
#
# 1. how far the model's probabilities are off;
# 2. (3 ÷ δ) × number of true facts ÷ number of plausible false ones.
#
# On this island each person has 1 right town and 46 wrong ones.
# Thing 2 is 3 ÷ 0.05 ÷ 46, which alone is more than 1.
# With everything taken off, the bound lies below 0, and the theorem promises nothing about this island.
# That is why the line in the chart is called “the leading term” and not “the theorem”.
#
# To end, read the procedure in part 8 again and write down anything you would add.
