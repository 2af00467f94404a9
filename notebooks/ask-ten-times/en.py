# %% [markdown] id="title"
# # Ask the same thing ten times
#
# We ask a machine the same question ten times.
# If the answers are always the same, are they right?
# If they are all over the place, are they wrong?
# We turn agreement into a number and measure how far it can be trusted.
#
# The people in it do not exist; they were made up for this exercise.
# Run the cells from top to bottom.
# The part called “High school” at the very end is for older pupils, or for anyone who wants to go on.

# %% id="start"
import random
from statistics import mean

import smallmachines
from smallmachines.asking import agreement, ask_all, auroc
from smallmachines.checking import check
from smallmachines.facts import Listener, make_world, rumours, talk
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, lines, table
smallmachines.start("en")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. Your own idea first
#
# Suppose you ask one person the same thing on ten different days.
# If you get the same answer ten times, do you believe it?
# What if you ask ten people once each, and all ten say the same?
# Write between the two `"""` below, give a reason too, and run the cell.

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
If one person says the same thing ten times, that person may still be mistaken.
Ten people I would believe, unless all ten heard it from the same person.
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. Judge eight answers
#
# Imagine an island where 1,000 people live.
# It has 47 towns, numbered from 1 to 47.
# People of the same family name often live in the same town.
# A machine is told, in 1,000 sentences, who lives in which town.
# Every one of the sentences is true.
#
# The machine draws the number of a town by lot.
# The more often it heard a town, the more likely that town is to be drawn.
# So the same question can get different answers.
#
# We ask ten times where each of eight people (A to H) lives.
# Each line is one person, and the numbers are those of the towns.

# %% id="eight"
world = make_world(people=1000, like_family=0.6, seed=1)
heard = talk(world, 1000, seed=11)
listener = Listener()
listener.hear(heard)
eight = talk(world, 8, seed=1, zipf=0.7)
ten = ask_all(listener.answer, eight, times=10, seed=1)
for letter, answers in zip("ABCDEFGH", ten):
    print(letter, answers)

# %% [markdown] id="ask-right"
# For each person, the **very first answer** counts as the answer.
# Among these eight, right and wrong answers are mixed.
#
# **Which ones are right?**
# Replace `...` by the letters, as in `"A C"`.
# Use capitals in alphabetical order, with one space between them.

# %% id="guess-right" fill="predict"
### BEGIN SOLUTION
predict("guess-right", "A B C D G")
#> predict("guess-right", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. See who was right, and make it a number
#
# How far the answers are the same we call **agreement**, and we define it like this:
#
# > what share of the other nine answers is the same as the first one
#
# If all nine are the same it is 1; if none is, it is 0.
# From left to right you see the letter, the agreement, and whether the answer was right (`True`).
#
# Below that stand your prediction and the result.
# If the letters are the same, your prediction was right, even if their order or the spaces differ.

# %% id="truth" needs="guess-right"
right_letters = [letter for letter, answers, person in zip("ABCDEFGH", ten, eight) if answers[0] == person.home]
card = compare("guess-right", " ".join(right_letters))
for letter, answers in zip("ABCDEFGH", ten):
    print(letter, f"{agreement(answers):.2f}", letter in right_letters)
card

# %% [markdown] id="investigate" step="investigate"
# ## 4. How far can agreement be trusted?
#
# There are answers with high agreement that are wrong, and answers with lower agreement that are right.
# Eight are not many, so now we ask 300 questions, ten times each.
#
# **When all nine others were the same, what percentage of the answers are right?**
# Replace `...` by a number and nothing else: for 40% write `40`.
#
# The cell below it finds the agreement for each person and whether the answer was right, and compares with your prediction.

# %% id="guess-nine" fill="predict"
### BEGIN SOLUTION
predict("guess-nine", 100)
#> predict("guess-nine", ...)
### END SOLUTION

# %% id="interview" needs="guess-nine"
def interview(machine, people, seed=1, times=10):
    asked = ask_all(machine.answer, people, times=times, seed=seed)
    right = [answers[0] == person.home for answers, person in zip(asked, people)]
    return [agreement(answers) for answers in asked], right


questions = talk(world, 300, seed=21)
agreements, right = interview(listener, questions)
compare("guess-nine", round(100 * mean(fine for score, fine in zip(agreements, right) if score == 1)))

# %% [markdown] id="by-steps"
# We sort the 300 answers into three groups by how many of the other nine were the same as the first.
# “Right” in the table is the share of the group's answers that were right.
#
# The column on the far right is there for comparison.
# Only the agreements were shuffled and dealt out to other people, and then sorted in the same way.
# If agreement meant nothing, “right” should look like this column.

# %% id="right-by-step"
def right_ones(scores, low, high):
    return [fine for score, fine in zip(scores, right) if low <= round(9 * score) <= high]

mixed = random.Random(1).sample(agreements, len(agreements))
rows = [("how many the same", "answers", "right (%)", "dealt out again (%)")]
for name, low, high in (("0 to 5", 0, 5), ("6 to 8", 6, 8), ("9", 9, 9)):
    real, dealt = right_ones(agreements, low, high), right_ones(mixed, low, high)
    rows += [(name, len(real), round(100 * mean(real)), round(100 * mean(dealt)))]
table(rows)

# %% [markdown] id="two-errors"
# The groups with more agreement have a larger share of right answers.
# Still, some answers that agree are wrong, and some that do not agree are right.
#
# Suppose we trust only answers whose agreement is `limit` or more.
# There are two ways to go wrong:
#
# - **too much trust** (`too_much_trust`): the share of the trusted answers that were wrong;
# - **too much doubt** (`too_much_doubt`): the share of the right answers that were not trusted.
#
# Get **too much trust down to 6% (0.06) and too much doubt to 15% (0.15)**, or less.
# In `limit = ...`, replace `...` by a number from 0 to 1 and run the cell.
# Start with `0.5`, then try the two ends, `0` and `1`.
# When you have found a good number, run the check.

# %% id="limit" fill="code"
def too_much_trust(limit, scores=agreements, right=right):
    trusted = [fine for score, fine in zip(scores, right) if score >= limit]
    return trusted.count(False) / len(trusted)

def too_much_doubt(limit, scores=agreements, right=right):
    return mean(score < limit for score, fine in zip(scores, right) if fine)

### BEGIN SOLUTION
limit = 0.7
#> limit = ...
### END SOLUTION
print(f"too much trust {too_much_trust(limit):.1%}, too much doubt {too_much_doubt(limit):.1%}")

# %% id="check-limit" check="limit"

# %% [markdown] id="predict-2" step="predict-2"
# ## 5. A rumour goes round
#
# Whatever the `limit`, too much trust and too much doubt cannot both be 0.
# Agreement is a clue; it is not the truth.
#
# Now what if a machine has heard a false **rumour** many times?
# We draw 60 people by lot and make six rumour sentences about each.
# The rumour about one person always names the same wrong town.
# A new machine hears the 1,000 sentences from before and the rumour sentences.
#
# **Asked about those 60 people, what will the mean agreement be, in per cent?**
# If all ten answers about everybody are the same, it is 100%.

# %% id="guess-agree" fill="predict"
### BEGIN SOLUTION
predict("guess-agree", 50)
#> predict("guess-agree", ...)
### END SOLUTION

# %% [markdown] id="modify" step="modify"
# ## 6. Let it hear the rumour
#
# We ask the machine that heard the rumour about the 60 people.
# Look at the percentage of wrong answers as well.

# %% id="rumoured" needs="guess-agree"
gossip = rumours(world, people=60, times=6, seed=1)
names = [sentence.name for sentence in gossip]
sixty = [person for person in world if person.name in names]
rumoured = Listener()
rumoured.hear(heard + gossip)
rumour_agreements, rumour_right = interview(rumoured, sixty)
card = compare("guess-agree", round(100 * mean(rumour_agreements)))
print(f"wrong answers {1 - mean(rumour_right):.0%}")
card

# %% [markdown] id="how-often"
# The answers agree well, and yet most of them are wrong.
# What would have happened without the rumour?
# We change only how often the rumour is heard.
# 0 times means no rumour at all.

# %% id="rumour-times"
def rumour_effect(times):
    machine = Listener()
    machine.hear(heard + rumours(world, people=60, times=times, seed=1))
    scores, fine = interview(machine, sixty)
    return 100 * mean(scores), 100 * (1 - mean(fine))


effects = {times: rumour_effect(times) for times in (0, 1, 3, 6, 12)}
lines({"agreement": {n: effects[n][0] for n in effects}, "wrong": {n: effects[n][1] for n in effects}}, x="times the rumour is heard", y="%")

# %% [markdown] id="obscure"
# Even without a rumour, many answers about these 60 people are wrong.
# Most of them are people hardly anyone talks about.
# But then agreement is rather low.
# A rumour heard only once brings agreement down further.
# The more often it is heard, the higher both wrong answers and agreement become.
#
# **Attempt 1** If ten times is not enough, ask 100 times.
# Will agreement go down?

# %% id="hundred"
hundred, _ = interview(rumoured, sixty, times=100)
print(f"agreement over 10 {mean(rumour_agreements):.0%}, over 100 {mean(hundred):.0%}")

