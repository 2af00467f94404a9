# %% [markdown] id="title"
# # The tax on words
#
# What you pay for AI, and how much it can read at once, often depends on the number of **tokens**.
# Tokens are the small pieces into which a machine cuts a text.
# The same sentence can make a different number of tokens in Japanese and in English.
# In the language with more of them, the same content then costs more.
# Here we call that the “tax on words”. It is a figure of speech; nobody collects a real tax.
#
# You will train a small machine that cuts text, and find out where the tax comes from.
# Run the cells from top to bottom.
# All you change is `...` and the numbers that the text mentions.
# The part “High school” at the very end is for high school pupils and for those who are ahead.

# %% id="start"
import random

import smallmachines
from smallmachines.checking import check
from smallmachines.data import rows
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, lines
from smallmachines.tokens import encode, premium, readable, train

smallmachines.start("en")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. Your own idea first
#
# “水は百度でふっとうします。”
#
# “Water boils at one hundred degrees.”
#
# Two sentences with one meaning. Which is shorter, and what did you count?
# For which of them do you think an AI service would charge more?
# Write your answer and your reason between `"""` and `"""`, then run the cell.

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
Counting characters, the Japanese one is shorter. Words are hard to count in Japanese, because there are no spaces.
I think the Japanese one is cheaper, since it has fewer characters.
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. Split the sentences, and predict
#
# There are 200 pairs of a Japanese and an English sentence with the same meaning.
# The machine reads 150 pairs. The other 50 are kept back, unread, for testing.
# The 7 in `split(7)` decides how they are split. Each group may use a number of its own.

# %% id="split"
sentences = [(row["ja"], row["en"]) for row in rows("pairs.tsv")]

def split(seed):
    mixed = random.Random(seed).sample(sentences, len(sentences))
    return mixed[50:], mixed[:50]

seen, unseen = split(7)
unseen[:3]

# %% [markdown] id="ask-tax"
# The first machine will read nothing but English sentences.
# It will then cut the 50 pairs kept for testing.
# **How many times as many tokens will there be in Japanese as in English?**
# 1 means the same number, 0.5 half as many, 2 twice as many. Replace `...` by a number.

# %% id="tax-english-only" fill="predict"
### BEGIN SOLUTION
predict("tax-english-only", 0.6)
#> predict("tax-english-only", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. Train a machine that cuts text
#
# A computer stores text as a row of numbers called bytes.
# An English letter takes one byte; most Japanese characters take three.
#
# At first the machine cuts a text into single bytes.
# Then it joins the two neighbours that stand together most often into one token.
# `train` does this joining 300 times.
#
# The first line shows the first eight things it joined.
# The other two are a sentence it has not read, cut in English and in Japanese.
# Something like `<E7>` is a fragment of a character: a byte that is not a whole one.

# %% id="english-only"
english = train([en for _, en in seen], merges=300)
print([readable(one + two) for one, two in list(english)[:8]])
ja, en = unseen[0]
print([readable(token) for token in encode(en, english)])
print([readable(token) for token in encode(ja, english)])

# %% [markdown] id="define-tax"
# From now on, the “tax” is how many times as many tokens there are in Japanese as in English.
# In the function, `japanese` is the number of Japanese tokens and `english` the number of English ones.
# Replace the `...` after `return` by a formula with these two.
# When you run the cell, prediction and result appear. Then run the check below.

# %% id="tax" fill="code" needs="tax-english-only"
def tax(pairs, table):
    japanese = sum(len(encode(ja, table)) for ja, _ in pairs)
    english = sum(len(encode(en, table)) for _, en in pairs)
    ### BEGIN SOLUTION
    return japanese / english
    #> return ...
    ### END SOLUTION

compare("tax-english-only", round(tax(unseen, english), 2))

# %% id="check-tax" check="tax"

# %% [markdown] id="investigate" step="investigate"
# ## 4. Where does the tax come from?
#
# Measure the same 50 pairs with three rulers:
# characters, tokens of a machine that has read nothing (single bytes), and tokens of the machine that read only English.
# Below 1 there are fewer in Japanese, above 1 there are more.

