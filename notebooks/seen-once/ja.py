# %% [markdown] id="title"
# # 一度しか聞いていない事実
#
# ある島に、500人が暮らしています。
# 島には47の町があり、1から47までの番号が付いています。
# 「だれがどの町に住んでいるか」という文を、機械に500文聞かせます。
# 文は、どれも正しい文です。
# それでも機械は、もっともらしいけれど、まちがった答えを出力することがあります。
# 何%がまちがいになるでしょう。
# 答えを一つも見ないうちに、数を数えるだけで当ててみましょう。
#
# 島の人は、この教材のために作った、実在しない人です。
# セルは、上から順に実行します。
# いちばん下の「高校」の部分は、高校生や、先に進みたい人のためのものです。

# %% id="start"
from collections import Counter
from math import log, sqrt

import smallmachines
from smallmachines.checking import check
from smallmachines.facts import Listener, make_world, seen_once, talk, wrong_share
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, lines

smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# 正しい文だけを聞いた機械が、まちがった答えを出力することはあるでしょうか。
# あるとしたら、どんな人についての問いでしょう。
# 下の `"""` と `"""` の間に、わけも付けて書き、実行します。

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
あると思います。一度も話に出てこなかった人のことを聞かれたら、答えのもとになる文がないからです。
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. 数えて、予想する
#
# 島を作り、島で話された文を500集めます。
# よく話題になる人もいれば、めったに話題にならない人もいます。
# はじめの5文を見ましょう。
# 1行が一つの文で、`name` は名前、`family` は名字、`home` は町の番号です。

# %% id="island"
world = make_world(people=500, seed=1)
heard = talk(world, 500, seed=11)
for sentence in heard[:5]:
    print(sentence)

# %% [markdown] id="ask-count"
# よく話題になる人の文は、何回も出てきます。
# では、500文のうち、**ちょうど1回だけ出てきた文**は何%でしょう。
# この割合を、これから**一度だけの割合**と呼びます。
#
# 下の関数の `times` は、それぞれの文が出てきた回数のリストです。
# `times.count(数)` は、リストの中に、その数がいくつあるかを数えます。
# `...` を数に変えて実行し、その下の確認も実行しましょう。

# %% id="count-once" fill="code"
def count_once(sentences):
    times = list(Counter(sentences).values())
    ### BEGIN SOLUTION
    return times.count(1)
    #> return times.count(...)
    ### END SOLUTION


print(f"一度だけの割合 {count_once(heard) / len(heard):.0%}")

# %% id="check-count-once" check="count-once"

# %% [markdown] id="ask-wrong"
# このあと、「この人はどの町に住んでいますか」という問いを1,000出します。
# よく話題になる人ほど、問いにもよく出ます。
# 機械は、どの問いにも必ず町の番号を一つ答えます。
#
# **答えの何%がまちがいになるでしょう。**
# 一度だけの割合を手がかりにして、予想を書きます。
# `...` を消して、40%なら `40` のように、数だけを書きます。

# %% id="guess-wrong" fill="predict"
### BEGIN SOLUTION
predict("guess-wrong", 23)
#> predict("guess-wrong", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 聞かせて、答えさせる
#
# 機械に500文を聞かせます。
# 機械は、どの人の文にどの町が出てきたかを数え、その回数をもとに答えます。
#
# 問いのうち八つについて、名前と機械の答えを見ましょう。
# 正しい答えと、まちがった答えが混ざっています。
# 正しそうな答えはどれでしょう。
# 自分の判断を、紙に書いておきます。

# %% id="eight-answers"
listener = Listener()
listener.hear(heard)
questions = talk(world, 1000, seed=21)
for person in questions[80:88]:
    print(person.name, listener.guess(person)[0])

# %% [markdown] id="show-wrong"
# 正しい町の番号を、右に並べます。
# まちがった答えは、正しい答えと見た目がちがうでしょうか。
#
# その下に、1,000の問い全部のまちがいの割合と、予想が並びます。

# %% id="result" needs="guess-wrong"
for person in questions[80:88]:
    print(person.name, listener.guess(person)[0], person.home)
wrong = wrong_share(listener, questions)
compare("guess-wrong", round(100 * wrong))

# %% [markdown] id="investigate" step="investigate"
# ## 4. だれについてまちがうのか
#
# まちがいの割合は、一度だけの割合に近い数でした。
# では機械は、一度しか聞いていない人の町をまちがえるのでしょうか。
# 確かめるために、聞いた回数で、問いを三つの組に分けます。
# 一度も聞いていない人(0回)、1回だけ聞いた人、比べるための2回以上聞いた人です。
#
# **1回だけ聞いた人についての問いでは、何%がまちがいでしょう。**
# 今度も、数だけを書きます。

# %% id="guess-once" fill="predict"
### BEGIN SOLUTION
predict("guess-once", 50)
#> predict("guess-once", ...)
### END SOLUTION

# %% id="groups" needs="guess-once"
times = Counter(heard)
groups = {
    "0回": [person for person in questions if times[person] == 0],
    "1回": [person for person in questions if times[person] == 1],
    "2回以上": [person for person in questions if times[person] >= 2],
}
card = compare("guess-once", round(100 * wrong_share(listener, groups["1回"])))
for name, people in groups.items():
    print(f"聞いた回数 {name}: 問い {len(people)}、まちがい {wrong_share(listener, people):.0%}")
card

# %% [markdown] id="why-once"
# 1回でも聞いた人については、正しい町を出力しました。
# まちがいは、**一度も聞いていない人**についての問いに集まっています。
# そこでの正解は、まぐれ当たりです。
#
# では、「一度だけ」の数から、なぜ「一度も聞いていない」問いの数がわかるのでしょう。
# 500文から1文をかくし、それを、これから来る問いに見立てます。
# 残りの499文に同じ文がなければ、初めて聞く人についての問いです。
# どの文も1回ずつかくして、初めてだった割合を出します。
# 右の数は、一度だけの割合です。

# %% id="hide-one"
first_time = [sentence not in heard[:at] + heard[at + 1 :] for at, sentence in enumerate(heard)]
sum(first_time) / len(heard), seen_once(heard)

# %% [markdown] id="ask-why"
# 二つの数がぴったり同じになるのは、なぜでしょう。
# 「かくした文」「残りの文」という言葉を使って、`"""` の間に書きます。

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
かくした文が1回だけの文なら、残りの文の中にはもうないので、初めての人の文になります。
2回以上出てきた文なら、1文かくしても、残りの文の中に同じ文があります。
だから、初めてだった割合は、一度だけの割合と同じです。
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="modify" step="modify"
# ## 5. 聞かせる文を増やす
#
# `wrong_after(n)` は、聞かせる文の数を `n` に変えて測りなおし、まちがいの割合を返します。
# まちがいを**5%(0.05)以下**にするには、何文聞かせればよいでしょう。
#
# まず、`...` を `1000` に変えて実行します。
# 文の数は2倍です。まちがいは半分になったでしょうか。
# そのあと、0.05以下になる4000より小さい数をさがし、確認を実行しましょう。
# 数には、コンマを付けません。

# %% id="enough" fill="code"
def wrong_after(n, seed=1):
    island = make_world(people=500, seed=seed)
    machine = Listener()
    machine.hear(talk(island, n, seed=seed + 10))
    return wrong_share(machine, talk(island, 1000, seed=seed + 20))


### BEGIN SOLUTION
enough = 3000
#> enough = ...
### END SOLUTION
wrong_after(enough)

# %% id="check-enough" check="enough"

# %% [markdown] id="modify-2" step="modify-2"
# ## 6. 直し方を二つためす
#
# **ためし1** はじめの500文に、いちばんよく話題になる20人の文を、500文足します。
# 文の数は2倍です。
# 問いは、はじめと同じ1,000です。
#
# **まちがいは何%になるでしょう。**

# %% id="guess-famous" fill="predict"
### BEGIN SOLUTION
predict("guess-famous", 10)
#> predict("guess-famous", ...)
### END SOLUTION

# %% id="famous-only" needs="guess-famous"
more_famous = heard + talk(world[:20], 500, seed=31)
again = Listener()
again.hear(more_famous)
card = compare("guess-famous", round(100 * wrong_share(again, questions)))
print(f"一度だけの割合 {seen_once(heard):.0%} → {seen_once(more_famous):.0%}")
card

# %% [markdown] id="famous-why"
# 一度だけの割合は小さくなったのに、まちがいの割合はほとんど変わりません。
# 手がかりが使えるのは、聞かせた文と問いに、同じ人が同じ割合で出るときです。
#
# **ためし2** 一度も聞いていない人については、「わかりません」と出力させます。
# まちがいは0回の組だけにあったので、まちがいは0になります。
# その代わり、答えていれば当たった問いも失います。
#
# 聞いていない人についての問いのうち、答えていれば何%が当たったかを、二つの島で比べます。
# 二つ目の島では、およそ90%の人が、名字ごとに決まった町に住んでいます。
# 聞いていない人について答えるとき、機械は、名字が同じ人の文の回数を使います。

# %% id="say-idk"
def lost(like_family):
    island = make_world(people=500, like_family=like_family, seed=1)
    told = talk(island, 500, seed=11)
    machine = Listener()
    machine.hear(told)
    unheard = [person for person in talk(island, 1000, seed=21) if person not in told]
    return 100 * (1 - wrong_share(machine, unheard))


bars({"はじめの島": lost(0), "名字の島": lost(0.9)}, x="島", y="答えていれば当たった問い(%)")

# %% [markdown] id="explain" step="explain"
# ## 7. 自分の言葉で
#
# 名字の島のように規則があれば、一度も聞いていない事実でも、当たることがあります。
# はじめの島では規則がなく、だれがどの町に住んでいるかは、**覚えるしかない事実**でした。
#
# 次の二つの意見があります。
#
# - 正しい文だけで学習したのだから、AIの答えは全部正しい。
# - AIの答えはまちがいだらけだから、使えない。
#
# 一つを選び、今日の結果を使って返事を書きます。
# 「覚えるしかない事実」「一度も聞いていない」という言葉を入れましょう。

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
一つ目の意見に答えます。文が全部正しくても、一度も聞いていない人の町は、覚えるしかない事実なので、まぐれでしか当たりません。
だから全部正しいとは言えません。ただ、1回でも聞いた人については当たったので、どの答えから確かめるかを決めるとよいです。
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **小さな機械が省いたもの**
# >
# > - 一つの文に、事実は一つだけです。
# >   本物の言語モデルは、長い文章の続きを計算します。
# > - この機械は、どの問いにも必ず答えます。
# >   本物には、「わかりません」と出力するものや、資料を調べるしくみと組み合わせたものがあります。
# > - この島では、聞かせる文と問いに、同じ人が同じ割合で出ます。
# > - まちがいの割合は、島の作り方で決まります。
# >   本物が何%まちがうかは、この島からは言えません。
# >
# > もっともらしい誤りを「うそ」と呼ぶ人もいますが、わざとではありません。
# > 機械には、正しいかどうかを確かめる部品がないのです。

# %% [markdown] id="procedure" step="check"
# ## 8. クラスの確かめ方
#
# 機械の答えを使う前に、この順で確かめます。
# クラスの言葉に直して、ノートに書きましょう。
#
# 1. 何を確かめるかを決め、名前、数、日付に線を引く。
# 2. 規則から考えられる事実か、覚えるしかない事実かを分ける。
# 3. よく話題になることか、めったに話題にならないことかを考える。
# 4. めったに話題にならず、覚えるしかない事実から先に、もとの資料をさがす。
# 5. それを写していない、二つ目の資料でも同じかを見る。
# 6. わかったことと、わからないことを分けて書く。

# %% [markdown] id="high-school"
# ## 高校：手がかりを式にする
#
# ここからは、高校生や、先に進みたい人のための部分です。
#
# 一度も聞いていない人についても、K個の町から一つを答えれば、およそ1/Kは当たります。
# そこで、まちがいの割合の手がかりを、次の式にします。
#
# > 一度だけの割合 × (K − 1) ÷ K
#
# これを**主な項**と呼びます。
# 文のリストと町の数を受け取り、主な項を返す関数を書きましょう。
# `seen_once(sentences)` は、一度だけの割合を返します。

# %% id="leading-term" fill="code"
def leading_term(sentences, towns):
    ### BEGIN SOLUTION
    return seen_once(sentences) * (towns - 1) / towns
    #> return ...
    ### END SOLUTION

# %% id="check-leading-term" check="leading-term"

# %% [markdown] id="slack"
# ### ゆるみも図にする
#
# (Kalai・Vempala 2024)の定理は、自由に文を作らせたときの誤りの割合について、下限を示します。
# 下限は、一度だけの割合から三つの量を引いたものです。
# 一つ目は、文の数nが限られることによる**ゆるみ** √(6 ln(6/δ) ÷ n) です。
# lnは自然対数です。
# δは、下限が外れてもよいとする確率で、ここでは0.05にします。
# (式は論文の本文ではなく、論文を引いた資料で確かめました。)
#
# 5,000人の島で、機械のまちがいの割合、主な項、主な項からゆるみを引いた値を比べます。

# %% id="slack-lines" needs="leading-term"
big = make_world(people=5000, seed=1)
rows = {"機械": {}, "主な項": {}, "主な項 − ゆるみ": {}}
for n in (1000, 2000, 4000, 8000):
    machine = Listener()
    machine.hear(talk(big, n, seed=11))
    rows["機械"][n] = wrong_share(machine, talk(big, 1000, seed=21))
    rows["主な項"][n] = leading_term(talk(big, n, seed=11), 47)
    rows["主な項 − ゆるみ"][n] = rows["主な項"][n] - sqrt(6 * log(6 / 0.05) / n)
lines(rows, x="文の数", y="割合")

# %% [markdown] id="not-the-theorem"
# ### なぜ「定理」と呼ばないのか
#
# 機械の点は主な項の近くにあり、ゆるみを引いた線より上にあります。
# けれども、この線は定理の下限ではありません。
# 定理では、あと二つの量も引くからです。
#
# 1. 確率の見積もりのずれ
# 2. (3 ÷ δ) × 正しい事実の数 ÷ もっともらしい誤りの数
#
# この島では、一人について正しい町が1、誤りの町が46あります。
# 2の量は 3 ÷ 0.05 ÷ 46 で、これだけで1を超えます。
# 全部を引くと、下限は0より小さくなり、この島について定理は何も約束しません。
# だから図の線は、「定理」ではなく「主な項」と呼びます。
#
# 終わりに、8の確かめ方を読み直し、付け足すことがあれば書きましょう。
