# %% [markdown] id="title"
# # A machine that draws shrines
#
# Today's small machine takes a collection of drawings and makes new ones.
# We decide what goes into the collection, and how many of each.
# What happens to its drawings when we change the collection?
#
# Run the grey boxes (cells) from top to bottom.
# Click into a box, then hold Shift and press Enter.
# You only ever change what is `...`, or what stands between `" "` or `"""`.

# %% id="start"
import smallmachines
from smallmachines.checking import check
from smallmachines.data import text
from smallmachines.drawings import collect, draw, mix, read_collection
from smallmachines.notes import compare, explain, predict
from smallmachines.painter import PictureMachine
from smallmachines.show import bars, grid
from smallmachines.studio import fair_judge, side_by_side, try_out

smallmachines.start("en")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. Your own idea first
#
# Draw a Japanese shrine, on real paper or on the site's “Paper to draw on”.
# Look at nothing; draw the shrine that is in your head.
# It does not have to be a good drawing.
# Never seen one? Then draw what the word makes you think of.
#
# What must be in the drawing so that everyone sees it is a shrine?
# Write it between `"""` and `"""`, and say why.

# %% id="must-have" fill="explain"
### BEGIN SOLUTION
explain("must-have", """A torii, the shrine gate, because few other buildings have one.""")
#> explain("must-have", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. Predict
#
# The machine is shown drawings of five buildings.
# Each has 16 × 16 cells and six colours.
# They were drawn by small programs, the “artists”.
# These artists draw a shrine as its red gate, the torii.
# Every drawing is a proper drawing of its own building.

# %% id="artists"
words = ["shrine", "Chinese temple", "church", "castle", "house"]
drawings = [draw(word, number) for number in range(3) for word in words]
grid(drawings, words * 3, columns=5)

# %% [markdown] id="guess-shrines-ask"
# We collect these 300 drawings and show them to the machine.
#
# | shrine | Chinese temple | church | castle | house |
# | :---: | :---: | :---: | :---: | :---: |
# | 3 | 75 | 74 | 74 | 74 |
#
# We give it the word “shrine” and let it make 100 drawings.
# How many of them will be shrines?
# Replace `...` by a number from 0 to 100.

# %% id="guess-shrines" fill="predict"
### BEGIN SOLUTION
predict("guess-shrines", 50)
#> predict("guess-shrines", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. Run the machine
#
# What a single machine does may be chance.
# So we use five.
# Each collects 300 drawings of its own and makes 20.
# You see 20 of the 100.
#
# First look for yourself.
# How many would you call shrines?
# Do they have what you said a shrine must have?

# %% id="few"
amounts = mix(300, "shrine", 3)
few = try_out("shrine", amounts)
grid(few.drawings[::5], columns=10)

# %% [markdown] id="compare-shrines-ask"
# Counting all 100 takes a while.
# So we leave it to a machine called the “judge”.
# For each drawing it picks one of the five buildings.
# On fresh drawings by the artists it was right 100 times out of 100.
#
# Compare how often the judge picked “shrine” with your prediction.

# %% id="compare-shrines" needs="guess-shrines"
compare("guess-shrines", few.counts["shrine"])

# %% [markdown] id="castles-ask"
# And if the same five machines are given the word “castle”?
# There are 74 castles in the collection.
# Compare what came out for “shrine” and for “castle”.

# %% id="castles"
castles = try_out("castle", amounts)
side_by_side({"“shrine”": few, "“castle”": castles})

# %% [markdown] id="investigate" step="investigate"
# ## 4. Why these drawings?
#
# For “castle”, nearly all the drawings were castles.
# So this is not a machine that always fails.
# And for “shrine”, what came out most often?
#
# Inside the machine there are eight “drawers”.
# That is too few to give each of the 300 drawings its own.
# So drawings with a similar pattern of colours go into the same drawer.
# A new drawing is made from what lies in a drawer.
# For a word with few drawings, the other drawers are used a little as well.
#
# What lies in the same drawer as the shrines, and how many?
# With 30 drawers, do the shrines get one to themselves?

# %% id="beside"
together = {}
for drawers in [8, 30]:
    machine = PictureMachine(k=drawers, seed=0)
    machine.train(collect(amounts, seed=0))
    for word, number in machine.memory.beside("shrine").items():
        together[f"{word} ({drawers})"] = number
bars(together, x="building (number of drawers)", y="drawings in the shrines' drawer")

# %% [markdown] id="predict-2" step="predict-2"
# ## 5. Take the Chinese temples out
#
# Even with 30 drawers, the shrines did not have one to themselves.
#
# Now back to eight drawers.
# This time we take all the Chinese temples out of the collection.
# What will the word “shrine” give most often?
#
# Choose shrine, church, castle or house.
# Write it between the quotation marks, `" "`.

# %% id="guess-instead" fill="predict"
### BEGIN SOLUTION
predict("guess-instead", "shrine")
#> predict("guess-instead", "")
### END SOLUTION

# %% [markdown] id="run-2" step="run-2"
# ## 6. Run it without them
#
# The 3 shrines stay.
# The other 297 are 99 churches, 99 castles and 99 houses.

# %% id="without"
others = ["church", "castle", "house"]
without = try_out("shrine", mix(300, "shrine", 3, others))
without

# %% [markdown] id="instead-ask"
# Which building has the largest number in the table?
# Write it between the quotation marks, `" "`.
# Run the box to compare it with your prediction.

# %% id="instead" fill="code" needs="guess-instead"
### BEGIN SOLUTION
instead = "house"
#> instead = ""
### END SOLUTION
compare("guess-instead", instead)

