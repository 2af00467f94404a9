# %% [markdown] id="title"
# # 「わかりません」の点数
#
# テストで答えがわからないとき、勘で書きますか。それとも空欄にしますか。
# どちらが得かは、採点の決まりで変わります。
# 採点の決まりは、AIの「もっともらしい誤り」(ハルシネーション)にも関係します。
#
# この演習では、どの問いにも答えを出力する小さな機械を採点します。
# そして、いつ「わかりません」に切りかえるかを自分で決めて、勝負します。
#
# セルは、上から順に実行します。
# 書きかえるのは、`...` の所と、説明に出てくる数だけです。
# いちばん下の「高校」の部分は、高校生や、先に進みたい人のためのものです。

# %% id="start"
from statistics import mean

import smallmachines
from smallmachines.checking import check
from smallmachines.facts import Listener, make_world, talk
from smallmachines.notes import compare, explain, predict
from smallmachines.people import moved
from smallmachines.scoring import best_threshold, calibration, mean_points, penalty_for, take_test
from smallmachines.show import bars, lines, table
smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# あなたが採点者なら、「わかりません」という答えに何点を付けますか。
# 人が書いたときと、AIが出力したときで、点は同じですか。
# 下の `"""` と `"""` の間に、理由も付けて書き、実行します。

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
0点にします。ただし、まちがった答えよりは上にしたいです。
AIなら、適当な答えを信じて困る人が出るので、まちがいを減点します。
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. 機械の出力を見て、予想する
#
# ある島に、実在しない1000人が暮らしています。
# 町は47あり、1から47までの番号が付いています。
# 機械は、「だれがどの町に住むか」という正しい文を、500文だけ学びます。
# 何度も話題になる人もいれば、一度も話題にならない人もいます。
# 話題にならなかった人について問われると、機械は、同じ名字の人の町を数えて答えます。
#
# 機械は、どの問いにも、町の番号と**確信度**を出力します。
# 確信度は、答えが正しい見こみを、0から1の数で表したものです。
# 0.8なら、そういう答えを100回出すと80回ほど正しい、という見積もりです。
#
# 8問についての出力を見ましょう。
# 正しい答えと、まちがった答えが混ざっています。
# よく話題になる人は、問いにも何度か出ます。

# %% id="machine"
world = make_world(people=1000, like_family=0.6, seed=14)
machine = Listener(m=1)
machine.hear(talk(world, 500, seed=1))
questions = talk(world, 1000, seed=2)
for person in questions[:8]:
    town, confidence = machine.guess(person)
    print(f"{person.name}  町{town}  確信度 {confidence:.2f}")

# %% [markdown] id="ask-best"
# 「確信度がある値以上なら答え、それより低ければ『わかりません』にする」と決めます。
# この境目の値を、**しきい値**と呼びます。
#
# 正解は1点、「わかりません」は0点、誤答も0点とします。誤答の減点はありません。
# **しきい値をいくつにすると、点の合計がいちばん高くなるでしょう。**
# `...` を消して、0から1の数で予想します。真ん中なら `0.5` です。

# %% id="best-without-penalty" fill="predict"
### BEGIN SOLUTION
predict("best-without-penalty", 0.5)
#> predict("best-without-penalty", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 採点する
#
# 先に、さっきの8問の答え合わせをします。
# 減点があるときの点も見るために、誤答1問につき3点を引きます。これを減点3と呼びます。
# 確信度が高いのに誤答のもの、低めなのに正解のものを探しましょう。

# %% id="mark-eight"
penalty = 3
for person in questions[:8]:
    town, confidence = machine.guess(person)
    marks = 1 if town == person.home else -penalty
    print(f"確信度 {confidence:.2f}  町{town}  本当は町{person.home}  {marks}点")

# %% [markdown] id="thousand"
# 今度は1000問に答えさせます。
# しきい値を0から1まで動かし、1問あたりの点を、減点0と減点3で比べます。
# しきい値0は「いつも答える」、1は「いつも『わかりません』」という意味です。
#
# グラフの上には、減点0で点がいちばん高かったしきい値と、予想を並べます。
# 同じ点のしきい値がいくつもあるときは、いちばん低い値を示します。

