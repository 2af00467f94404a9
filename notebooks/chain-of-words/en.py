# %% [markdown] id="title"
# # A chain of words
#
# Today's small machine reads a book and writes sentences by putting words in a chain.
# The book says where in Japan certain shrines are, and where each prefecture (one of 47 regions) is governed from.
# You are the ones who find out whether the machine's sentences are true.
#
# Run the grey boxes (cells) from top to bottom.
# Change only what stands at `...`, between `" "` or in `[ ]`.

# %% id="start"
import smallmachines
from smallmachines import data
from smallmachines.chain import Chain, shares
from smallmachines.checking import check
from smallmachines.notes import compare, explain, predict
from smallmachines.show import lines, table
from smallmachines.truth import Judge

smallmachines.start("en")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. Your own idea first
#
# See how many sentences the book has, and which of them mention Nara Prefecture.
# Words are separated by spaces; a name of several words is joined by _ and counts as one.
# The names are new to most of us. You can still compare them letter by letter.

# %% id="book"
book = data.lines("sentences.en.words")
prefectures = [sentence.split()[0] for sentence in book if " is governed from " in sentence]

def in_book(word):
    return [sentence for sentence in book if word in sentence.split()]

print(len(book))
print(*in_book("Nara_Prefecture"), sep="\n")

# %% [markdown] id="judge-ask"
# Could there be mistakes in the book?
# A list of answers, made by people, judges every sentence.
# On the left is the number of true sentences, on the right the number of all sentences.
# The machine never sees the list.

# %% id="judge"
judge = Judge(data.facts("facts.json")["languages"]["en"])
words = {True: "true", False: "false", None: "cannot be judged"}
sum(judge(sentence) is True for sentence in book), len(book)

# %% [markdown] id="my-idea-ask"
# Every sentence of the book is true.
# Will a machine that has read only this book write only true sentences?
# Write down what you think, and why, between `"""` and `"""`.

# %% id="my-idea" fill="explain"
### BEGIN SOLUTION
explain("my-idea", """It will write only true sentences, because there is nothing else in the book.""")
#> explain("my-idea", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. Predict
#
# Of the words it has written, the machine looks only at the last three.
# It collects every word that came after those three in the book.
# From these it draws one by lot and adds it to the chain.
# After "Nara_Prefecture is governed", for instance, came "from".
#
# If it writes 100 sentences, how many will be false?
# Take away `...` and write a number.

# %% id="false-of-100" fill="predict"
### BEGIN SOLUTION
predict("false-of-100", 0)
#> predict("false-of-100", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. Let the machine write
#
# The machine reads the book and writes eight sentences.

# %% id="write"
machine = Chain(memory=3)
machine.learn(book)
outputs = machine.make(8, seed=145)
table([("number", "sentence"), *enumerate(outputs, 1)])

# %% [markdown] id="marks-ask"
# Read them one by one. Is each of them true?
# We do not look at the list of answers yet. You may look at a map of Japan.
# Write the numbers that you think are true in `true_ones`, and those that you think are false in `false_ones`.
# Take away `...` and put commas between the numbers, as in `[1, 2]`.
# Leave out those that you cannot tell yet.
# With no number at all, leave `[]`.

# %% id="marks" fill="code"
### BEGIN SOLUTION
true_ones = [1, 3, 4, 5]
false_ones = [2, 6]
#> true_ones = [...]
#> false_ones = [...]
### END SOLUTION

# %% id="check-marks" check="marks"

# %% [markdown] id="verdicts-ask"
# Now the list of answers judges them, and you compare.
# "Trusted too much" are false sentences that you marked true.
# "Doubted too much" are true sentences that you marked false.

# %% id="verdicts" needs="marks"
verdicts = [judge(sentence) for sentence in outputs]
trusted = [n for n in true_ones if verdicts[n - 1] is False]
doubted = [n for n in false_ones if verdicts[n - 1] is True]
print("trusted too much", trusted, "doubted too much", doubted)
table([("number", "sentence", "verdict"), *[(n, outputs[n - 1], words[verdicts[n - 1]]) for n in range(1, 9)]])

# %% [markdown] id="many-ask"
# Eight sentences might be chance.
# We let it write 200 and work out how many are false in every 100.
# Compare with your prediction.

# %% id="many" needs="false-of-100"
def result(memory, seed=1):
    chain = Chain(memory)
    chain.learn(book)
    return shares(chain.make(200, seed), judge, book)

compare("false-of-100", round(100 * result(3)["false"]))

# %% [markdown] id="investigate" step="investigate"
# ## 4. Where did it go wrong?
#
# Sentence number 4 was false.
# We look for every sentence of the book that mentions Miyazaki Prefecture, and compare.
# From which word on is number 4 different from the book?

# %% id="look-up"
print(*in_book("Miyazaki_Prefecture"), sep="\n")

# %% [markdown] id="next-words-ask"
# The machine has written "Miyazaki_Prefecture is governed from". What can come next?
# Here is the number of possible words, and the first five.
# The chances of all of them add up to 1.

