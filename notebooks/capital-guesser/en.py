# %% [markdown] id="title"
# # Guess the capital
#
# Today's small machine counts examples and makes a rule from them.
# With that rule it turns the name of a Japanese prefecture into the name of its capital.
# Japan has 47 prefectures; each is governed from a city or ward, its capital.
#
# Run the grey boxes (cells) from top to bottom.
# Change only what stands at `...` or between `" "`.

# %% id="start"
import smallmachines
from smallmachines.capitals import RuleMachine, apply, change
from smallmachines.checking import check
from smallmachines.data import rows
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, table

smallmachines.start("en")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. Your own idea first
#
# Here are ten example cards.
# On the left is the prefecture, on the right its capital.
# How do you get the name on the right from the name on the left?

# %% id="cards"
capital_of = {row["prefecture_en"]: row["capital_en"] for row in rows("capitals.csv")}
cards = ["Aomori", "Akita", "Iwate", "Yamagata", "Fukushima"]
cards += ["Gunma", "Chiba", "Niigata", "Toyama", "Fukui"]
table([("prefecture", "capital"), *[(name, capital_of[name]) for name in cards]])

# %% [markdown] id="my-rule-ask"
# Write your own rule in one sentence, between `"""` and `"""`.
# It need not fit every card.
# Say how many cards it fits.

# %% id="my-rule" fill="explain"
### BEGIN SOLUTION
explain("my-rule", """The capital has the same name as the prefecture. It fits 8 cards out of 10.""")
#> explain("my-rule", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. Predict
#
# Card number eleven says "Aichi".
# What does your rule put on the right? Say it aloud.
# Never mind what you may happen to know. Say what the rule gives.
#
# Now predict a number. There are 47 prefectures in all.
# For how many of them is the rule "same name as the prefecture" right?
# Take away `...` and write a number.

# %% id="fits" fill="predict"
### BEGIN SOLUTION
predict("fits", 40)
#> predict("fits", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. Run the machine
#
# From the ten cards the machine counts how one name turns into the other.
# It is shown these ten cards and nothing else.
# When it has counted, we put in "Aichi".

# %% id="ask-aichi"
card_machine = RuleMachine()
card_machine.learn([(name, capital_of[name]) for name in cards])
card_machine.guess("Aichi")

# %% [markdown] id="count-fits-ask"
# The capital of Aichi is Nagoya.
# The machine's answer looks like a proper name, but it is not right.
# An answer that looks true and is not is called a "plausible error".
#
# For how many of the 47 does this rule work?
# We try it on every name and compare with your prediction.

# %% id="count-fits" needs="fits"
rule = change("Aomori", "Aomori")
fits = [name for name in capital_of if apply(rule, name) == capital_of[name]]
others = [name for name in capital_of if name not in fits]
compare("fits", len(fits))

# %% [markdown] id="hide" step="hide"
# ## 4. Hide some names
#
# The next machine is shown every prefecture except those you hide.
# Choose at least 6 and at most 12 names from your map of Japan.
# Mix names that follow the rule with names that do not.
# If you cannot tell, draw eight by lot.
#
# Write one name between each pair of `" "`, spelt as on the cards.
# For a seventh name, put a comma (`,`) and go on in the same way.

# %% id="hidden" fill="code"
### BEGIN SOLUTION
hidden = ["Aichi", "Chiba", "Hyogo", "Nagano", "Ishikawa"]
hidden += ["Okayama", "Ehime", "Kumamoto", "Mie", "Nara"]
#> hidden = ["", "", "", "", "", ""]
### END SOLUTION

# %% id="check-hidden" check="hidden"

# %% [markdown] id="learn-class-ask"
# Now the machine gives an answer for each hidden name.
# We do not look at the right answers yet.

# %% id="learn-class" needs="hidden"
seen = [(name, capital_of[name]) for name in capital_of if name not in hidden]
class_machine = RuleMachine()
class_machine.learn(seen)
table([("hidden name", "machine's answer"), *[(name, class_machine.guess(name)) for name in hidden]])

# %% [markdown] id="wrong-ask"
# Read them one by one and mark each on paper: right, wrong, or ? for not known yet.
# Far from Japan, ? is often the honest mark.
# When you have marked them, predict how many of the answers are wrong, and write the number.
# Then choose two and look them up in an atlas.

# %% id="wrong" fill="predict"
### BEGIN SOLUTION
predict("wrong", 3)
#> predict("wrong", ...)
### END SOLUTION

# %% [markdown] id="reveal-ask"
# Now compare: the name, the machine's answer, the right answer.
# A right answer that you marked wrong was doubted too much.
# A wrong answer that you marked right was trusted too much.
# Count both.

# %% id="reveal" needs="hidden wrong"
for name in hidden:
    print(name, class_machine.guess(name), capital_of[name], sep="  ")
wrong = [name for name in hidden if class_machine.guess(name) != capital_of[name]]
compare("wrong", len(wrong))

# %% [markdown] id="class-control-ask"
# And the names that it was shown?
# On the left is how many it gets right, on the right how many it was shown.

