# %% [markdown] id="title"
# # No word for “shrine”
#
# There are machines that look at a photo and put out the name of what is in it.
# They pick one name from a list that people made.
# A name that is not on the list never comes out, whatever the photo shows.
# Today you look into the real lists that real machines use.
#
# Run the grey boxes (cells) from top to bottom.
# Click into a box, then hold Shift and press Enter.
# You only ever change what is `...`, or what stands between `"""`.
# The parts from “Junior high and high school” on are for those who want to go further.

# %% id="start"
import smallmachines
from smallmachines.checking import check
from smallmachines.data import facts, lines, rows
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, gallery, table
from smallmachines.wordmap import answer, dot, length, ranks, read_map

smallmachines.start("en")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. Your own idea first
#
# Suppose you build a machine that names photos.
# Its list has room for only ten names.
# It is for photos of your own town: which ten names go in?
# Write the ten, and why you chose them.

# %% id="my-ten" fill="explain"
### BEGIN SOLUTION
explain("my-ten", """Person, dog, car, house, school, tree, flower, river, church, shop.
I chose what you see most often on a walk through our town.""")
#> explain("my-ten", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. Predict
#
# One list that real machines often use is called ImageNet.
# It has a thousand names, in English.
# How many of these six are on it?
#
# | a church | a mosque | a castle | a temple | a Japanese shrine | a Japanese dish |
# | :---: | :---: | :---: | :---: | :---: | :---: |
# | church | mosque | castle | temple | shrine | sushi |
#
# A mosque is where Muslims pray; Shinto shrines and Buddhist temples stand all over Japan.
# Replace `...` by a number from 0 to 6.

# %% id="guess-found" fill="predict"
### BEGIN SOLUTION
predict("guess-found", 5)
#> predict("guess-found", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. Search the lists
#
# Here are three lists.
# Quick, Draw! is the list of a machine that guesses doodles.
# COCO is the list of machines that say what is where in a photo.
# Have a look at some of the names of ImageNet.

# %% id="lists"
imagenet = [name.lower() for name in lines("imagenet.txt")]
quickdraw = [name.lower() for name in lines("quickdraw.txt")]
coco = lines("coco.txt")
print(len(imagenet), len(quickdraw), len(coco))
imagenet[::100]

# %% [markdown] id="letters-ask"
# A thousand names are too many to search by eye.
# Let the program look for “rice” and for “oden”, a Japanese stew.
# First, it looks for names in which these letters stand in a row.

# %% id="letters"
[name for name in imagenet if "rice" in name or "oden" in name]

# %% [markdown] id="find-ask"
# It found two, but neither is food.
# A triceratops is a dinosaur, and a wooden spoon is a spoon.
# The letters only happened to stand in the middle of another word.
#
# `name.split()` cuts a name at its spaces, into words.
# Change `...` below to `name` or to `name.split()`.
# It should find a name only when a whole word is the same.

# %% id="find" fill="code"
### BEGIN SOLUTION
def find(word, names):
    return [name for name in names if word in name.split()]
#> def find(word, names):
#>     return [name for name in names if word in ...]
### END SOLUTION

print("rice:", find("rice", imagenet), "oden:", find("oden", imagenet))

# %% id="check-find" check="find"

# %% [markdown] id="six-ask"
# Now search for the six names with your program.
# Compare the result with your prediction.

# %% id="six" needs="guess-found find"
six = ["church", "mosque", "castle", "temple", "shrine", "sushi"]
found = [word for word in six if find(word, imagenet)]
print(found)
compare("guess-found", len(found))

# %% [markdown] id="investigate" step="investigate"
# ## 4. Whose list is it?
#
# Emoji are a list that people made, too.
# The names of all emoji that show things are our fourth list.
# A circle means that the word is on the list.

# %% id="compare-lists" needs="find"
emoji = rows("emoji.csv")
emoji_names = [one["name"].lower() for one in emoji]
lists = {"ImageNet": imagenet, "Quick, Draw!": quickdraw, "COCO": coco, "emoji": emoji_names}
words_to_find = ["church", "mosque", "temple", "shrine", "castle", "kimono", "pizza", "sushi"]
marks_of = {word: ["○" if find(word, names) else "" for names in lists.values()] for word in words_to_find}
table([("word", *lists), *((word, *marks) for word, marks in marks_of.items())])

# %% [markdown] id="missing-ask"
# None of the three machines' lists has a shrine, a temple or sushi.
# That does not mean they have nothing Japanese: ImageNet has the kimono.
# The emoji do have a shrine.
# Their temple is a Hindu temple; they have no Buddhist one.
# Every list leaves something out.
#
# Now count the dishes.
# “Japan” are those that the writers of this exercise took for Japanese dishes.
# “elsewhere” are dishes of other countries and regions.
# Where they were in doubt, it says “undecided”.

# %% id="dishes"
kinds = rows("kinds.csv")
homes = {"japan": "Japan", "elsewhere": "elsewhere", "unclear": "undecided"}
named = {"ImageNet": "ImageNet", "Quick, Draw!": "Quick, Draw!", "COCO": "COCO", "emoji": "emoji"}
dishes = {said: [one["home"] for one in kinds if one["list"] == name and one["kind"] == "dish"] for name, said in named.items()}
table([("list", "dishes", *homes.values()),
       *((name, len(found), *map(found.count, homes)) for name, found in dishes.items())])

# %% [markdown] id="dogs-ask"
# ImageNet has not a single Japanese dish.
# But it has 118 kinds of dog.
# In 2012 one of the contests held with it was about telling kinds of dog apart.
# What goes on a list changes with what its makers want it for.

# %% id="dogs"
dogs = imagenet[151:269]
worship = [one["name"] for one in kinds if one["list"] == "ImageNet" and one["kind"] == "worship"]
print(dogs[:4], worship)
bars({"kinds of dog": len(dogs), "food and drink": len(dishes["ImageNet"]), "places of worship": len(worship)},
     title="Among the thousand names of ImageNet", x="kind", y="names")

# %% [markdown] id="emoji-ask"
# And why are there so many Japanese dishes among the emoji?
# In the table, “version” is the order in which emoji came into the worldwide standard.
# 0.6 are pictures that Japanese phone companies had drawn before.
# “companies” says how many of them already had the picture.

# %% id="emoji-first"
places = [one for one in emoji if one["kind"] == "place-religious"]
table([("emoji", "version", "companies"),
       *((one["name"], one["since"], len(one["carriers"].split())) for one in places)])

# %% [markdown] id="emoji-why"
# The church comes from the Japanese phone companies.
# The gate of the shrine was in none of their sets.
# It came in 2009, in the version that took in symbols of Japanese broadcasters.
# The mosque was in neither, and was added later.
# The list of emoji began with Japanese companies.
#
# A list shows how the people who made it live.

# %% [markdown] id="predict-2" step="predict-2"
# ## 5. Show it a drawing of a shrine
#
# There is a real machine that uses the list of ImageNet.
# It is called EfficientNet-Lite0.
# We showed it a drawing of a torii, the red gate of a shrine.
# What did it put out? Write your guess between the quotation marks, `" "`.

# %% id="guess-shrine" fill="predict"
### BEGIN SOLUTION
predict("guess-shrine", "castle")
#> predict("guess-shrine", "")
### END SOLUTION

# %% [markdown] id="run-2" step="run-2"
# ## 6. What the real machine put out
#
# The machine is large, so we ran it beforehand and wrote its answers down.
# First come photos.
# For the first three, the right name is on the list.
# For the last two there is no name on it.

# %% id="photos"
answers = rows("answers.csv")
photos = {"coffee": "a cup of coffee", "chelsea": "a cat", "camera": "a camera on a tripod", "rocket": "a rocket", "motorcycle_left": "a motorcycle"}
top = {picture: [one for one in answers if one["picture"] == picture] for picture in photos}
table([("photo", "name on the list", "first answer", "second answer", "third answer"),
       *((photos[p], top[p][0]["right"] or "none", *(one["answer"] for one in top[p][:3])) for p in photos)])

# %% [markdown] id="photos-read"
# Where the list has the name, it came out among the first three.
# The Egyptian Mau that came first is a kind of cat as well.
# For the rocket it put out “missile”.
# For the motorcycle it put out “moped”.
# Neither rocket nor motorcycle is on the list.
# The machine has no way to put out “not on my list”.
#
# Now drawings. Below each stands the machine's first answer.

# %% id="drawings"
drawn = facts("pictures.json")
first = {one["picture"]: one["answer"] for one in answers if one["rank"] == "1"}
gallery(list(drawn.values()), [first[name.replace("-", " ")] for name in drawn], columns=3)

# %% [markdown] id="drawings-read"
# These are a teapot, an umbrella, a strawberry, a banana, a church and a shrine.
# It got the teapot and the umbrella right, and the strawberry and the banana wrong.
# They came out as a piggy bank and a pill bottle, though both names are on the list.
# The machine was made from photos, and it is poor at drawings.
#
# So you must not judge by the shrine's answer alone.
# We tried all the drawings whose names are on the list, and counted.
# Something to compare with like this is called a control.

# %% id="control"
right = [one for one in answers if one["group"] in ("drawing", "worship") and one["answer"].lower() == one["right"].lower()]
pictures = {one["picture"] for one in answers if one["group"] in ("drawing", "worship") and one["right"]}
firsts, within = sum(one["rank"] == "1" for one in right), len({one["picture"] for one in right})
print("drawings whose names are on the list:", len(pictures), "right at once:", firsts)
bars({"right at once": firsts, "second to fifth": within - firsts, "did not come out": len(pictures) - within},
     title="Drawings whose names are on the list", x="result", y="drawings")

# %% [markdown] id="shrine-ask"
# Compare the first five answers for the church and for the shrine.
# For the church, “church” came second.
# Could “shrine” come out for the shrine at all?

# %% id="shrine" needs="guess-shrine"
five = {name: [one for one in answers if one["picture"] == name] for name in ("church", "shinto shrine")}
print([(one["answer"], one["probability"]) for one in five["church"]])
print([(one["answer"], one["probability"]) for one in five["shinto shrine"]])
compare("guess-shrine", five["shinto shrine"][0]["answer"])

# %% [markdown] id="shrine-read"
# A pedestal is what a statue stands on.
# There are two reasons why “shrine” did not come out.
#
# - The list has no shrine. This is certain: it never comes out, however often you try.
# - The machine is poor at drawings. This is certain too: more than half of them went wrong at once.
#
# From this drawing alone you cannot tell which of the two made it a pedestal.

# %% [markdown] id="modify" step="modify"
# ## 7. Add five names
#
# Give twelve things to another machine that has only the list of ImageNet.
# It takes words instead of pictures, and puts out the name on the list that is closest.
# It calculates how close two words are on a “map of words”, which you can look into later.

# %% id="album"
words = read_map(lines("words.txt"))
things = {"shrine": "a place of Shinto", "torii": "the gate of a shrine", "temple": "a place of Buddhists", "sushi": "rice with fish", "noodle": "food", "chopsticks": "to eat with",
          "futon": "to sleep on", "lantern": "a light", "kimono": "clothing", "church": "a place of Christians", "castle": "a building", "umbrella": "for the rain"}
before = {thing: answer(thing, imagenet, words) for thing in things}
missing = [thing for thing in things if thing not in imagenet]
print("on the list:", len(things) - len(missing), "not on it:", len(missing))
table([("word put in", "what it is", "the machine's answer"), *((thing, things[thing], before[thing]) for thing in things)])