# %% id="three-rulers"
letters = sum(len(ja) for ja, _ in unseen) / sum(len(en) for _, en in unseen)
nothing_read = premium(unseen, train([], merges=0))
rulers = {"characters": letters, "read nothing": nothing_read, "read only English": premium(unseen, english)}
bars(rulers, title="How many times as many in Japanese", x="what is counted", y="Japanese / English")

# %% [markdown] id="ask-share"
# In characters, the Japanese sentences are shorter than the English ones.
# What the machine has read makes the tax grow.
#
# Now make some of the 150 sentences Japanese.
# **How many per cent of them must be Japanese to bring the tax below 1.5?**
# Predict a number from 0 to 100, and see the result in the cell below.
#
# That cell trains nine machines with different shares of Japanese, which takes a moment.
# The test is always the same 50 pairs.
# The “result” above the chart is the smallest share that brought the tax below 1.5.

# %% id="share-needed" fill="predict"
### BEGIN SOLUTION
predict("share-needed", 50)
#> predict("share-needed", ...)
### END SOLUTION

# %% id="curve" needs="share-needed"
def texts(pairs, share):
    japanese = round(len(pairs) * share)
    return [ja for ja, _ in pairs[:japanese]] + [en for _, en in pairs[japanese:]]

shares = [0, 2, 5, 10, 20, 30, 50, 75, 100]
tables = {percent: train(texts(seen, percent / 100), merges=300) for percent in shares}
curve = {percent: premium(unseen, table) for percent, table in tables.items()}
print(compare("share-needed", min(percent for percent in shares if curve[percent] < 1.5)))
lines({"tax": curve}, title="What was read, and the tax", x="share of Japanese (%)", y="Japanese / English")

# %% [markdown] id="look-again"
# Let the machine that read half Japanese and half English cut the Japanese sentence of part 3 again.
# What has been joined? Which characters are still in fragments?

# %% id="half-and-half"
print([readable(token) for token in encode(ja, tables[50])])

# %% [markdown] id="modify" step="modify"
# ## 5. Try to mend it
#
# **Repair A: join more often.**
# The machine still reads nothing but English, but joins 800 times instead of 300.
# What will the tax be?
# Look at the tax in part 3, predict, and see the result in the cell below.

# %% id="bigger-table" fill="predict"
### BEGIN SOLUTION
predict("bigger-table", 2)
#> predict("bigger-table", ...)
### END SOLUTION

# %% id="bigger" needs="bigger-table"
sizes = {merges: premium(unseen, train(texts(seen, 0), merges)) for merges in (50, 100, 300, 800)}
print({merges: round(found, 2) for merges, found in sizes.items()})
compare("bigger-table", round(sizes[800], 2))

# %% [markdown] id="who-pays"
# **Repair B: more Japanese sentences.**
# This time look at the number of tokens of each language in the 50 pairs, and not at the ratio.
# While Japanese needs fewer and fewer tokens, what becomes of English?

# %% id="both-languages"
def tokens(language, table):
    return sum(len(encode(pair[language], table)) for pair in unseen)

japanese = {percent: tokens(0, table) for percent, table in tables.items()}
english_now = {percent: tokens(1, table) for percent, table in tables.items()}
lines({"Japanese": japanese, "English": english_now}, title="Tokens in 50 pairs", x="share of Japanese (%)", y="tokens")

# %% [markdown] id="my-share-ask"
# Suppose you are the maker of this machine. Choose a share that meets both conditions.
#
# - The tax is below 1.5.
# - English needs less than 1.1 times as many tokens as with a machine that read only English.
#
# Replace the `...` in `my_share` by a number from 0 to 1. For 80% write 0.8.
# Run the cell to see the tax, and how many times as many tokens English needs.

# %% id="my-share" fill="code"
def dearer(share):
    return tokens(1, train(texts(seen, share))) / tokens(1, train(texts(seen, 0)))

### BEGIN SOLUTION
my_share = 0.25
#> my_share = ...
### END SOLUTION
print("tax", round(premium(unseen, train(texts(seen, my_share))), 2))
print("English tokens", round(dearer(my_share), 2), "times")

# %% id="check-my-share" check="my-share"

# %% [markdown] id="swap"
# **The other way round.**
# Let a machine that read only Japanese cut the English sentences.
# Now work out how many times as many tokens there are in English as in Japanese.
# Before you run the cell, tell your neighbour what you expect.