# %% id="two-rules" needs="best-without-penalty"
guesses = take_test(machine, questions)
steps = [step / 20 for step in range(21)]
free = {step: mean_points(guesses, step, penalty=0) for step in steps}
costly = {step: mean_points(guesses, step, penalty=3) for step in steps}
print(compare("best-without-penalty", best_threshold(guesses, penalty=0)))
lines({"減点0": free, "減点3": costly}, title="しきい値と点", x="しきい値", y="1問あたりの点")

# %% [markdown] id="investigate" step="investigate"
# ## 4. なぜそうなるのか、計算する
#
# 誤答も「わかりません」も同じ0点なら、答えて損をすることはありません。
# だから減点がないと、当て推量(よりどころの弱い推測)まで全部出す機械が、点では負けません。
# では、減点があるときはどうでしょう。
#
# 確信度0.6の答えを100回出すと、およそ60回が正解、40回が誤答になるはずです。
# 「わかりません」は100回でも0点です。
# 表の「合計」が0より小さい行では、「わかりません」の方が得です。
#
# `confidence` の0.6を、0.5、0.75、0.9に変えましょう。
# 減点3の合計がちょうど0になるのは、確信度がいくつのときですか。

# %% id="hundred"
confidence = 0.6
right = round(100 * confidence)
wrong = 100 - right
rows = [(k, right, -wrong * k, right - wrong * k) for k in (0, 1, 3, 9)]
table([("減点", "正解の点", "誤答の点", "合計"), *rows], f"確信度{confidence}の答えを100回出すと")

# %% [markdown] id="modify" step="modify"
# ## 5. しきい値を決めて、勝負する
#
# 減点は3です。
# `my_threshold` の0を、0から1の数に変えましょう。
# 実行すると、1問あたりの点が出ます。0.5点より上を目指します。
# 3のグラフと4の表が手がかりです。
# 決まったら、その下の確認も実行します。

# %% id="my-threshold" fill="code"
### BEGIN SOLUTION
my_threshold = 0.75
#> my_threshold = 0
### END SOLUTION
mean_points(guesses, my_threshold, penalty=3)

# %% id="check-my-threshold" check="my-threshold"

# %% [markdown] id="new-questions"
# 新しい1000問で勝負します。相手は三つです。
#
# - いつも答える機械
# - 前の1000問で点がいちばん高かったしきい値の機械(「前の最高」)
# - いつも「わかりません」の機械
#
# しきい値を上げると誤答は減りますが、出せたはずの正解も減ります。
# 表の「出さなかった正解」は、用心しすぎた損です。

# %% id="duel"
fresh = take_test(machine, talk(world, 1000, seed=3))
best = best_threshold(guesses, penalty=3)
players = {"いつも答える": 0, "わたし": my_threshold, "前の最高": best, "いつも「わかりません」": 1}

def outcome(threshold):
    said = [right for confidence, right in fresh if confidence >= threshold]
    kept = [right for confidence, right in fresh if confidence < threshold]
    return mean_points(fresh, threshold, 3), said.count(True), said.count(False), kept.count(True)

table([("機械", "1問あたりの点", "正解", "誤答", "出さなかった正解"), *[(name, *outcome(t)) for name, t in players.items()]])

# %% [markdown] id="change-the-rule"
# 次は、人が決める減点だけを変えます。
# `penalty` の9を、3、1、0に変えて、そのたびに実行しましょう。
# 機械が学んだことは同じなのに、「わかりません」の数はどう変わりますか。

# %% id="change-penalty"
penalty = 9
threshold = best_threshold(guesses, penalty)
silent = sum(confidence < threshold for confidence, right in guesses)
print(f"減点{penalty}  点がいちばん高いしきい値 {threshold}  「わかりません」{silent}問")

# %% [markdown] id="predict-2" step="predict-2"
# ## 6. 何年かたったら
#
# 何年かたち、島の半分の人が、別の町へ引っこしました。
# 機械には、まだそのことを学ばせていません。
# 減点3、しきい値0.75のまま、また1000問に答えさせます。
# **1問あたり何点になるでしょう。**
# 5の表の点を手がかりに予想します。小数でも、0より小さい数でもかまいません。
# 予想を書いて実行したら、その下のセルで結果を見ます。

