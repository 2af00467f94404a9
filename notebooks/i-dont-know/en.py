# %% [markdown] id="title"
# # Points for “I don't know”
#
# You are stuck on a test question. Do you put down a guess, or leave it blank?
# Which pays off depends on the marking rule.
# Marking rules also have to do with the plausible wrong statements that AI puts out (hallucinations).
#
# In this exercise you mark a small machine that puts out an answer to every question.
# Then you decide when it should switch to “I don't know”, and play against others.
#
# Run the cells from top to bottom.
# All you change is `...` and the numbers that the text tells you to change.
# The part “High school” at the very end is for high school pupils and for those who are ahead.

# %% id="start"
from statistics import mean

import smallmachines
from smallmachines.checking import check
from smallmachines.facts import Listener, make_world, talk
from smallmachines.notes import compare, explain, predict
from smallmachines.people import moved
from smallmachines.scoring import best_threshold, calibration, mean_points, penalty_for, take_test
from smallmachines.show import bars, lines, table
smallmachines.start("en")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. Your own idea first
#
# You are the marker. How many points do you give to “I don't know”?
# Is it the same number when a person writes it and when an AI puts it out?
# Write your answer and your reason between `"""` and `"""`, then run the cell.

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
Zero, but a wrong answer should come out lower than that.
With an AI somebody may believe a made-up answer and get into trouble, so I would take points off for errors.
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. Look at what the machine puts out, and predict
#
# Imagine an island with 1,000 people, none of whom really exist.
# It has 47 towns, numbered from 1 to 47.
# The machine learns 500 sentences, all true, about who lives in which town.
# Some people are talked about again and again, others not even once.
# Asked about somebody nobody mentioned, the machine counts the towns of people with the same family name.
#
# To every question the machine puts out a town number and a **confidence**.
# Confidence says, from 0 to 1, how likely the answer is to be right.
# It is an estimate: 0.8 means that of 100 such answers about 80 should be right.
#
# Look at what it puts out for eight questions.
# Right and wrong answers are mixed.
# People who are talked about a lot are asked about more than once.

# %% id="machine"
world = make_world(people=1000, like_family=0.6, seed=14)
machine = Listener(m=1)
machine.hear(talk(world, 500, seed=1))
questions = talk(world, 1000, seed=2)
for person in questions[:8]:
    town, confidence = machine.guess(person)
    print(f"{person.name}  town {town}  confidence {confidence:.2f}")

# %% [markdown] id="ask-best"
# Let the machine answer when its confidence has a certain value or more, and say “I don't know” when it is lower.
# The value at which it switches is called the **threshold**.
#
# A right answer scores 1, “I don't know” scores 0, and a wrong answer scores 0 too: there is no penalty.
# **Which threshold brings the most points?**
# Replace `...` by a number from 0 to 1. Halfway would be `0.5`.

# %% id="best-without-penalty" fill="predict"
### BEGIN SOLUTION
predict("best-without-penalty", 0.5)
#> predict("best-without-penalty", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. Mark it
#
# First check the answers to the eight questions.
# To see what a penalty does, take 3 points off for each wrong answer. Call that penalty 3.
# Look for a wrong one with a high confidence and a right one with a fairly low confidence.

# %% id="mark-eight"
penalty = 3
for person in questions[:8]:
    town, confidence = machine.guess(person)
    marks = 1 if town == person.home else -penalty
    print(f"confidence {confidence:.2f}  town {town}  really town {person.home}  points {marks}")

# %% [markdown] id="thousand"
# Now for 1,000 questions.
# The threshold goes from 0 to 1; compare the points per question without a penalty and with penalty 3.
# A threshold of 0 means always answering, and 1 means always “I don't know”.
#
# Above the chart stands the threshold that did best without a penalty, beside your prediction.
# Where several do equally well, it is the lowest of them.

# %% id="two-rules" needs="best-without-penalty"
guesses = take_test(machine, questions)
steps = [step / 20 for step in range(21)]
free = {step: mean_points(guesses, step, penalty=0) for step in steps}
costly = {step: mean_points(guesses, step, penalty=3) for step in steps}
print(compare("best-without-penalty", best_threshold(guesses, penalty=0)))
lines({"penalty 0": free, "penalty 3": costly}, title="Threshold and points", x="threshold", y="points per question")

# %% [markdown] id="investigate" step="investigate"
# ## 4. Work out why
#
# When a wrong answer and “I don't know” both score 0, answering can never cost anything.
# So without a penalty, nothing scores more than a machine that puts out its guesses (answers on weak grounds) as well.
# What happens when there is a penalty?
#
# Of 100 answers with a confidence of 0.6, about 60 should be right and 40 wrong.
# A hundred times “I don't know” score 0.
# Wherever the total in the table is below 0, “I don't know” does better.
#
# Change the 0.6 in `confidence` to 0.5, 0.75 and 0.9.
# At which confidence is the total for penalty 3 exactly 0?