# %% [markdown] id="ask-why"
# Asking 100 times did not bring agreement down.
# Why can agreement not find the wrong answers that come from a rumour?
# Remember whether the number of the true town was used to calculate agreement.
# Write between the `"""`, using the words “one another” and “the true town”.

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
Agreement only compares the machine's answers with one another; it does not use the true town.
A machine that heard the same rumour many times keeps putting out the same wrong town, so agreement is high.
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="modify-2" step="modify-2"
# ## 7. Ask a second machine
#
# **Attempt 2** Instead of asking one machine many times, ask another machine as well.
# The second machine hears 1,000 sentences that were collected separately.
# For the people for whom the first machine puts out the town of the rumour, we see how often the two answers are the same.
# Here the town most likely to be drawn counts as a machine's answer.
#
# How much does it matter whether the second machine has heard the same rumour?

# %% id="second-machine"
def same_answer(one, two, people):
    return 100 * mean(one.guess(person)[0] == two.guess(person)[0] for person in people)


apart, together = Listener(), Listener()
apart.hear(talk(world, 1000, seed=31))
together.hear(talk(world, 1000, seed=31) + gossip)
wrong_ones = [person for person in sixty if rumoured.guess(person)[0] != person.home]
bars({"no rumour": same_answer(rumoured, apart, wrong_ones), "same rumour": same_answer(rumoured, together, wrong_ones)}, y="same answer (%)")

# %% [markdown] id="explain" step="explain"
# ## 8. In your own words
#
# For most of the people, the second machine that had also heard the rumour put out the same wrong answer as the first.
# For most of them, the one that had not heard it put out a different answer.
# What matters is not how many machines there are but **whether what they heard came from somewhere else**.
# When two answers differ, at least one of them is wrong.
#
# A friend says:
#
# > I asked the AI ten times and got the same answer ten times, so it is right.
#
# Write an answer.
# Say how far you agree, and what you would check on top of that.

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
I agree that it is probably not a wild guess.
But you also get the same answer ten times if the data it learned from were full of the same rumour.
I would look at two sources of different origin, not through the AI, before deciding.
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **What the small machine leaves out**
# >
# > - An answer is the number of one town.
# >   A real language model answers in sentences, and different words can mean the same.
# > - Real wrong answers have more causes than these.
# >   (Farquhar and others 2024) use how much meanings vary to find errors that change each time you ask.
# >   They set apart errors that are always the same because the data were wrong.
# > - How many rumours there are and how strong they are was decided for this exercise.
# >   How many there are in a real model's training data is not known.
# >
# > Some people call a reasonable-sounding error a “lie”, but nothing is done on purpose.
# > Neither the calculation of agreement nor the machine has a part that checks whether something is true.

# %% [markdown] id="procedure" step="check"
# ## 9. The class's checking procedure
#
# Before using a machine's answer, check it in this order.
# Put it into the words of your class and write it in your notebook.
#
# 1. Decide what to check; underline names, numbers and dates.
# 2. Ask the same thing several times, each time in a new chat.
# 3. If the answers differ, they may be guesses: do not use them as they are.
# 4. If they agree, do not stop there: find the original source without going through the machine.
# 5. See whether a second source that does not copy it says the same.
# 6. Write down separately what you found out and what you could not.

# %% [markdown] id="high-school"
# ## High school: calculate agreement yourself
#
# From here on the exercise is for older pupils, and for anyone who wants to go on.
#
# Write a function that takes a list of answers and returns the agreement.
# `answers[0]` is the first answer, `answers[1:]` is the list of the others.
# The `count` of a list counts equal things.

# %% id="my-agreement" fill="code"
def my_agreement(answers):
    ### BEGIN SOLUTION
    others = answers[1:]
    return others.count(answers[0]) / len(others)
    #> return ...
    ### END SOLUTION

# %% id="check-my-agreement" check="my-agreement"

# %% [markdown] id="game"
# ### One number for how good agreement is
#
# Take one right and one wrong answer, and call the one with more agreement “right”.
# Deciding by lot would hit about 50 times in 100.
# `auroc` returns the share of hits when every possible pair is decided in this way.
# When both agree equally, it counts half a hit.
#
# How many hits in 100 will there be in these three cases?
# Write your predictions in your notebook before you look at the chart.
#
# - the 300 questions of part 4
# - the same, with the agreements shuffled and dealt out to other people
# - the 60 people of the rumour

# %% id="three-games"
games = {
    "300 questions": auroc(agreements, right),
    "dealt out again": auroc(mixed, right),
    "60 of the rumour": auroc(rumour_agreements, rumour_right),
}
bars({name: 100 * share for name, share in games.items()}, x="case", y="hits in 100")

# %% [markdown] id="real-models"
# ### With real models
#
# For the 60 people of the rumour it went far worse than drawing lots.
# There, the more an answer agrees with the others, the more likely it is the rumour.
#
# Looking for errors by how far answers agree has been tried on real models too.
# (Manakul and others 2023) looked for false sentences in descriptions of people that GPT-3 had written.
# Having it write several times and counting how far the words agree scored higher than using the model's own probabilities.
# Those scores are another measure than this chart, so the numbers cannot be compared.
#
# To end, read the procedure in part 9 again and write down anything you would add.