# %% id="next-words"
next_words = machine.chances("Miyazaki_Prefecture is governed from")
print(len(next_words))
table([("next word", "chance"), *list(next_words.items())[:5]])

# %% [markdown] id="why-ask"
# Miyazaki has the same chance as every other city.
# The last three words are "is governed from", and Miyazaki Prefecture is not among them.
#
# A sentence that comes out like this, looks true and is not, is called a "plausible error".
# It is not done on purpose. There is no part in the machine that checks what is true.
#
# Everything in the book is true. Why did false sentences come out?
# Use "the last three" and "the next word".

# %% id="why" fill="explain"
### BEGIN SOLUTION
explain("why", """It looks only at the last three words and draws the next word by lot.
Those three do not say which prefecture it is about, so another one's city gets in.""")
#> explain("why", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="longer" step="longer"
# ## 5. Let it look further back
#
# What if the machine looks further back than the last three words?
# Choose how many words it looks at, from 1 to 5, and write the number at `...`.
# Find one with which none of 200 sentences is false.

# %% id="memory" fill="code"
### BEGIN SOLUTION
memory = 4
#> memory = ...
### END SOLUTION

# %% id="check-memory" check="memory"

# %% [markdown] id="by-memory-ask"
# Now all of them from 1 to 5, side by side.
# Sentences are sorted into four kinds: copied from the book, new and true, false, and those that cannot be judged.
# Strings of words that make no sentence count as "cannot be judged".
# Where "false" reaches 0, what have the other lines done?

# %% id="by-memory"
results = {n: result(n) for n in range(1, 6)}
kinds = {"copied": "copied", "new and true": "new and true"}
kinds |= {"false": "false", "cannot be judged": "no sentence"}
lines(
    {name: {n: results[n][kind] for n in results} for name, kind in kinds.items()},
    x="number of words it looks at",
    y="share of sentences",
)

# %% [markdown] id="torn-book" step="torn-book"
# ## 6. Ask what is not in the book
#
# With four or five words to look at, every sentence was a copy.
# So what happens when we ask something that the book does not say?
#
# Choose one prefecture. We shall tear every sentence with its name out of the book.
# Write it between `" "` as it stands in the book, for example `"Aichi_Prefecture"`.

# %% id="missing" fill="code"
### BEGIN SOLUTION
missing = "Aichi_Prefecture"
#> missing = ""
### END SOLUTION

# %% id="check-missing" check="missing"

# %% [markdown] id="torn-predict"
# We ask a machine that looks at five words where that prefecture is governed from.
# One such machine has read the whole book, another the torn one.
# What will come out after the torn book?
# Take away `...` and write your prediction in words, between `" "`.

# %% id="torn" fill="predict"
### BEGIN SOLUTION
predict("torn", "I don't know")
#> predict("torn", ...)
### END SOLUTION

# %% id="ask-torn" needs="torn missing"
def ask(pages):
    long_memory = Chain(memory=5)
    long_memory.learn(pages)
    return long_memory.go_on(missing + " is governed from", seed=2)

torn = [sentence for sentence in book if missing not in sentence.split()]
for name, pages in [("whole book", book), ("torn book", torn)]:
    print(name, len(pages), ask(pages), words[judge(ask(pages))], sep="  ")
compare("torn", ask(torn).split()[4])

# %% [markdown] id="explain" step="explain"
# ## 7. In your own words
#
# Off the book, the machine that looks further back made a plausible error too.
#
# Compare what you thought at first with what you think now.
# Write what has changed and what has not, with a reason for each.
# Say also what looking further back mended, and what it did not.

# %% id="repair" fill="explain"
### BEGIN SOLUTION
explain("repair", """New: even from a true book, what the machine writes need not be true, for it looks at the last words only.
Looking further back got rid of the errors, but only by copying. Off the book it was wrong.
The same: looking it up in the book is a good way to check.""")
#> explain("repair", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **What the small machine leaves out** This machine uses the last few words and how often what came next, nothing more.
# > A large language model uses far longer texts in a far more complex calculation.
# > It does not only copy what it read: it can use what similar words have in common.
# > So it makes far fewer errors than this machine.
# > Even so, some plausible errors remain (Kalai and Vempala 2024).
# > There are ways of making them rarer, and checking is still needed.

# %% [markdown] id="procedure" step="check"
# ## 8. The class's way of checking
#
# Choose one of the machine's eight sentences and check it in this order.
#
# 1. Decide which words to check: a name, a place, a number.
# 2. Look for those words in the book or source they come from.
# 3. See whether the name and the place stand together there as well.
# 4. Look at a second source that was made separately, such as an atlas or the shrine's own page.
# 5. Write right, wrong or not known yet, and what you base it on.
#
# What is not in the book or on the list need not be false. It is "not known yet".
# That a sentence reads smoothly is no sign that it is true.
# A sentence that passes the check can be used with confidence.