# %% id="swapped"
japanese_pays = premium(unseen, tables[0])
english_pays = 1 / premium(unseen, tables[100])
both = {"Japanese, machine read only English": japanese_pays, "English, machine read only Japanese": english_pays}
bars(both, title="The unread language compared with the other", x="language and machine", y="times")

# %% [markdown] id="explain" step="explain"
# ## 6. Explain in your own words
#
# In the chart, the first three bars are the tax of machines that you trained in class.
# The others are real tokenizers (worked out from the table of Petrov and others, 2023, who cut the same 2,000 sentences).
# “UTF-8 bytes” compares numbers of bytes, and “Characters” numbers of characters.
# What is like your small machine, and what is not?

# %% id="published"
ours = {f"small machine ({percent}% Japanese)": curve[percent] for percent in (0, 50, 100)}
published = {row["tokenizer"]: float(row["ratio"]) for row in rows("published-premiums.csv")}
bars(ours | published, title="The small machine and real tokenizers", x="tokenizer", y="Japanese / English")

# %% [markdown] id="write-why"
# Somebody says: “Japanese is a wasteful language that does not suit machines.”
# Answer with at least two results from this exercise.
# Say, too, what it costs to lower the tax, and who pays.

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
In characters Japanese is the shorter one, so it is not wasteful.
With a fifth of Japanese in what the machine read the tax fell a lot, and with only Japanese it was English that paid more.
The tax depends very much on what people let the machine read. With more Japanese, English needed a few more tokens.
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **What the small machine leaves out**
# >
# > - It read 150 sentences and joined 800 times at most. Real tokenizers do vastly more of both.
# > - The sentences are short and easy. With technical text or chat the tax is different.
# > - This machine cuts before spaces. Japanese has none, so a whole sentence hangs together. Real tokenizers cut by other rules as well.
# > - The tax has to do with price and with how much can be read. How good the answers are is not measured here.
# > - Only two languages are looked at. Others in the world pay a higher tax.

# %% [markdown] id="procedure" step="check"
# ## 7. Before you believe what a language costs
#
# Suppose an advertisement says: “This AI costs the same in Japanese and in English.”
# Go through the steps and say at which of them you would look up what.
#
# 1. Decide what to compare. Use sentences with the same meaning and write down whether you count characters, bytes or tokens.
# 2. Look in the makers' papers for which languages the tokenizer was built from.
# 3. Cut your own sentences and count them by language. Never test with sentences that the machine has read.
# 4. Look at the date and version of the price list or paper. A new version may bring another tax.
# 5. Compare with a second, independent source.
# 6. Write separately what you know and what you do not know yet.

# %% [markdown] id="high-school"
# ## High school: count neighbours
#
# From here on it is for high school pupils, and for anybody who is ahead.
#
# Write for yourself one of the jobs that `train` does again and again.
# It is a function that counts how often each pair of neighbours comes up.
# `counts` is a dictionary that holds the number for each pair.
# `counts.get(pair, 0)` is how often this pair has been seen so far: 0 if it has not been seen yet.
#
# Replace `...` by a formula. The cell then shows the five most frequent pairs in the English sentences.
# This machine cuts before spaces, so pairs that end in a space are left out.
# Is the first one what the machine joined first in part 3?

# %% id="neighbours" fill="code"
def neighbours(tokens):
    counts = {}
    for pair in zip(tokens, tokens[1:]):
        ### BEGIN SOLUTION
        counts[pair] = counts.get(pair, 0) + 1
        #> counts[pair] = ...
        ### END SOLUTION
    return counts

inside = {pair: n for pair, n in neighbours(list(" ".join(en for _, en in seen))).items() if pair[1] != " "}
sorted(inside, key=inside.get, reverse=True)[:5]

# %% id="check-neighbours" check="neighbours"

# %% [markdown] id="write-limits"
# Of what you found out with the small machine, what is likely to hold for real AI, and what need not hold?
# Choose one of each, and give your reasons.
# To check it with a real AI, what would you count?

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
That a language costs more if little of it was read can also be seen for GPT-2 in the table, so it is likely to hold.
That a fifth of Japanese is enough comes from 150 short sentences, so it need not hold.
I would take sentences with the same meaning in both languages and count the tokens of one AI for each language.
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION
