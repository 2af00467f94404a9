# %% [markdown] id="title"
# # 演習の題
#
# ここに、何を調べるかを一文か二文で書きます。

# %% id="start"
import smallmachines
from smallmachines.checking import check
from smallmachines.counting import Counting
from smallmachines.notes import compare, explain, predict

smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# 庭のある家では、犬とねこのどちらを多くかっていそうですか。
# 理由も書きましょう。

# %% id="my-idea" fill="explain"
### BEGIN SOLUTION
explain("my-idea", """犬が多いと考えます。散歩の前に庭で遊べるからです。""")
#> explain("my-idea", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. 予想する
#
# 例は、犬が三びき、ねこが一ぴきです。
# 機械が「犬」と出力する割合を、0 から 1 の数で予想しましょう。

# %% id="guess" fill="predict"
### BEGIN SOLUTION
predict("guess", 0.5)
#> predict("guess", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 動かす
#
# 機械に例を見せて、割合を出させます。

# %% id="train"
pets = Counting()
for pet in ["犬", "犬", "犬", "ねこ"]:
    pets.learn(["庭のある家"], pet)
pets.chances(["庭のある家"])

# %% [markdown] id="compared"
# 予想と比べます。

# %% id="compare-guess" needs="guess"
compare("guess", pets.chances(["庭のある家"])["犬"])

# %% [markdown] id="investigate" step="investigate"
# ## 4. 調べる
#
# 割合を自分で計算する関数を作ります。
# `...` を式に書きかえましょう。

# %% id="share" fill="code"
def share(dogs, pets):
    ### BEGIN SOLUTION
    return dogs / pets
    #> return ...
    ### END SOLUTION

# %% id="check-share" check="share"

# %% [markdown] id="modify" step="modify"
# ## 5. 変えてみる
#
# ねこの例を三つ増やすと、割合はどう変わりますか。
# 数を変えて、何度でも動かしましょう。

# %% id="more-cats"
for _ in range(3):
    pets.learn(["庭のある家"], "ねこ")
pets.chances(["庭のある家"])

# %% [markdown] id="explain" step="explain"
# ## 6. 自分のことばで
#
# 例の数が変わると答えが変わるのは、なぜですか。

# %% id="because" fill="explain"
### BEGIN SOLUTION
explain("because", """機械は例を数えて割合にしているだけなので、例の数が変わると割合も変わります。""")
#> explain("because", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **小さな機械が省いたもの**
# >
# > ここに、大きな機械とのちがいを書きます。

# %% [markdown] id="procedure" step="check"
# ## 7. 確かめる手順
#
# 1. 何を確かめるかを決める。
# 2. もとの資料をさがす。
# 3. 名前、数、日付が同じかを見る。
# 4. 別の資料でも見る。
# 5. わかったことと、わからないことを書く。