# %% [markdown] id="mine-ask"
# Even for what is not on the list, some name comes out.
# A ptarmigan is a bird, and a cauldron is a large pot.
#
# You may add five names to the list.
# Take more than three of them from the first column.
# The others can be any English words you like.
# Replace `...` by them, as in `["shrine", "pizza"]`.
# When you run it, you see only the words whose answer has changed.

# %% id="mine" fill="code"
### BEGIN SOLUTION
mine = ["shrine", "torii", "sushi", "noodle", "chopsticks"]
#> mine = ...
### END SOLUTION
after = {thing: answer(thing, imagenet + mine, words) for thing in things}
changed = [thing for thing in things if after[thing] != before[thing]]
table([("word put in", "before", "after"), *((thing, before[thing], after[thing]) for thing in changed)])

# %% id="check-mine" check="mine"

# %% [markdown] id="mine-read"
# Compare your five with a friend's. Are they the same?
# When shrine goes in, the answer for temple changes too.
# A new name also becomes the answer for what is still not on the list.
# And after five names, something is still missing.
# Which names come first is decided by people, not by the machine.

# %% [markdown] id="explain" step="explain"
# ## 8. In your own words
#
# A friend says: “That machine hates Japanese shrines.”
# Explain why its answer was not “shrine”.
# Use the words “list”, “how many” and “people who made it”.
# Do without words for feelings and minds, such as hates or does not know.

# %% id="why" fill="explain"
### BEGIN SOLUTION
explain("why", """There is no shrine on its list of a thousand names, so the answer shrine cannot come out.
The people who made it chose names for their purpose. How many? 118 kinds of dog, and not one shrine.""")
#> explain("why", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **What this exercise leaves out** Some of today's AI has no fixed list.
# > An AI that answers in sentences can put out the word “shrine”.
# > Even so, it may be poor at what was rare in its photos and texts.
# > The answers come from one machine, asked once.
# > How the dishes are sorted was decided by the writers of this exercise.
# > Six names on the lists, of weapons and underwear, were replaced by “(left out)”.
# > What goes in and what stays out: here, too, people decided.

# %% [markdown] id="check" step="check"
# ## 9. Check
#
# Hold these sentences against today's results.
# Write `True` for what is right and `False` for what is wrong.
# Write `None` if today's results do not tell.
#
# 1. A name that is not on the list never comes out of this machine.
# 2. Of the drawings whose names are on the list, more than half were wrong at once.
# 3. There is nothing Japanese on the list of ImageNet.
# 4. Shown a photo of a shrine, this machine puts out “mosque”.
#
# Change the four `...` in this order.

# %% id="claims" fill="code"
### BEGIN SOLUTION
claims = [True, True, False, None]
#> claims = [..., ..., ..., ...]
### END SOLUTION

# %% id="check-claims" check="claims"

# %% [markdown] id="procedure"
# **How to check the answer of a machine that gives names**
#
# 1. Find out whether it picks from a list or writes freely.
# 2. If there is a list, get it and search it for the words that matter to you.
# 3. Look for whole words. Do not be fooled by letters inside another word.
# 4. Try things that are on the list as well, and count how often it is right.
# 5. Find out who made the list, and what for.
# 6. Sort into right, wrong and not yet known, and write it down.

# %% [markdown] id="words-part"
# ## Junior high and high school: a map of words
#
# From here on it is for those who want to go further.
#
# The “map of words” of part 7 was made by a real machine called GloVe.
# It counted which words stand near which in a great many English texts.
# Each word became a row of 50 numbers.
# This exercise holds about 1,900 of its 400,000 words.
# Below are the first eight numbers of shrine.

# %% id="map"
rank = ranks(lines("words.txt"))
print(len(words), "words")
words["shrine"][:8]

# %% [markdown] id="guess-torii-ask"
# Which word do you think is closest to torii, the gate of a shrine?

# %% id="guess-torii" fill="predict"
### BEGIN SOLUTION
predict("guess-torii", "shrine")
#> predict("guess-torii", "")
### END SOLUTION

# %% [markdown] id="closeness-ask"
# Write a function that calculates how close two words are.
# `dot(a, b)` multiplies the numbers in the same places and adds everything up.
# It grows with the rows, so divide by the lengths of both.
# The lengths are `length(a)` and `length(b)`.
# The result is 1 for the same direction, and near 0 for nothing in common.

# %% id="closeness" fill="code"
### BEGIN SOLUTION
def closeness(a, b):
    return dot(a, b) / (length(a) * length(b))
#> def closeness(a, b):
#>     return dot(a, b) / ...
### END SOLUTION

print(round(closeness(words["church"], words["mosque"]), 2))

# %% id="check-closeness" check="closeness"

# %% [markdown] id="near-ask"
# Here are the six closest words for each of five words.
# “rank” is the place of a word when all are put in order, the most frequent first.

# %% id="near" needs="guess-torii closeness"
def near(word, n=6):
    others = [other for other in words if other != word]
    return sorted(others, key=lambda other: -closeness(words[word], words[other]))[:n]

asked = ["church", "shrine", "torii", "jinja", "umbrella"]
print(compare("guess-torii", near("torii")[0]))
table([("word", "rank", "closest words"), *((word, rank[word], ", ".join(near(word))) for word in asked)])

# %% [markdown] id="near-read"
# Most of the words next to torii are names of baseball players.
# There was a player whose first name is Torii, and it seems he was often in the newspapers.
# Next to jinja, Japanese for shrine, are towns and provinces in Africa and Asia.
# There is a town called Jinja in Uganda.
# Next to shrine is mosque: in English, shrine is a word for the holy places of many religions.
# And next to umbrella are words for organisations.
# In English, a body that holds others together is called an umbrella.
# So a word need not be rare: what was read decides what it comes to mean.
#
# For fourteen words, all of the twenty closest among the 400,000 are here.
# For any other word, something closer may be missing.

# %% [markdown] id="tokens-part"
# ## High school: how text is cut
#
# An AI that answers in sentences cuts them into pieces called tokens.
# Its list of pieces, the vocabulary, also has words that get in easily and words that do not.
# Here are 200 sentences with the same meaning in both languages, cut by real tokenizers.
# They are the sentences of the exercise “The tax on words”.
# With a ratio above 1, the Japanese takes more pieces.

# %% id="tokens"
counted = rows("tokens.csv")
cutters = [name for name in counted[0] if name not in ("text", "language")]
japanese, english, *single = counted
table([("tokenizer", "Japanese", "English", "ratio"),
       *((name, japanese[name], english[name], round(int(japanese[name]) / int(english[name]), 2)) for name in cutters)])

# %% [markdown] id="single-ask"
# See also into how many pieces single words are cut.
# Where church is 1, 神社 (shrine) need not be.

# %% id="single"
table([("word", *cutters[2:]), *((one["text"], *(one[name] for name in cutters[2:])) for one in single)])

# %% [markdown] id="causes-ask"
# Choose two of today's four results:
# the list of names, the answers to drawings, the map of words, the counts of tokens.
# Which of these do you think the bias comes from?
#
# - what was collected as examples (data)
# - the list of names (labels)
# - what it was made for (objective)
# - being used in another way than it was made for (use)
#
# Say how strong the evidence is: strong, medium or weak.
# Write a remedy that fits the cause, and what remains in spite of it.

# %% id="causes" fill="explain"
### BEGIN SOLUTION
explain("causes", """
That shrine is not on the list comes from the labels. The list shows it, so the evidence is strong.
The remedy is to add it, but photos must be collected and the machine made anew before it can come out.
The answer to the torii also comes from the use: a machine for photos was shown a drawing. Many controls went wrong too, so the evidence is medium.
""")
#> explain("causes", """
#>
#> """)
### END SOLUTION
