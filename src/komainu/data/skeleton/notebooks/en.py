# %% [markdown] id="title"
# # Title of the exercise
#
# Say in a sentence or two what pupils look into.

# %% id="start"
import smallmachines
from smallmachines.checking import check
from smallmachines.counting import Counting
from smallmachines.notes import compare, explain, predict

smallmachines.start("en")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. Your own idea first
#
# In homes with a garden, are there more dogs or more cats?
# Give a reason.

# %% id="my-idea" fill="explain"
### BEGIN SOLUTION
explain("my-idea", """More dogs, I think, because they can play in the garden before the walk.""")
#> explain("my-idea", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. Predict
#
# The examples are three dogs and one cat.
# Predict the share with which the machine puts out “dog”, as a number from 0 to 1.

# %% id="guess" fill="predict"
### BEGIN SOLUTION
predict("guess", 0.5)
#> predict("guess", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. Run
#
# Show the machine its examples and let it put out the shares.

# %% id="train"
pets = Counting()
for pet in ["dog", "dog", "dog", "cat"]:
    pets.learn(["home with a garden"], pet)
pets.chances(["home with a garden"])

# %% [markdown] id="compared"
# Compare with your prediction.

# %% id="compare-guess" needs="guess"
compare("guess", pets.chances(["home with a garden"])["dog"])

# %% [markdown] id="investigate" step="investigate"
# ## 4. Investigate
#
# Make a function that works out the share.
# Replace `...` by your formula.

# %% id="share" fill="code"
def share(dogs, pets):
    ### BEGIN SOLUTION
    return dogs / pets
    #> return ...
    ### END SOLUTION

# %% id="check-share" check="share"

# %% [markdown] id="modify" step="modify"
# ## 5. Change something
#
# What happens to the shares with three more cats?
# Change the number and run it as often as you like.

# %% id="more-cats"
for _ in range(3):
    pets.learn(["home with a garden"], "cat")
pets.chances(["home with a garden"])

# %% [markdown] id="explain" step="explain"
# ## 6. In your own words
#
# Why does the answer change with the number of examples?

# %% id="because" fill="explain"
### BEGIN SOLUTION
explain("because", """The machine only counts examples and makes shares of them, so other numbers make other shares.""")
#> explain("because", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **What the small machine leaves out**
# >
# > Say here how a large machine differs.

# %% [markdown] id="procedure" step="check"
# ## 7. How to check
#
# 1. Decide what to check.
# 2. Find the original source.
# 3. Compare names, numbers and dates.
# 4. Look at another source.
# 5. Write down what you found out, and what you did not.