# %% id="class-control" needs="hidden"
sum(class_machine.guess(name) == capital for name, capital in seen), len(seen)

# %% [markdown] id="investigate" step="investigate"
# ## 5. Why that answer?
#
# Every name that it was shown is right.
# Here are the ways of changing a name that the machine counted, the most frequent first.
# Examples that change in the same way share a bar; one of them gives the bar its name.

# %% id="rules" needs="hidden"
bars(class_machine.rules(), x="an example of the way", y="number of examples")

# %% [markdown] id="why-ask"
# Compare the look of the wrong answers with the look of the right ones.
# For a name it was never shown, this machine has only one way: the most frequent.
# Nothing in it says where that way fails.
#
# Why did the machine of the ten cards put out "Aichi" as the capital of Aichi?
# Use the words "example", "number" and "way".
# Do not use words for minds, such as "thought" or "did not know".

# %% id="why" fill="explain"
### BEGIN SOLUTION
explain("why", """The way "keep the name" has the largest number of examples.
No example was about Aichi, so the machine used that way and output "Aichi".""")
#> explain("why", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="other-examples" step="other-examples"
# ## 6. Other examples
#
# With ten examples or with many more, names that do not follow the rule come out wrong.
# The answer to such a name is in none of the other examples.
#
# Now we show only the examples that do not follow the rule.
# What will come out for Aomori? Hands up before you run it.
# The number on the right counts the right answers among names that follow the rule.

# %% id="odd"
odd_machine = RuleMachine()
odd_machine.learn([(name, capital_of[name]) for name in others])
odd_machine.guess("Aomori"), sum(odd_machine.guess(name) == capital_of[name] for name in fits)

# %% [markdown] id="memo" step="memo"
# ## 7. Give it a list to look at
#
# Now even Aomori goes wrong.
# The errors do not stand in the program. They come out of the examples.
#
# Let us give the machine a list to look at.
# If a name is on the list, it uses the list. If not, it uses its rule.
# Choose three to six names that were not on the cards.
# Write only the prefectures, one between each pair of `" "`.
# Their capitals are copied from our table. See in an atlas whether it agrees.

# %% id="memo-names" fill="code"
### BEGIN SOLUTION
memo_names = ["Aichi", "Hyogo", "Ishikawa", "Okinawa", "Miyagi"]
#> memo_names = ["", "", ""]
### END SOLUTION

# %% id="check-memo-names" check="memo-names"

# %% [markdown] id="three-ways-ask"
# The machine of the ten cards gets this list.
# The quiz is about the 37 names that were not on the cards.
# "List only" puts out "I don't know" when a name is not on the list.
# Which way has the fewest wrong answers? Which has the most right ones?

# %% id="three-ways" needs="memo-names"
quiz = [name for name in capital_of if name not in cards]
by_rule = {name: card_machine.guess(name) for name in quiz}
memo = {name: capital_of[name] for name in memo_names if name in quiz}

def counts(answers):
    good = sum(capital_of[name] == answer for name, answer in answers.items())
    return good, len(answers) - good, len(quiz) - len(answers)

ways = [("rule only", by_rule), ("list, then rule", by_rule | memo), ("list only", memo)]
table([("way", "right", "wrong", "I don't know"), *[(way, *counts(answers)) for way, answers in ways]])

# %% [markdown] id="explain" step="explain"
# ## 8. In your own words
#
# With the list and the rule, plausible errors still come out for names that are not on the list.
# With the list only, many right answers are lost as well.
#
# Tell a friend who is going to use this machine two things.
# Which names is it likely to get right? And how should an answer be checked?

# %% id="use" fill="explain"
### BEGIN SOLUTION
explain("use", """It is likely to be right for names that change in the same way as most.
The answers do not show which those are, so check with an atlas and the city's own page.""")
#> explain("use", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **What the small machine leaves out** This machine uses nothing but the names and the number of examples.
# > It uses no map and no meaning.
# > A large language model is adjusted to a great deal of text, and its calculation is far more complex.
# > What turns up often in texts it mostly gets right (Kandpal and others 2023).
# > About things that turn up rarely it may still output a plausible error.
# > Neither does so on purpose.
# > In this small machine there is no part that checks what is true.

# %% [markdown] id="check" step="check"
# ## 9. The class's way of checking
#
# Let us try our way of checking on one more prefecture: Saitama.
# On the left is the machine's answer, on the right our table's. Compare them letter by letter.
# In Japanese the two are written differently: 埼玉 and さいたま.

# %% id="saitama"
card_machine.guess("Saitama"), capital_of["Saitama"]

# %% [markdown] id="procedure"
# **The class's way of checking**
#
# 1. Say what you want to check.
# 2. Find the source it comes from. For a capital, look at an atlas.
# 3. See whether the name is the same, letter by letter.
# 4. Look at a second source that was made separately, such as the city's own page.
# 5. Write down what you found out, and what you still do not know.
#
# For Tokyo our table says Shinjuku. Some atlases say Tokyo.
# When two sources differ, find out why, and write that down too.
# An answer that passes the check can be used with confidence.