# %% id="hundred"
confidence = 0.6
right = round(100 * confidence)
wrong = 100 - right
rows = [(k, right, -wrong * k, right - wrong * k) for k in (0, 1, 3, 9)]
table([("penalty", "for right ones", "for wrong ones", "total"), *rows], f"100 answers with a confidence of {confidence}")

# %% [markdown] id="modify" step="modify"
# ## 5. Set the threshold and play
#
# The penalty is 3.
# Change the 0 in `my_threshold` to a number from 0 to 1.
# Run the cell to see the points per question, and try to get above 0.5.
# The chart in part 3 and the table in part 4 will help.
# When you have decided, run the check below as well.

# %% id="my-threshold" fill="code"
### BEGIN SOLUTION
my_threshold = 0.75
#> my_threshold = 0
### END SOLUTION
mean_points(guesses, my_threshold, penalty=3)

# %% id="check-my-threshold" check="my-threshold"

# %% [markdown] id="new-questions"
# Now play on 1,000 new questions. You meet three machines.
#
# - One that always answers
# - One with the threshold that did best on the old questions (“best so far”)
# - One that always says “I don't know”
#
# A higher threshold means fewer wrong answers, but right ones stay unsaid as well.
# The column “right but unsaid” is the price of too much caution.

# %% id="duel"
fresh = take_test(machine, talk(world, 1000, seed=3))
best = best_threshold(guesses, penalty=3)
players = {"always answers": 0, "me": my_threshold, "best so far": best, "always “I don't know”": 1}

def outcome(threshold):
    said = [right for confidence, right in fresh if confidence >= threshold]
    kept = [right for confidence, right in fresh if confidence < threshold]
    return mean_points(fresh, threshold, 3), said.count(True), said.count(False), kept.count(True)

table([("machine", "points per question", "right", "wrong", "right but unsaid"), *[(name, *outcome(t)) for name, t in players.items()]])

# %% [markdown] id="change-the-rule"
# This time change nothing but the penalty, which people set.
# Change the 9 in `penalty` to 3, 1 and 0, and run the cell each time.
# The machine has learned nothing new. What happens to the number of “I don't know”?

# %% id="change-penalty"
penalty = 9
threshold = best_threshold(guesses, penalty)
silent = sum(confidence < threshold for confidence, right in guesses)
print(f"penalty {penalty}  best threshold {threshold}  “I don't know” {silent} times")

# %% [markdown] id="predict-2" step="predict-2"
# ## 6. Some years later
#
# Some years have gone by, and half of the islanders have moved to another town.
# The machine has not been taught about it.
# It answers another 1,000 questions, still with penalty 3 and threshold 0.75.
# **How many points per question will it score?**
# Use the points in the table of part 5. Your prediction may be a decimal or below 0.
# Write it, run the cell, and see the result in the cell below.

# %% id="stale-points" fill="predict"
### BEGIN SOLUTION
predict("stale-points", 0.3)
#> predict("stale-points", ...)
### END SOLUTION

# %% id="stale" needs="stale-points"
later = moved(world, share=0.5, seed=4)
stale = take_test(machine, talk(later, 1000, seed=5))
compare("stale-points", round(mean_points(stale, 0.75, penalty=3), 2))

# %% [markdown] id="too-sure"
# The points are below 0. Nothing but “I don't know”, which scores 0, would have been better.
# What has changed? Compare before and after the moves.
#
# Call “mean confidence − share of right answers” the **overconfidence**.
# Plus means that the confidences are too high, minus that they are too low.
# `stated` is the mean confidence, and `correct` the share of right answers.
# Replace `...` by a formula to finish the function.

# %% id="overconfidence" fill="code"
def overconfidence(guesses):
    stated = mean(confidence for confidence, right in guesses)
    correct = mean(right for confidence, right in guesses)
    ### BEGIN SOLUTION
    return stated - correct
    #> return ...
    ### END SOLUTION

both = {"before the moves": fresh, "after the moves": stale}
rows = [(name, mean(c for c, _ in g), mean(r for _, r in g), round(overconfidence(g), 2)) for name, g in both.items()]
table([("", "mean confidence", "share right", "overconfidence"), *rows])

# %% id="check-overconfidence" check="overconfidence"

# %% [markdown] id="repair"
# The mean confidence is almost the same, and only the share of right answers has fallen.
# A threshold only helps as long as the confidences can be relied on.
#
# Try three repairs.
# Raise the threshold to 0.9, teach the machine 100 sentences from after the moves, or teach it 2,000.
# Which of them brings the points back above 0?

# %% id="repairs"
def taught_again(n):
    again = Listener(m=1)
    again.hear(talk(world, 500, seed=1) + talk(later, n, seed=6))
    return mean_points(take_test(again, talk(later, 1000, seed=5)), 0.75, penalty=3)

ways = {"as it was": mean_points(stale, 0.75, penalty=3), "threshold 0.9": mean_points(stale, 0.9, penalty=3)}
ways |= {"100 sentences": taught_again(100), "2,000 sentences": taught_again(2000)}
bars(ways, title="Repairs and points (penalty 3)", x="repair", y="points per question")

# %% [markdown] id="explain" step="explain"
# ## 7. Explain in your own words
#
# Mark two real AI models by the same rules (an OpenAI article of 2025, results on a set of questions called SimpleQA).
# gpt-5-thinking-mini: 22% right, 26% wrong, 52% not answered, for example with “I don't know”.
# o4-mini: 24% right, 75% wrong, 1% not answered.
# The questions were picked because they are hard, so these are not the error rates of everyday use.
#
# The island has other questions, so do not compare how high the points are.
# Look, in the upper two rows and in the lower two, whether the ranking changes with the penalty.

# %% id="published"
models = {"gpt-5-thinking-mini": (22, 26), "o4-mini": (24, 75)}
rows = [(name, *[right - wrong * p for p in (0, 1, 3)]) for name, (right, wrong) in models.items()]
ours = {"island machine (me)": my_threshold, "island machine (always answers)": 0}
rows += [(name, *[round(100 * mean_points(fresh, t, p)) for p in (0, 1, 3)]) for name, t in ours.items()]
table([("points per 100 questions", "penalty 0", "penalty 1", "penalty 3"), *rows], "The rule and the ranking")

# %% [markdown] id="write-why"
# Suppose developers always choose by the ranking with penalty 0. Which machines will be left?
# And the other way round: is a machine better the more often it says “I don't know”?
# Give your reasons, with numbers from the table in part 5 and from the table above.

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
With penalty 0, errors and “I don't know” both score 0, so the machine that always answers gets chosen. It was ahead on the island too.
But more “I don't know” is not always better. 156 right answers stayed unsaid, which is no use to people in a hurry.
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **What the small machine leaves out**
# >
# > - An answer is one town number, plainly right or wrong. In a longer text, only part of it may be wrong.
# > - This machine's confidence comes from counts. When a large language model writes “90% sure”, that may be far from the real share.
# > - Here people set the threshold from outside. In large models, the marking used in training also changes how often “I don't know” comes out.
# > - Marking differently does not add to what the machine has learned. Looking things up is not tried here.
# > - The machine does not want points or wish to deceive. Nor has it any part that knows whether something is true.

# %% [markdown] id="procedure" step="check"
# ## 8. Before you use an answer
#
# Agree on one situation in which your class would use an AI's answer.
# Go through the steps and talk about what you would do in it.
#
# 1. Write down both costs: of an error and of no answer.
# 2. Set a threshold that fits the costs.
# 3. Compare confidence with the share of right answers on recent records. If they differ, do not rely on the confidence.
# 4. For an answer you want to use, go to the original source and check names, numbers and dates.
# 5. Check with a second, independent source.
# 6. Write separately what you know and what you do not know yet. If you do not know, write what to look up next.

# %% [markdown] id="high-school"
# ## High school: a formula for the threshold
#
# From here on it is for high school pupils, and for anybody who is ahead.
#
# Call the confidence p and the penalty k.
# The expected value of answering is p − k(1 − p) points; “I don't know” scores 0.
# Solve the inequality p − k(1 − p) > 0 for p: it holds when p is greater than a certain value.
# Write the function that hands back this value. `penalty` is k.
# In the last column the penalty is worked out again from your threshold. Is it the one you started from?

# %% id="break-even" fill="code"
def break_even(penalty):
    ### BEGIN SOLUTION
    return penalty / (1 + penalty)
    #> return ...
    ### END SOLUTION

rows = [(k, round(break_even(k), 3), penalty_for(break_even(k))) for k in (0, 1, 3, 9)]
table([("penalty", "threshold", "penalty worked out again"), *rows])

# %% id="check-break-even" check="break-even"

# %% [markdown] id="calibrated"
# ### Group by group
#
# An overconfidence near 0 is not yet a reason to feel safe.
# Answers with a high and with a low confidence may be off in opposite directions and cancel out.
#
# So sort the 1,000 answers from before the moves into five groups by confidence.
# Where the share of right answers lies within the range on the left, the confidences are reliable (they are called **calibrated**).
# In groups with few answers chance moves the share a lot.
# Then change `fresh` to `stale` and compare with what happened after the moves.

# %% id="calibration-table"
groups = [(f"{low:.1f} to {high:.1f}", n, round(right, 2)) for low, high, n, right in calibration(fresh, bins=5)]
table([("confidence", "answers", "share right"), *groups], "Can the confidences be relied on?")

# %% [markdown] id="write-use"
# Choose a situation (a health question, a school notice, ideas for a story) and say when you would use an AI's answer.
# Put in the cost of an error, the cost of no answer, a threshold, and the next step after “I don't know”.
# Say, too, what you would compare the confidences with to see whether they can be relied on.

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
If the time in a school notice is wrong, many people are in trouble, so I set a high threshold, 0.9.
With no answer some will be late, so then it should show the original letter.
Before using it I would compare confidence and right answers for last month's 50 notices.
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION
