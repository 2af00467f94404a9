# %% [markdown] id="title"
# # Look into a real language model
#
# The machines of the other exercises are models of models, made small so that you can see how they work.
# Here we use a real language model.
# We look at the probabilities of the next word, ask the same thing ten times and compare the answers with the right ones.
# When can it be trusted, and when not?
#
# What appears on the screen are real outputs, recorded on one day.
# This model learned from English almost only, so the questions are in English.
# Run the cells from top to bottom.
# The part called “High school” at the very end is for older pupils, or for anyone who wants to go on.

# %% id="start"
import random
from statistics import mean

import realmodel
import smallmachines
from smallmachines.asking import agreement
from smallmachines.checking import check
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, lines, scatter, table
smallmachines.start("en")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. Your own idea first
#
# Somebody makes up the name of a shrine that does not exist.
# What answer do you think an AI gives when it is asked about that shrine?
# Write between the two `"""` below, give a reason too, and run the cell.

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
I think it says "There is no such shrine".
It has learned from so many texts that it ought to know what exists.
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. Open the model, and predict
#
# We look at the model's name, the day of the recording, the languages it learned from, and its size.
# **Parameters** are the numbers that were settled by learning.
# How many there are says how large a model is.
# GPT-3 is a language model published in 2020 and has 175 billion parameters.

# %% id="model"
model = realmodel.open_model()
made = realmodel.recording.book()["made"]
print(made["model"], made["date"], made["languages"])
print(f"{made['parameters']:,} parameters")
print(f"GPT-3 is {175_000_000_000 / made['parameters']:,.0f} times as large")

# %% [markdown] id="ask-right"
# `en` stands for English.
# GPT-3 is about 1,300 times as large as this model.
# The sizes of today's chatbots are left out of the comparison.
# Only figures with a sound source are used here.
#
# We ask this model 24 questions to which the right answers are known.
# The next cell shows them.

# %% id="questions"
def wording(prompt):
    return getattr(prompt, "text")


questions = model.prompts("question")
for question in questions:
    print(wording(question))

# %% [markdown] id="ask-number"
# **How many of the 24 will it answer rightly?**
# Replace `...` by a number and nothing else.

# %% id="guess-right" fill="predict"
### BEGIN SOLUTION
predict("guess-right", 20)
#> predict("guess-right", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. Look at the probabilities of the next word
#
# The model reads and writes in small pieces called **tokens**.
# In English a token is often one word together with the space before it.
# What the model calculates is the probability of each token that may come next.
#
# Let us see how “I drank a cup of” may go on.
# The last bar on the right holds all the tokens that are not shown.

# %% id="next"
def show(text):
    tokens = model.next_tokens(text, top=8)
    return bars({token.text: 100 * token.share for token in tokens}, x="next token", y="probability (%)")


text = "I drank a cup of"
show(text)

# %% [markdown] id="choose"
# The next cell adds one token and shows what may follow.
# Change `" coffee"` into one of the first four tokens in the chart above and run it.
# Leave the space after the quotation mark; it is part of the token.
# When you see the chart, add another line `text = text + ` in the same way and choose again.
# You can choose up to three.

# %% id="go-on"
text = "I drank a cup of"
text = text + " coffee"
show(text)

# %% [markdown] id="places-text"
# Each time you chose a token, the probabilities were calculated anew.
# Choosing one token after another in this way makes a sentence.
#
# Now we compare the probabilities of three words for places: church, shrine and temple.

# %% id="places"
places = [
    "On Sunday morning the family went to the",
    "On New Year's Day the family went to the",
    "On New Year's Day the Japanese family went to the",
    "They got married in a",
]
rows = [("text", "church (%)", "shrine (%)", "temple (%)")]
rows += [(text, *(100 * model.share(text, word) for word in (" church", " shrine", " temple"))) for text in places]
table(rows)

# %% [markdown] id="ask-times"
# When nothing else is said, church is frequent and shrine very rare.
# But add the one word Japanese to the sentence about New Year's Day, and shrine overtakes church.
# The word shrine is not missing; it seldom comes up unless something calls for it.
#
# Write a function that returns how many times as probable the first token is as the second.
# `model.share(text, one)` returns the probability that `one` comes next after `text`.

# %% id="times-more" fill="code"
def times_more(text, one, other):
    ### BEGIN SOLUTION
    return model.share(text, one) / model.share(text, other)
    #> return ...
    ### END SOLUTION

# %% id="check-times-more" check="times-more"

# %% [markdown] id="times-more-text"
# For the four texts of the table, we work out how many times as probable church is as shrine.
# Less than 1 means that shrine comes up more easily.

# %% id="use-times-more" needs="times-more"
for text in places:
    print(f"{times_more(text, ' church', ' shrine'):9,.2f} times  {text}")

# %% [markdown] id="investigate" step="investigate"
# ## 4. Ask the same thing ten times
#
# An answer is drawn by lot, according to the probabilities.
# So the same question can get another answer each time.
# We asked ten times in what year the Meiji Jingu shrine in Tokyo was founded.
# The right answer is 1920.

# %% id="meiji"
for answer in model.answers("In what year was the Meiji Jingu shrine in Tokyo founded?"):
    print(answer.text)

# %% [markdown] id="two-measures"
# None of the ten is right.
# Now we ask each of the 24 questions ten times and mark the first answer.
# We also work out two numbers:
#
# - **agreement**: what share of the other nine answers is the same as the first one;
# - **probability**: the mean probability of the tokens that make up the first answer.
#
# Agreement is defined as in the exercise “Ask the same thing ten times”.

# %% id="truth" needs="guess-right"
ten = {q.id: model.answers(q.text) for q in questions}
right = {q.id: realmodel.answers.right(ten[q.id][0].text, q.accepts) for q in questions}
probability = {q.id: ten[q.id][0].mean for q in questions}
same = {name: agreement([answer.plain for answer in answers]) for name, answers in ten.items()}

def group(scores, low, high):
    return [right[name] for name in right if low <= round(9 * scores[name]) <= high]

compare("guess-right", sum(right.values()))

# %% [markdown] id="by-steps"
# We sort the 24 answers into three groups by how many of the other nine were the same as the first.
# The column on the far right is there for comparison.
# Only the agreements were shuffled and dealt out again, 200 times, and the mean was taken.
# If agreement meant nothing, “right” should look like this column.

# %% id="right-by-step"
def dealt_out(seed):
    return dict(zip(same, random.Random(seed).sample(list(same.values()), len(same))))

rows = [("how many the same", "answers", "right (%)", "dealt out again (%)")]
for name, low, high in (("0 to 5", 0, 5), ("6 to 8", 6, 8), ("9", 9, 9)):
    real = group(same, low, high)
    dealt = mean(mean(group(dealt_out(seed), low, high)) for seed in range(200))
    rows += [(name, len(real), round(100 * mean(real)), round(100 * dealt))]
table(rows)

# %% [markdown] id="points"
# The groups with more agreement have a larger share of right answers.
# But only three answers were the same all nine times, which is too few to say “always right”.
#
# Let us draw each single answer.
# Agreement goes to the right, probability upwards.

# %% id="cloud"
def points(kind):
    return [(same[name], probability[name]) for name in right if right[name] == kind]

scatter({"right": points(True), "wrong": points(False)}, x="agreement", y="probability")

# %% [markdown] id="ask-odd"
# Here they are again in a table that begins with the highest probability.
# Find these two in it:
#
# - `surest_wrong`: **of the wrong answers, the one with the highest probability**;
# - `least_sure_right`: **of the right answers, the one with the lowest probability**.
#
# In the cell below it, replace each `...` by a name from the far left, such as `"france"`.

# %% id="list"
rows = [("name", "question", "answer", "probability", "agreement", "right")]
for question in sorted(questions, key=lambda question: -probability[question.id]):
    name = question.id
    rows += [(name, wording(question), ten[name][0].text, probability[name], same[name], "yes" if right[name] else "no")]
table(rows)

# %% [markdown] id="ask-pick"
# Write the two names you found, run the cell, then run the check below.

# %% id="odd-ones" fill="code"
### BEGIN SOLUTION
surest_wrong = "new-zealand"
least_sure_right = "sun"
#> surest_wrong = ...
#> least_sure_right = ...
### END SOLUTION

# %% id="check-odd-ones" check="odd-ones"

# %% [markdown] id="investigate-2" step="investigate-2"
# ## 5. Ask about a shrine that does not exist
#
# A number that looks confident turned out to be no sign of being right.
#
# The Kumogaeru Shrine in Nara was made up for this exercise.
# We let the model go on with “The Kumogaeru Shrine in Nara, Japan, is”.

# %% id="invented"
story = model.prompts("invented")[0]
print(story.text, model.answer(story.text).text)

# %% [markdown] id="story-gist"
# It begins with “a UNESCO World Heritage site and a sacred Shinto shrine dedicated to the god of the moon”.
# The sentences are fluent, but as there is no such shrine, all of it is made up.
#
# We try four made-up names and two real things, ten times each.
# The function `passes` looks for words that mean “I don't know”.

# %% id="stories"
def passes(answer):
    return any(words in answer.plain for words in ("don t know", "not sure", "not certain", "no idea"))

rows = [("text", "exists", "mean probability", "times “I don't know”")]
for story in model.prompts("invented") + model.prompts("real"):
    answers = model.answers(story.text)
    chance = mean(answer.mean for answer in answers)
    rows += [(wording(story), "yes" if story.kind == "real" else "no", chance, sum(map(passes, answers)))]
table(rows)

# %% [markdown] id="ask-why"
# In 60 answers there is not one “I don't know”.
# The mean probability is higher for the Kumogaeru Shrine, which does not exist, than for the cathedral of Notre-Dame.
#
# Nobody means to deceive anyone, so why does the model put out made-up stories?
# Write between the `"""`, using the words “next token” and “check”.

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
The model only calculates the probability of the next token and picks one after another.
The words that usually describe a shrine get picked, and no part of it can check whether the shrine exists.
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict-2" step="predict-2"
# ## 6. Give it leave to say “I don't know”
#
# To the end of the 24 questions we add:
#
# > If you are not certain, say I don't know.
#
# **Of the 240 answers, ten to each question, what percentage will be “I don't know”?**
# Replace `...` by a number and nothing else.

# %% id="guess-pass" fill="predict"
### BEGIN SOLUTION
predict("guess-pass", 60)
#> predict("guess-pass", ...)
### END SOLUTION

# %% [markdown] id="modify" step="modify"
# ## 7. Ask with the sentence added
#
# `shares` returns the percentages of right answers, of “I don't know”, and of wrong answers.

# %% id="allowed" needs="guess-pass"
leave = " If you are not certain, say I don't know."
allowed = {q.id: model.answers(q.text + leave) for q in questions}

def shares(asked):
    fine = mean(realmodel.answers.right(answer.text, q.accepts) for q in questions for answer in asked[q.id])
    unsure = mean(passes(answer) for answers in asked.values() for answer in answers)
    return [round(100 * share) for share in (fine, unsure, 1 - fine - unsure)]

compare("guess-pass", shares(allowed)[1])

# %% [markdown] id="three-shares"
# Are there fewer wrong answers now that some are “I don't know”?
# Compare before and after.

# %% id="before-after"
rows = [("how we ask", "right (%)", "I don't know (%)", "wrong (%)")]
rows += [("as it is", *shares(ten)), ("with the sentence", *shares(allowed))]
table(rows)

# %% [markdown] id="who-passes-text"
# It is not the wrong answers that became fewer, but the right ones.
#
# Which questions did “I don't know” come up for?
# We separate the 7 questions whose first answer in part 4 was right from the 17 where it was wrong.
# If the sentence could tell certain from uncertain, the bar on the left should be low.

# %% id="who-passes"
def pass_share(kind):
    return 100 * mean(passes(answer) for name in right if right[name] == kind for answer in allowed[name])

bars({"right before": pass_share(True), "wrong before": pass_share(False)}, x="first answer in part 4", y="“I don't know” (%)")

# %% [markdown] id="modify-2" step="modify-2"
# ## 8. And in Japanese?
#
# “I don't know” came up just as much for the questions it had answered rightly.
# With this model, the added sentence is no sign of what is certain.
#
# Why did we not ask in Japanese?
# First we compare the questions about Japan with the others.
# The bars show how often the first answer in part 4 was right.

# %% id="japan"
japan = [q.id for q in questions if any(word in q.text for word in ("Japan", "Tokyo", "Kyoto"))]
others = [name for name in right if name not in japan]
print(f"about Japan {len(japan)}, others {len(others)}")
bars({"about Japan": 100 * mean(right[name] for name in japan), "others": 100 * mean(right[name] for name in others)}, y="right (%)")

# %% [markdown] id="japanese-text"
# Not one first answer to the 11 questions about Japan was right.
# As the questions are not equally hard, this need not be due to language alone.
#
# Next, let us see how Japanese sentences go on.
# The three beginnings mean “The capital of Japan is”, “A torii is a shrine's” and “On Sunday morning, the family”.

# %% id="japanese"
for start in model.prompts("japanese"):
    print(start.text, "→", model.answer(start.text).text)

# %% [markdown] id="tokens-text"
# The signs are Japanese, but what follows makes no sense.
#
# We also compare into how many tokens the model cuts words that mean the same.
# You can put another pair in, such as `"東京"` and `"Tokyo"`.
# If a word is not in the recordings, you will be told so.

# %% id="tokens"
pairs = [
    ("教会", "church"),
    ("神社", "shrine"),
    ("学校", "school"),
    ("学校は八時半に始まります。", "School starts at half past eight."),
    ("今日の一時間目は算数です。", "Our first lesson today is maths."),
]
rows = [("Japanese", "signs", "tokens", "English", "tokens")]
table(rows + [(ja, len(ja), model.count(ja), en, model.count(en)) for ja, en in pairs])

# %% [markdown] id="explain" step="explain"
# ## 9. In your own words
#
# The Japanese texts were cut into more tokens than they have signs.
# The only language that its model card lists is English, and this result fits with that.
#
# A friend says:
#
# > I always add “if you are not certain, say I don't know”, so you can trust this AI's answers.
#
# Write an answer.
# Give one result that you saw in this exercise, and say what to do instead.

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
With the small model we looked at, adding that sentence did not make wrong answers fewer.
It said "I don't know" just as often for questions it had answered rightly.
A large model may be different, but I would look at two sources of different origin, not through the AI, and then decide.
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **What this small model leaves out**
# >
# > - Size.
# >   GPT-3 is about 1,300 times as large (its model card, 2020).
# >   How often this model is right, or says “I don't know”, does not carry over to others.
# > - Japanese.
# >   The only language listed is English (its model card, 2024).
# > - Tools to look things up.
# >   This model searches no sources.
# > - Questions.
# >   With 24 of them, percentages are only rough.
# >
# > What still holds is that the next token is picked by probability.
# > Some people call wrong or made-up output a “lie”, but nothing is done on purpose.
# > The calculation has no part that checks whether something is true.

# %% [markdown] id="procedure" step="check"
# ## 10. The class's checking procedure
#
# Before using a machine's answer, check it in this order.
# Put it into the words of your class and write it in your notebook.
#
# 1. Decide what to check; underline names, numbers and dates.
# 2. Do not take many details, or a high probability, for a sign of truth.
# 3. Ask several times. If the answers differ, do not use them; if they agree, do not stop there.
# 4. Do not feel safe because it did not say “I don't know”.
# 5. Open the original source without the machine, and begin with whether the thing exists.
# 6. See whether a second source that does not copy it says the same.

# %% [markdown] id="high-school"
# ## High school: draw a line by probability
#
# From here on the exercise is for older pupils, and for anyone who wants to go on.
#
# Suppose we trust only answers whose probability is `limit` or more.
# `rows` is a list of pairs (probability, whether it was right).
# Write a function that returns the share of the trusted answers that were wrong.
# You may take it that at least one answer reaches the `limit`.

# %% id="wrong-trusted" fill="code"
def wrong_trusted(rows, limit):
    ### BEGIN SOLUTION
    trusted = [fine for chance, fine in rows if chance >= limit]
    return trusted.count(False) / len(trusted)
    #> return ...
    ### END SOLUTION

# %% id="check-wrong-trusted" check="wrong-trusted"

# %% [markdown] id="limits-text"
# We draw too much trust and too much doubt for all 240 answers.
# Too much doubt is the share of the right answers that were not trusted.
# Does too much trust always go down when the `limit` goes up?

# %% id="limits" needs="wrong-trusted"
every = [(answer.mean, realmodel.answers.right(answer.text, q.accepts)) for q in questions for answer in ten[q.id]]

def right_doubted(rows, limit):
    return mean(chance < limit for chance, fine in rows if fine)

steps = (0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
too_much = {"too much trust": wrong_trusted, "too much doubt": right_doubted}
lines({name: {limit: 100 * share(every, limit) for limit in steps} for name, share in too_much.items()}, x="limit", y="%")

# %% [markdown] id="same-axes"
# From 0.7 to 0.8 too much trust went up instead.
# Asked for the capital of New Zealand, it put out Auckland nine times in ten, with a high probability.
# At 0.9 too much trust is 0, but nearly three quarters of the right answers are thrown away.
#
# Last, we compare how well agreement tells right answers, here and with the small machine of “Ask the same thing ten times”.
# Take one right and one wrong answer, and call the one with more agreement “right”.
# Deciding by lot would hit about 50 times in 100.

# %% id="small"
from smallmachines.asking import ask_all, auroc
from smallmachines.facts import Listener, make_world, talk

world = make_world(people=1000, like_family=0.6, seed=1)
listener = Listener()
listener.hear(talk(world, 1000, seed=11))
people = talk(world, 300, seed=21)
asked = ask_all(listener.answer, people, times=10, seed=1)
small = auroc([agreement(answers) for answers in asked], [answers[0] == who.home for answers, who in zip(asked, people)])

# %% [markdown] id="three-games"
# For comparison we add the real model's agreements dealt out again 200 times.

# %% id="two-models"
real = auroc(list(same.values()), list(right.values()))
dealt = mean(auroc(list(dealt_out(seed).values()), list(right.values())) for seed in range(200))
bars({"small machine": 100 * small, "real model": 100 * real, "dealt out again": 100 * dealt}, x="case", y="hits in 100")

# %% [markdown] id="ask-limits"
# What we found with the small machine holds for the real model as well.
# Write one thing that **still holds** and one that **differs** between the small machine and the real model.
# Give a result of this exercise for each.

# %% id="own-words-4" fill="explain"
### BEGIN SOLUTION
explain("own-words-4", """
Still holds: answers that agree are more often right; both hit about 90 times in 100.
Differs: the small machine's answer is one number, but the real one writes sentences, and all ten could be worded differently.
""")
#> explain("own-words-4", """
#>
#> """)
### END SOLUTION
