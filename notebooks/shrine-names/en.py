# %% [markdown] id="title"
# # Answer from the name, or look it up
#
# You are going to train a small machine that tells a shrine's prefecture from its name alone.
# Prefectures are the 47 parts into which Japan is divided.
# Some of the answers are right, and some are plausible errors.
# Later you compare it with a machine that looks pages up.
#
# Every shrine is real.
# Names and places come from a table of 134 shrines, each checked in two sources.
# The names stand here in Roman letters, so this machine does not answer quite as the Japanese one does.
# In this exercise “right” means “the prefecture that the table gives for this shrine”.
#
# Run the grey cells from top to bottom.
# Change only what stands at `...` or between `""`.

# %% id="start"
import random

import smallmachines
from smallmachines.checking import check
from smallmachines.data import rows
from smallmachines.lookup import Library
from smallmachines.names import NameMachine
from smallmachines.notes import compare, explain, predict
from smallmachines.show import table
smallmachines.start("en")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. Your own idea first
#
# The most famous shrine with Izumo in its name is Izumo Taisha, in Shimane Prefecture.
# There is another one, called Izumo Daijingu.
# In which prefecture would you look for it?
# How do you usually check an answer like that?
# Do not look anything up yet. Write your own idea between `"""` and `"""`.

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
Shimane, because the other Izumo shrine is there.
I usually search and read the first answer that comes up.
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. Predict
#
# Of the 134 shrines the machine learns only 100.
# The other 34 are kept hidden from it.
# Eight of the 34 were picked by name, 26 by drawing lots.
# The next cell shows the two numbers.

# %% id="hide"
shrines = {row["name_en"]: row["prefecture_en"] for row in rows("shrines.csv")}
places = sorted(set(shrines.values()))
quiz = ["Izumo Daijingu", "Kumano Taisha", "Suwa Shrine", "Kunozan Toshogu"]
quiz += ["Kawagoe Hikawa Shrine", "Kumano Hayatama Taisha", "Aoi Aso Shrine", "Kibitsuhiko Shrine"]
others = [name for name in shrines if name not in quiz]
random.Random(1).shuffle(others)
seen, hidden = others[:100], quiz + others[100:]
len(seen), len(hidden)

# %% [markdown] id="guess-quiz-ask"
# Some words come up again and again in the names.
#
# - *Taisha*, *Jingu*, *Daijingu*: titles of some important shrines
# - *Toshogu*: a shrine to the shogun Tokugawa Ieyasu
#
# For how many of the eight picked by name will the machine give the right prefecture?
# Take away `...` and write a number.

# %% id="guess-quiz" fill="predict"
### BEGIN SOLUTION
predict("guess-quiz", 0)
#> predict("guess-quiz", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. Train it and ask it
#
# The machine cuts a name into pieces of one to three letters.
# A space counts as a letter, and the machine puts `^` before the name and `$` after it.
# From “Izumo Taisha”, for instance, it gets `^Iz` and `ha$`.
# Numbers (weights) tie every piece to every prefecture.
# Learning means changing them little by little until they fit the 100 answers.
#
# Ask about the 100 it has learned: how many are right?

# %% id="train"
def train(names):
    machine = NameMachine()
    machine.learn([(name, shrines[name]) for name in names])
    return machine

machine = train(seen)
sum(machine.guess(name) == shrines[name] for name in seen)

# %% [markdown] id="ask-ask"
# Every name that it has learned came out right.
# Now ask about the eight it has never seen.
# It works out a chance for every prefecture that it met among the 100 shrines.
# Then it always puts out the likeliest.
# It has no part yet that could put out “I don't know”.

# %% id="ask"
def sure(name):
    return round(100 * max(machine.chances(name).values()))

heads = ("Number", "Shrine", "Machine's answer", "Machine's chance (%)")
table([heads, *[(n, name, machine.guess(name), sure(name)) for n, name in enumerate(quiz, 1)]])

# %% [markdown] id="marks-ask"
# Do not look anything up yet. Right answers and wrong ones are mixed.
# For each number write yes if you think the answer is right, no if you think it is wrong.
# Add how sure you are, from 50 (can't tell) to 100 (certain).
# Use one line for each shrine, such as `1 yes 80`.
#
# How sure you are and the machine's chance are two different things.
# Believing everything does not tell right from wrong, and neither does doubting everything.

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
1 yes 80, 2 yes 90, 3 no 60, 4 no 60
5 no 70, 6 yes 80, 7 yes 70, 8 yes 70
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="reveal-ask"
# Here are the answers: the number, the name, what the machine put out, the right prefecture.
# Count the wrong answers that you marked yes (trusted too much) and the right ones that you marked no (doubted too much).
# Count also where you were 90 or more sure and wrong.

# %% id="reveal" needs="guess-quiz"
for n, name in enumerate(quiz, 1):
    print(n, name, machine.guess(name), shrines[name], sep="  ")
right = [name for name in quiz if machine.guess(name) == shrines[name]]
compare("guess-quiz", len(right))

# %% [markdown] id="investigate" step="investigate"
# ## 4. Why that answer?
#
# An answer that looks true and is not is called a **plausible error**.
# Some people say “a reasonable lie”, but it is not done on purpose.
# For each answer, look at the three pieces that spoke for it most.
# Kumano Taisha and Kumano Hayatama Taisha: what is the same, and what is different?

# %% id="because"
def reasons(name):
    return " / ".join(machine.because(name, machine.guess(name)))

table([("Shrine", "Machine's answer", "Pieces that spoke for it"), *[(name, machine.guess(name), reasons(name)) for name in quiz]])

# %% [markdown] id="modify" step="modify"
# ## 5. Take an example away
#
# Kumano Taisha and Kumano Hayatama Taisha got the same answer from the same pieces.
# It is right for one of them only, and the machine gave the wrong one the higher chance.
# One and the same calculation gives right answers and wrong ones.
#
# So are errors written into the program?
# Which of the 100 learned shrines is behind the answer Shimane for Izumo Daijingu?
# Take the pieces in the table as clues, and write that shrine's name between `""`.
# The machine then learns again from the other 99.
# Find the shrine that makes the answer before and the answer after differ.

# %% id="remove" fill="code"
### BEGIN SOLUTION
gone = "Izumo Taisha"
#> gone = ""
### END SOLUTION
without = train([name for name in seen if name != gone])
print("answer before", machine.guess("Izumo Daijingu"))
print("answer after", without.guess("Izumo Daijingu"))

# %% id="check-remove" check="remove"

# %% [markdown] id="predict-2" step="predict-2"
# ## 6. Predict a machine that looks things up
#
# Without the example of Izumo Taisha, Shimane no longer came out for Izumo Daijingu.
# Errors grow out of the examples.
#
# From here on we ask about all 134 shrines and count.
# “I don't know” is not a right answer, but it is not counted as wrong either.
# The numbers are: right, “I don't know”, wrong.

# %% id="marks"
def marks(answer):
    answers = {name: answer(name) for name in shrines}
    good = sum(one == shrines[name] for name, one in answers.items())
    silent = list(answers.values()).count(None)
    return good, silent, len(shrines) - good - silent

marks(machine.guess)

# %% [markdown] id="guess-thin-ask"
# The next machine does not use what was learned.
# It searches the pages of a library and puts out the prefecture on the page that fits best.
# Every page in the library is right, but there are pages for only 34 of the 134 shrines.
#
# Asked about all 134, how many answers will be wrong?
# Will it be more than for the machine above, or fewer? Write a number at `...`.

# %% id="guess-thin" fill="predict"
### BEGIN SOLUTION
predict("guess-thin", 20)
#> predict("guess-thin", ...)
### END SOLUTION

# %% [markdown] id="run-2" step="run-2"
# ## 7. Look it up in a library with few pages
#
# A page is one sentence about one shrine.
# A page scores higher the more two-letter pieces it shares with the name you ask about.
# Rare pieces count for more.
# Ask about the eight shrines first, and see which pages are found.

# %% id="thin"
wordings = ["{0} is in {1}.", "In {1} you can visit {0}.", "Travel guide: {0} ({1})"]
shelf = list(shrines)
random.Random(1).shuffle(shelf)
pages = [wordings[i % 3].format(name, shrines[name]) for i, name in enumerate(shelf)]
thin = Library(pages[:34])
heads = ("Shrine asked about", "Page found", "Answer")
table([heads, *[(name, thin.find(name)[0], thin.answer(name, places)) for name in quiz]])

# %% [markdown] id="look-up-ask"
# The pages are right, but most of them are about some other shrine.
# Even if the shrine has no page, there is always a page that fits best.
# Look up all 134 and compare with your prediction.

# %% id="look-up" needs="guess-thin"
def look_up(n, named=False):
    library = Library(pages[:n])
    return marks(lambda name: library.answer(name, places, named))

compare("guess-thin", look_up(34)[2])

# %% [markdown] id="ways-ask"
# Looking it up made more answers wrong.
# Compare four ways of answering.
#
# - The second machine has learned only the 34 shrines that are in the library.
# - The fourth checks that the page has the very name it was asked about. If not, it puts out “I don't know”.
#
# Which has the fewest wrong answers? Which has the most right ones?

# %% id="ways"
small = train(shelf[:34])
table([
    ("Way of answering", "Right", "I don't know", "Wrong"),
    ("Learn 100 shrines and answer", *marks(machine.guess)),
    ("Learn 34 shrines and answer", *marks(small.guess)),
    ("Search 34 pages and answer", *look_up(34)),
    ("Search 34 pages, check the name", *look_up(34, True)),
])

# %% [markdown] id="modify-2" step="modify-2"
# ## 8. Errors that get past the check
#
# A machine that has learned 34 shrines and a search of 34 pages go wrong about equally often.
# For a shrine that is in no example and on no page, both put out the nearest thing they have.
# Checking the name made the wrong answers vanish, and “I don't know” took their place.
#
# So is the answer always right when the name is checked?
# Try two cases.
#
# 1. One wrong page has got into the library of 34 pages (it was made for this exercise)
# 2. The library has the pages of all 134 shrines, and you ask about Suwa Shrine

# %% id="fails"
mixed = Library(["Izumo Daijingu is in Shimane.", *pages[:34]])
full = Library(pages)
(mixed.answer("Izumo Daijingu", places, True), full.answer("Suwa Shrine", places, True))

# %% [markdown] id="explain" step="explain"
# ## 9. In your own words
#
# In the first case the name fits, but the page is wrong, and so is the answer.
# In the second the answer is right for the shrine in the table, the one in the city of Nagasaki.
# But there are about 5,000 Suwa shrines in Japan, most of all in Nagano and Niigata (Hyogo Jinjacho).
# Asked about one in another town, the answer would be wrong.
#
# Write about two things in your own words.
#
# - Every page was right. Why did searching the 34 pages still go wrong?
# - What does checking the name change, and what can it not check?

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
If the shrine has no page, the answer comes from the page of a shrine with similar letters.
Checking the name gives “I don't know” instead, so fewer answers are wrong.
It cannot check whether the page itself is right, or whether another shrine has the same name.
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **What the small machine leaves out** This machine uses the letters of names and 134 examples, nothing else.
# > It has no map and no texts, and it never puts out “I don't know” by itself.
# > A large language model has been adjusted to a great deal of text, and may well put out “I don't know”.
# > By itself it has no part that checks whether something is true either.
# > Searching was made very small too.
# > In real services a language model writes its answer from several pages, and may misread them.
# > One model went wrong more often when it was handed pages that lacked what it needed (Joren and others 2025).

# %% [markdown] id="check" step="check"
# ## 10. The class's checking procedure
#
# Choose a shrine in a town you know or would like to visit, and write it as `mine`, between the `""`.
# One that you find on a map will do.
# In Japan, choose one that is well known in your town, not one that shows where you live.
# You can also try the name of something that is not a shrine at all.

# %% id="mine"
mine = "Hachiman Shrine"
table([
    ("Way of answering", "Answer"),
    ("From the name alone", f"{machine.guess(mine)} ({sure(mine)}%)"),
    ("Search 134 pages, check the name", full.answer(mine, places, True) or "I don't know"),
])

# %% [markdown] id="mine-ask"
# Check where it really is, following the procedure just below.
# Write which two sources you used, what you found out, and what you still do not know.

# %% id="own-words-4" fill="explain"
### BEGIN SOLUTION
explain("own-words-4", """
I chose the Hachiman shrine in the town of our partner school. The machine named another prefecture.
Source 1: the shrine's own website. Source 2: the page of the city's tourist office.
Name and town agree in both. I do not know yet when the tourist page was written.
""")
#> explain("own-words-4", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="procedure"
# **The class's checking procedure**
#
# 1. Decide what to check: which shrine, in which town.
# 2. Find the original source: a sign or website of the shrine, the town's pages, a map.
# 3. See whether name, town and date agree. Watch for names that differ by one word, and for namesakes.
# 4. Find a second source that did not copy the first.
# 5. Write what you found out, and what you still do not know.
#
# An answer that you have checked is safe to use, even when a machine put it out.
# An answer that you cannot check stays “not known yet”.