# %% id="stale-points" fill="predict"
### BEGIN SOLUTION
predict("stale-points", 0.3)
#> predict("stale-points", ...)
### END SOLUTION

# %% id="stale" needs="stale-points"
later = moved(world, share=0.5, seed=4)
stale = take_test(machine, talk(later, 1000, seed=5))
compare("stale-points", round(mean_points(stale, 0.75, penalty=3), 2))

# %% [markdown] id="too-sure"
# 点は0より小さくなりました。これなら「わかりません」ばかりの0点の方がましです。
# 何が変わったのかを、引っこしの前と後で比べます。
#
# 「確信度の平均 − 正解の割合」を、**過信の大きさ**と呼びます。
# プラスなら確信度が高すぎ、マイナスなら低すぎます。
# `stated` は確信度の平均、`correct` は正解の割合です。
# `...` を式に変えて、関数を仕上げましょう。

# %% id="overconfidence" fill="code"
def overconfidence(guesses):
    stated = mean(confidence for confidence, right in guesses)
    correct = mean(right for confidence, right in guesses)
    ### BEGIN SOLUTION
    return stated - correct
    #> return ...
    ### END SOLUTION

both = {"引っこしの前": fresh, "引っこしの後": stale}
rows = [(name, mean(c for c, _ in g), mean(r for _, r in g), round(overconfidence(g), 2)) for name, g in both.items()]
table([("", "確信度の平均", "正解の割合", "過信の大きさ"), *rows])

# %% id="check-overconfidence" check="overconfidence"

# %% [markdown] id="repair"
# 確信度の平均はほとんど同じなのに、正解の割合だけが下がりました。
# しきい値の決まりが役に立つのは、確信度が当てになるときだけです。
#
# 直し方を三つ試します。
# しきい値を0.9に上げる、引っこしの後の文を100文学ばせる、2000文学ばせる、です。
# 点が0より上にもどるのは、どれでしょう。

# %% id="repairs"
def taught_again(n):
    again = Listener(m=1)
    again.hear(talk(world, 500, seed=1) + talk(later, n, seed=6))
    return mean_points(take_test(again, talk(later, 1000, seed=5)), 0.75, penalty=3)

ways = {"そのまま": mean_points(stale, 0.75, penalty=3), "しきい値0.9": mean_points(stale, 0.9, penalty=3)}
ways |= {"100文学ぶ": taught_again(100), "2000文学ぶ": taught_again(2000)}
bars(ways, title="直し方と点(減点3)", x="直し方", y="1問あたりの点")

# %% [markdown] id="explain" step="explain"
# ## 7. 自分の言葉で説明する
#
# 実在のAIの成績も、同じように採点します(OpenAI 2025年の記事、SimpleQAという問題集の結果)。
# gpt-5-thinking-mini は正解22%、誤答26%、「わかりません」など答えなかったもの52%でした。
# o4-mini は正解24%、誤答75%、答えなかったもの1%でした。
# 難しい問いを選んだ問題集なので、普段の使い方での誤りの割合ではありません。
#
# 島の機械とは問いが違うので、点の高さは比べられません。
# 減点を変えると順位が入れかわるかを、表の上の2行と下の2行で見ましょう。

# %% id="published"
models = {"gpt-5-thinking-mini": (22, 26), "o4-mini": (24, 75)}
rows = [(name, *[right - wrong * p for p in (0, 1, 3)]) for name, (right, wrong) in models.items()]
ours = {"島の機械(わたし)": my_threshold, "島の機械(いつも答える)": 0}
rows += [(name, *[round(100 * mean_points(fresh, t, p)) for p in (0, 1, 3)]) for name, t in ours.items()]
table([("100問あたりの点", "減点0", "減点1", "減点3"), *rows], "採点の決まりと順位")

# %% [markdown] id="write-why"
# 開発する人が、減点0の順位だけを見て機械を選び続けると、どんな機械が残りますか。
# 反対に、「わかりません」が多い機械ほど、よい機械だと言えますか。
# 5の表と上の表の数を使って、わけを書きましょう。

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
減点0だと誤答も「わかりません」も0点なので、いつも答える機械が選ばれます。島でも、減点0ではいつも答える方が上でした。
でも「わかりません」が多いほどよいわけではありません。出さなかった正解が156問あり、急ぐ人には役に立ちません。
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **小さな機械が省いたもの**
# >
# > - 答えは町の番号一つで、正誤がはっきりしています。長い文章では、一部だけが誤りのことがあります。
# > - この機械の確信度は、数えた回数から計算します。大きな言語モデルが文で出力する「確信度90%」は、実際の割合とずれることがあります。
# > - ここでは、人が外からしきい値を決めました。大きなモデルでは、訓練のときの採点も「わかりません」の出やすさを変えます。
# > - 採点を変えても、機械が学んだことは増えません。資料を調べるしくみを付ける方法は、ここでは試していません。
# > - 機械には、点がほしい、だましたい、という気持ちはありません。正しいかどうかを知る部品もありません。

# %% [markdown] id="procedure" step="check"
# ## 8. 答えを使う前の手順
#
# AIの答えを使う場面を、クラスで一つ決めます。
# 1から順に読み、その場面で何をするかを話し合いましょう。
#
# 1. 誤りの損と、答えないことの損を、両方書く。
# 2. 損に合わせて、しきい値を決める。
# 3. 確信度と正解の割合を、新しい記録で比べる。ずれていれば、確信度を頼りにしない。
# 4. 使う答えは、元の資料で名前、数、日付を見る。
# 5. 二つ目の、独立した資料で確かめる。
# 6. わかったことと、まだわからないことを分けて書く。わからないときは、次に調べることを書く。

# %% [markdown] id="high-school"
# ## 高校: しきい値を式で求める
#
# ここからは、高校生や、先に進みたい人のための部分です。
#
# 確信度を p、減点を k とします。
# 答えたときの点の期待値は p − k(1 − p)、「わかりません」は0点です。
# 不等式 p − k(1 − p) > 0 を p について解くと、p がある値より大きいとき、という形になります。
# その値を返す関数を書きましょう。`penalty` が k です。
# 表のいちばん右は、求めたしきい値から計算し直した減点です。初めの減点と同じになりますか。

# %% id="break-even" fill="code"
def break_even(penalty):
    ### BEGIN SOLUTION
    return penalty / (1 + penalty)
    #> return ...
    ### END SOLUTION

rows = [(k, round(break_even(k), 3), penalty_for(break_even(k))) for k in (0, 1, 3, 9)]
table([("減点", "しきい値", "計算し直した減点"), *rows])

# %% id="check-break-even" check="break-even"

# %% [markdown] id="calibrated"
# ### 確信度の高さごとに見る
#
# 過信の大きさが0に近くても、まだ安心はできません。
# 確信度の高い答えと低い答えのずれが、平均では打ち消し合うことがあるからです。
#
# そこで、引っこしの前の1000問を、確信度で五つの組に分けます。
# 正解の割合が左の範囲に入る組では、確信度は当てになります(**較正**されているといいます)。
# 答えの数が少ない組の割合は、偶然で大きく動きます。
# `fresh` を `stale` に変えて、引っこしの後とも比べましょう。

# %% id="calibration-table"
groups = [(f"{low:.1f}〜{high:.1f}", n, round(right, 2)) for low, high, n, right in calibration(fresh, bins=5)]
table([("確信度", "答えの数", "正解の割合"), *groups], "確信度は当てになるか")

# %% [markdown] id="write-use"
# 場面を一つ選び(体の相談、学校の連絡、物語の案など)、AIの答えを使う条件を書きましょう。
# 誤りの損、答えないことの損、しきい値、わからないときの次の一手を入れます。
# 確信度が当てになるかを、何と比べて調べるかも書きましょう。

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
学校の連絡の時刻は、まちがうと多くの人が困るので、しきい値を高くして、0.9にします。
答えないと集合に遅れる人が出るので、そのときは元のプリントを見せます。
先月の連絡50件で、確信度と正解の割合を比べてから使います。
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION
