# %% [markdown] id="title"
# # 同じことを10回聞く
#
# 機械に、同じ問いを10回たずねます。
# 答えがいつも同じなら、正しいのでしょうか。
# 答えがばらばらなら、まちがいなのでしょうか。
# 答えのそろい方を数にして、どこまで当てになるかを測ります。
#
# 出てくる人は、この教材のために作った、実在しない人です。
# セルは、上から順に実行します。
# いちばん下の「高校」の部分は、高校生や、先に進みたい人のためのものです。

# %% id="start"
import random
from statistics import mean

import smallmachines
from smallmachines.asking import agreement, ask_all, auroc
from smallmachines.checking import check
from smallmachines.facts import Listener, make_world, rumours, talk
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, lines, table
smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# 同じ人に、同じことを、日を変えて10回聞いたとします。
# 10回とも同じ答えだったら、その答えを信じますか。
# 10人に1回ずつ聞いて、10人とも同じ答えだったら、どうですか。
# 下の `"""` と `"""` の間に、わけも付けて書き、実行します。

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
同じ人が10回同じことを言っても、その人の思いちがいかもしれません。
10人なら信じますが、10人が同じ人から聞いた話なら、あまり変わらないと思います。
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. 八つの答えを判断する
#
# ある島に、1,000人が暮らしています。
# 島には47の町があり、1から47までの番号が付いています。
# 名字の同じ人は、同じ町に住んでいることが多い島です。
# 「だれがどの町に住んでいるか」という文を、機械に1,000文聞かせます。
# 文は、どれも正しい文です。
#
# 機械は、町の番号をくじで選んで答えます。
# 多く聞いた町ほど、くじに当たりやすくなります。
# だから、同じ問いでも、答えが変わることがあります。
#
# 八人(A〜H)の町を、10回ずつたずねます。
# 1行が一人分で、数は町の番号です。

# %% id="eight"
world = make_world(people=1000, like_family=0.6, seed=1)
heard = talk(world, 1000, seed=11)
listener = Listener()
listener.hear(heard)
eight = talk(world, 8, seed=1, zipf=0.7)
ten = ask_all(listener.answer, eight, times=10, seed=1)
for letter, answers in zip("ABCDEFGH", ten):
    print(letter, answers)

# %% [markdown] id="ask-right"
# 一人ずつの**いちばんはじめの答え**を、その人についての答えとします。
# 八つの答えには、正しいものと、まちがったものが混ざっています。
#
# **正しいのはどれでしょう。**
# `...` を消して、`"A C"` のように記号を書きます。
# 大文字でAから順に、間に半角の空白を一つ入れます。

# %% id="guess-right" fill="predict"
### BEGIN SOLUTION
predict("guess-right", "A B C D G")
#> predict("guess-right", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 答え合わせをして、数にする
#
# 答えのそろい方を**一致**と呼び、次のように決めます。
#
# > はじめの答えと同じものが、残りの9回のうちどれだけあるか
#
# 9回とも同じなら1、一つも同じでなければ0です。
# 左から、記号、一致、正しいかどうか(`True` なら正しい)を並べます。
#
# その下に、予想と結果が並びます。
# 記号が同じなら、順番や空白がちがっていても、予想は当たりです。

# %% id="truth" needs="guess-right"
right_letters = [letter for letter, answers, person in zip("ABCDEFGH", ten, eight) if answers[0] == person.home]
card = compare("guess-right", " ".join(right_letters))
for letter, answers in zip("ABCDEFGH", ten):
    print(letter, f"{agreement(answers):.2f}", letter in right_letters)
card

# %% [markdown] id="investigate" step="investigate"
# ## 4. 一致は、どこまで当てになるか
#
# 一致が高いのにまちがいの答えと、一致が低めなのに正しい答えがあります。
# 八つだけでは少ないので、今度は300の問いを、10回ずつたずねます。
#
# **残りの9回とも同じだった答えは、何%が正しいでしょう。**
# `...` を消して、40%なら `40` のように、数だけを書きます。
#
# その下のセルは、一人ずつの一致と、正しいかどうかを調べ、予想と比べます。

# %% id="guess-nine" fill="predict"
### BEGIN SOLUTION
predict("guess-nine", 100)
#> predict("guess-nine", ...)
### END SOLUTION

# %% id="interview" needs="guess-nine"
def interview(machine, people, seed=1, times=10):
    asked = ask_all(machine.answer, people, times=times, seed=seed)
    right = [answers[0] == person.home for answers, person in zip(asked, people)]
    return [agreement(answers) for answers in asked], right


questions = talk(world, 300, seed=21)
agreements, right = interview(listener, questions)
compare("guess-nine", round(100 * mean(fine for score, fine in zip(agreements, right) if score == 1)))

# %% [markdown] id="by-steps"
# はじめの答えと同じだった回数で、300の答えを三つの組に分けます。
# 表の「正しい」は、その組で正しかった答えの割合です。
#
# いちばん右は、比べるための列です。
# 一致の数だけをよくまぜて、別の人に配りなおしてから、同じように組に分けました。
# 一致に意味がないなら、「正しい」も、この列と同じようになるはずです。

# %% id="right-by-step"
def right_ones(scores, low, high):
    return [fine for score, fine in zip(scores, right) if low <= round(9 * score) <= high]

mixed = random.Random(1).sample(agreements, len(agreements))
rows = [("同じだった回数", "答えの数", "正しい(%)", "配りなおすと(%)")]
for name, low, high in (("0〜5回", 0, 5), ("6〜8回", 6, 8), ("9回", 9, 9)):
    real, dealt = right_ones(agreements, low, high), right_ones(mixed, low, high)
    rows += [(name, len(real), round(100 * mean(real)), round(100 * mean(dealt)))]
table(rows)

# %% [markdown] id="two-errors"
# 一致が高い組ほど、正しい答えの割合も高くなっています。
# それでも、そろった答えにまちがいがあり、ばらばらの答えに正しいものがあります。
#
# 一致が `limit` 以上の答えだけを信じることにします。
# まちがい方は、二つあります。
#
# - **信じすぎ**(`too_much_trust`) 信じた答えのうち、まちがいだったものの割合
# - **疑いすぎ**(`too_much_doubt`) 正しい答えのうち、信じなかったものの割合
#
# **信じすぎを6%(0.06)以下、疑いすぎを15%(0.15)以下**にしましょう。
# `limit = ...` の `...` を、0から1までの数に変えて実行します。
# はじめは `0.5` で、次に両端の `0` と `1` でもためします。
# よい数が見つかったら、確認を実行します。

# %% id="limit" fill="code"
def too_much_trust(limit, scores=agreements, right=right):
    trusted = [fine for score, fine in zip(scores, right) if score >= limit]
    return trusted.count(False) / len(trusted)

def too_much_doubt(limit, scores=agreements, right=right):
    return mean(score < limit for score, fine in zip(scores, right) if fine)

### BEGIN SOLUTION
limit = 0.7
#> limit = ...
### END SOLUTION
print(f"信じすぎ {too_much_trust(limit):.1%}、疑いすぎ {too_much_doubt(limit):.1%}")

# %% id="check-limit" check="limit"

# %% [markdown] id="predict-2" step="predict-2"
# ## 5. うわさが広まったら
#
# `limit` をどう決めても、信じすぎと疑いすぎの両方を0にはできません。
# 一致は手がかりですが、正しさそのものではないのです。
#
# では、機械がまちがった**うわさ**を何度も聞いたら、どうなるでしょう。
# 60人をくじで選び、一人について6回ずつ、うわさの文を作ります。
# 同じ人のうわさは、いつも同じ、まちがった町です。
# 新しい機械に、はじめの1,000文と、うわさの文を聞かせます。
#
# **うわさの60人についてたずねると、一致の平均は何%でしょう。**
# 全員の答えが10回ともそろえば、100%です。

# %% id="guess-agree" fill="predict"
### BEGIN SOLUTION
predict("guess-agree", 50)
#> predict("guess-agree", ...)
### END SOLUTION

# %% [markdown] id="modify" step="modify"
# ## 6. うわさを聞かせる
#
# うわさを聞いた機械に、うわさの60人についてたずねます。
# まちがいの割合も見ましょう。

# %% id="rumoured" needs="guess-agree"
gossip = rumours(world, people=60, times=6, seed=1)
names = [sentence.name for sentence in gossip]
sixty = [person for person in world if person.name in names]
rumoured = Listener()
rumoured.hear(heard + gossip)
rumour_agreements, rumour_right = interview(rumoured, sixty)
card = compare("guess-agree", round(100 * mean(rumour_agreements)))
print(f"まちがいの割合 {1 - mean(rumour_right):.0%}")
card

# %% [markdown] id="how-often"
# 答えはよくそろっているのに、ほとんどがまちがいでした。
# うわさがなかったら、どうだったのでしょう。
# うわさの回数だけを変えて比べます。
# 0回が、うわさのない場合です。

# %% id="rumour-times"
def rumour_effect(times):
    machine = Listener()
    machine.hear(heard + rumours(world, people=60, times=times, seed=1))
    scores, fine = interview(machine, sixty)
    return 100 * mean(scores), 100 * (1 - mean(fine))


effects = {times: rumour_effect(times) for times in (0, 1, 3, 6, 12)}
lines({"一致": {n: effects[n][0] for n in effects}, "まちがい": {n: effects[n][1] for n in effects}}, x="うわさの回数", y="%")

# %% [markdown] id="obscure"
# うわさがなくても、この60人についての答えには、まちがいが多くあります。
# めったに話題にならない人が多いからです。
# けれども、そのときの一致は低めです。
# うわさが1回だけなら、一致はさらに下がります。
# 回数が増えると、まちがいも一致も高くなります。
#
# **ためし1** 10回で足りないなら、100回たずねてみます。
# 一致は下がるでしょうか。

# %% id="hundred"
hundred, _ = interview(rumoured, sixty, times=100)
print(f"10回の一致 {mean(rumour_agreements):.0%}、100回の一致 {mean(hundred):.0%}")

# %% [markdown] id="ask-why"
# 100回たずねても、一致は下がりませんでした。
# うわさによるまちがいを、一致では見つけられないのは、なぜでしょう。
# 一致を計算するとき、正しい町の番号を使ったかどうかを思い出しましょう。
# 「答えどうし」「正しい町」という言葉を使って、`"""` の間に書きます。

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
一致は、機械の答えどうしを比べるだけで、正しい町を使いません。
同じうわさを何回も聞いた機械は、いつも同じまちがいを出力するので、一致が高くなります。
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="modify-2" step="modify-2"
# ## 7. 二台目の機械にたずねる
#
# **ためし2** 同じ機械に何度もたずねる代わりに、別の機械にもたずねます。
# 二台目には、別に集めた1,000文を聞かせます。
# 一台目がうわさのとおりの町を出力した人について、二台の答えが同じになる割合を比べます。
# ここでは、いちばん当たりやすい町を、機械の答えとします。
#
# うわさを聞いていない二台目と、同じうわさも聞いた二台目で、どれだけちがうでしょう。

# %% id="second-machine"
def same_answer(one, two, people):
    return 100 * mean(one.guess(person)[0] == two.guess(person)[0] for person in people)


apart, together = Listener(), Listener()
apart.hear(talk(world, 1000, seed=31))
together.hear(talk(world, 1000, seed=31) + gossip)
wrong_ones = [person for person in sixty if rumoured.guess(person)[0] != person.home]
bars({"うわさなし": same_answer(rumoured, apart, wrong_ones), "同じうわさ": same_answer(rumoured, together, wrong_ones)}, y="同じ答え(%)")

# %% [markdown] id="explain" step="explain"
# ## 8. 自分の言葉で
#
# 同じうわさも聞いた二台目は、ほとんどの人について、一台目と同じまちがいを出力しました。
# うわさを聞いていない二台目は、ほとんどの人について、一台目とちがう答えを出力しました。
# 台数ではなく、**出どころが別か**が大切なのです。
# 二台の答えがちがえば、少なくとも一方はまちがいです。
#
# 友だちが、こう言いました。
#
# > AIに10回聞いたら、10回とも同じ答えだった。だから正しいよ。
#
# 返事を書きます。
# どこまでは賛成できるか、そのうえで何を確かめればよいかを入れましょう。

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
当てずっぽうではなさそうだ、という所までは賛成です。
でも、もとのデータに同じうわさがたくさんあっても、10回とも同じになります。
AIを通さない、出どころの別の資料を二つ見てから決めたいです。
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **小さな機械が省いたもの**
# >
# > - 答えは、町の番号一つです。
# >   本物の言語モデルの答えは文なので、言い方がちがっても同じ意味のことがあります。
# > - 本物のまちがいには、もっといろいろなわけがあります。
# >   (Farquharほか 2024)は、意味のばらつきから、たずねるたびに変わる誤りを見つけます。
# >   誤ったデータから学んで、いつも同じように誤る場合は別だ、とことわっています。
# > - うわさの数も強さも、この教材で決めたものです。
# >   本物の学習データに、うわさがどれだけあるかはわかりません。
# >
# > もっともらしい誤りを「うそ」と呼ぶ人もいますが、わざとではありません。
# > 一致の計算にも、機械の中にも、正しいかを確かめる部品がないのです。

# %% [markdown] id="procedure" step="check"
# ## 9. クラスの確かめ方
#
# 機械の答えを使う前に、この順で確かめます。
# クラスの言葉に直して、ノートに書きましょう。
#
# 1. 何を確かめるかを決め、名前、数、日付に線を引く。
# 2. そのたびに新しい会話を始めて、同じことを何回かたずねる。
# 3. ばらばらなら当てずっぽうかもしれないので、そのまま使わない。
# 4. そろっても終わりにせず、機械を通さずに、もとの資料をさがす。
# 5. それを写していない、二つ目の資料でも同じかを見る。
# 6. わかったことと、わからないことを分けて書く。

# %% [markdown] id="high-school"
# ## 高校：一致を自分で計算する
#
# ここからは、高校生や、先に進みたい人のための部分です。
#
# 答えのリストを受け取り、一致を返す関数を書きましょう。
# `answers[0]` ははじめの答え、`answers[1:]` は残りの答えのリストです。
# リストの `count` は、同じものの数を数えます。

# %% id="my-agreement" fill="code"
def my_agreement(answers):
    ### BEGIN SOLUTION
    others = answers[1:]
    return others.count(answers[0]) / len(others)
    #> return ...
    ### END SOLUTION

# %% id="check-my-agreement" check="my-agreement"

# %% [markdown] id="game"
# ### 一致のよさを、一つの数で表す
#
# 正しい答えとまちがいの答えを一つずつ選び、一致の高いほうを「正しい」と判定します。
# くじで判定すれば、当たりは100回に50回ほどです。
# `auroc` は、すべての組で判定したときの当たりの割合を返します。
# 一致が同じ組は、半分の当たりと数えます。
#
# 次の三つの場合で、当たりはそれぞれ100回に何回でしょう。
# 図を見る前に、ノートに予想を書きます。
#
# - 4の300の問い
# - その一致の数をよくまぜて、別の人に配りなおしたもの
# - うわさの60人

# %% id="three-games"
games = {
    "300の問い": auroc(agreements, right),
    "配りなおし": auroc(mixed, right),
    "うわさの60人": auroc(rumour_agreements, rumour_right),
}
bars({name: 100 * share for name, share in games.items()}, x="場合", y="100回のうちの当たり")

# %% [markdown] id="real-models"
# ### 本物のモデルでは
#
# うわさの60人では、くじよりずっと悪くなりました。
# 一致の高い答えほど、うわさのとおりの誤りだからです。
#
# 答えのそろい方から誤りをさがす考えは、本物のモデルでも試されています。
# (Manakulほか 2023)は、GPT-3が書いた人物紹介から、事実とちがう文をさがしました。
# 何回も書かせて単語のそろい方を数える方法は、モデルの確率を使う方法より高い点でした。
# その点はこの図とは別の測り方なので、数を並べて比べることはできません。
#
# 終わりに、9の確かめ方を読み直し、付け足すことがあれば書きましょう。