# %% id="check-instead" check="instead"

# %% [markdown] id="modify" step="modify"
# ## 7. Collect shrines
#
# Without the Chinese temples there were hardly more shrines.
# So the Chinese temples had not been in the way.
# Nowhere does the program say “draw a house”.
# The collection changed, and so the drawings changed.
#
# Next we put the Chinese temples back and add shrines.
# How many shrines in the collection bring shrines in more than half of the drawings?
# Replace `...` by a number from 4 to 75.
# Not enough? Change the number and run the box again.

# %% id="enough" fill="code"
### BEGIN SOLUTION
shrines = 30
#> shrines = ...
### END SOLUTION
cured = try_out("shrine", amounts | {"shrine": shrines})
cured

# %% id="check-enough" check="enough"

# %% [markdown] id="modify-2" step="modify-2"
# ## 8. Copy, or collect?
#
# Collecting many drawings is work.
# Why not just copy the ones we have?
#
# We try two repairs on a collection of 500 drawings with 5 shrines.
# “Copied”: each of the same five goes in 25 times.
# “Collected”: we find 125 different shrines.
# Either way there are 125 shrines.
#
# Before you run it, tell your neighbour what difference you expect.

# %% id="repairs"
five = mix(500, "shrine", 5)
copies = try_out("shrine", five, copies=25)
collected = try_out("shrine", five | {"shrine": 125})
side_by_side({"copied": copies, "collected": collected}, variety=True)

# %% [markdown] id="own-drawings" step="own-drawings"
# ## 9. Add your own drawings
#
# Both repairs brought more shrines.
# But with the copies, the same drawing came again and again.
#
# You can draw different shrines yourselves.
# On “Paper to draw on”, press “Copy for the notebook”.
# Paste it between `"""` and `"""`.
# No drawing yet? Run the box as it is.
#
# You will see twelve shrines that the artists did not draw, and yours.
# The word below each is what the judge says. Is it right?

# %% id="ours"
pasted = """

"""
ours = read_collection(text("shrines.txt"))
ours += read_collection(pasted) if pasted.strip() else []
grid([drawing for word, drawing in ours], [fair_judge().name(drawing) for word, drawing in ours])

# %% [markdown] id="helped-ask"
# The judge was made from the artists' drawings alone.
# So it can be wrong about what is clearly a shrine.
# Use your own eyes as well.
#
# We add these shrines to the first 300 drawings.
# Compare what comes out before and after.
# Does anything come out that looks like one of them?
# What if everyone in the class added one?

# %% id="helped"
helped = try_out("shrine", amounts, more=ours)
side_by_side({"before": few, "after": helped})

# %% [markdown] id="explain" step="explain"
# ## 10. In your own words
#
# Explain two things to a friend.
# The word was “shrine”: why did so many Chinese temples come out?
# What should be done about it?
#
# Use the words “how many”, “look alike” and “drawer”.
# Do without words for feelings and minds, such as thinks, hates or does not know.

# %% id="why-and-cure" fill="explain"
### BEGIN SOLUTION
explain("why-and-cure", """There were few shrines, so they shared a drawer with Chinese temples, which look alike.
Not copies but many different drawings of shrines should be collected.""")
#> explain("why-and-cure", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **What the small machine leaves out** This machine has five words and 16 × 16 cells.
# > A real AI that makes pictures is built from vastly more pictures and texts.
# > Inside it are no drawers but a great many numbers.
# > What is rare in the examples has been reported to come out worse (Udandarao and others 2024).
# > But rare examples are not the only cause.
# > It has also been reported that more is inside than comes out (Shi and others 2025).
# > The Chinese temples are proper drawings of Chinese temples.

# %% [markdown] id="check" step="check"
# ## 11. How our class checks
#
# Another machine made these six. Beside each number is the word it was given.
# Some fit, some do not, and one may make you hesitate.
# Do not go by the torii alone: look at the roof, the pillars and the entrance.

# %% id="mixed"
asked = ["shrine", "castle", "shrine", "house", "shrine", "church"]
other_machine = PictureMachine(seed=1)
other_machine.train(collect(mix(300, "shrine", 12), seed=1))
drawn = [other_machine.draw(word, seed=number)[0] for number, word in enumerate(asked)]
grid(drawn, [f"{number} {word}" for number, word in enumerate(asked, 1)])

# %% [markdown] id="fits-ask"
# Which drawings fit their word?
# Replace `...` by their numbers, with commas, as in `[2, 5]`.
# Run the box to see what the judge says to the six.
# Compare that with your own answer.

# %% id="fits" fill="code"
### BEGIN SOLUTION
fits = [2, 4, 5, 6]
#> fits = ...
### END SOLUTION
said = [fair_judge().name(drawing) for drawing in drawn]
same = sum((i + 1 in fits) == (said[i] == asked[i]) for i in range(6))
grid(drawn, said)

# %% id="check-fits" check="fits"

# %% [markdown] id="procedure"
# **How our class checks a drawing by a machine**
#
# 1. Write down the word it was given and what you want to check.
# 2. Look at the parts: roof, pillars, entrance, surroundings.
# 3. Find two photos or reference books and compare part by part.
# 4. Sort into fits, does not fit, and not yet known.
# 5. If you can, find out what was in the collection, and how much of each.
# 6. Write down what you found out and what you did not.
#
# Some temples have a torii, and in some pictures of shrines none is to be seen.
# When in doubt, do not decide: write “not yet known”.
# A drawing that you have checked and that fits can be used without worry.
