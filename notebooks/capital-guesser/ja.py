# %% [markdown] id="title"
# # 県庁所在地あて
#
# 今日の小さな機械は、例を数えて、きまりを作ります。
# そのきまりを使って、都道府県の名前から、県庁所在地の名前を出します。
# 県庁所在地は、県庁や都庁などがある市や区のことです。
#
# 灰色のわく(セル)は、上から順に動かします。
# 書きかえるのは、`...` の所と、`" "` の中だけです。

# %% id="start"
import smallmachines
from smallmachines.capitals import RuleMachine, apply, change
from smallmachines.checking import check
from smallmachines.data import rows
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, table

smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# 例のカードが10枚あります。
# 左が都道府県、右が県庁所在地です。
# 右の名前は、左の名前からどのように作れますか。

# %% id="cards"
capital_of = {row["prefecture"]: row["capital"] for row in rows("capitals.csv")}
cards = ["青森県", "秋田県", "岩手県", "山形県", "福島県"]
cards += ["群馬県", "千葉県", "新潟県", "富山県", "福井県"]
table([("都道府県", "県庁所在地"), *[(name, capital_of[name]) for name in cards]])

# %% [markdown] id="my-rule-ask"
# 自分のきまりを、1文で書きましょう。
# `"""` と `"""` の間に書きます。
# 合わないカードがあっても、かまいません。
# 何枚のカードに合うかも書きます。

# %% id="my-rule" fill="explain"
### BEGIN SOLUTION
explain("my-rule", """終わりの1字を「市」にかえる。10枚のうち8枚に合う。""")
#> explain("my-rule", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. 予想しよう
#
# 11枚目のカードは「愛知県」です。
# 自分のきまりでは、右の名前は何になりますか。声に出して言いましょう。
# 知っている答えではなく、きまりから出る名前を言います。
#
# 次は、数の予想です。都道府県は、全部で47あります。
# 「終わりの1字を市にかえる」というきまりは、いくつの名前で当たるでしょう。
# `...` を消して、数を書きます。

# %% id="fits" fill="predict"
### BEGIN SOLUTION
predict("fits", 40)
#> predict("fits", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 機械を動かそう
#
# 機械は、10枚のカードから「名前の変え方」を数えます。
# 教えるのは、この10枚だけです。
# 数えたら、「愛知県」を入れてみます。

# %% id="ask-aichi"
card_machine = RuleMachine()
card_machine.learn([(name, capital_of[name]) for name in cards])
card_machine.guess("愛知県")

# %% [markdown] id="count-fits-ask"
# 愛知県の県庁所在地は、名古屋市です。
# 機械の答えは、名前らしい形ですが、正しくありません。
# 本当らしく見えるのに正しくない答えを、「もっともらしい誤り」とよびます。
#
# では、同じきまりで当たる名前は、47のうちいくつでしょう。
# 全部の名前でためして、予想とくらべます。

# %% id="count-fits" needs="fits"
rule = change("青森県", "青森市")
fits = [name for name in capital_of if apply(rule, name) == capital_of[name]]
others = [name for name in capital_of if name not in fits]
compare("fits", len(fits))

# %% [markdown] id="hide" step="hide"
# ## 4. 名前をかくそう
#
# 次の機械には、かくした名前のほかは、全部教えます。
# かくす名前は、6つ以上、12以下です。
# 当たりそうな名前と、外れそうな名前をまぜます。
# まようときは、くじで8つ選んでもかまいません。
#
# `" "` の中に、`"愛知県"` のように、県・府・都・道まで書きます。
# 7つ目からは、コンマ(`,`)を付けて、同じ形で書きたします。

# %% id="hidden" fill="code"
### BEGIN SOLUTION
hidden = ["愛知県", "千葉県", "兵庫県", "長野県", "石川県"]
hidden += ["岡山県", "愛媛県", "熊本県", "三重県", "奈良県"]
#> hidden = ["", "", "", "", "", ""]
### END SOLUTION

# %% id="check-hidden" check="hidden"

# %% [markdown] id="learn-class-ask"
# かくした名前の答えを、機械に出させます。
# 正しい答えは、まだ見ません。

# %% id="learn-class" needs="hidden"
seen = [(name, capital_of[name]) for name in capital_of if name not in hidden]
class_machine = RuleMachine()
class_machine.learn(seen)
table([("かくした名前", "機械の答え"), *[(name, class_machine.guess(name)) for name in hidden]])

# %% [markdown] id="wrong-ask"
# 一つずつ読んで、紙に○、×、?を書きましょう。
# ○は正しい、×はちがう、?はまだ分からない、です。
# 印を付けたら、外れた答えがいくつあるかを予想して、数を書きます。
# そのあと、2つを選んで、地図帳で調べます。

# %% id="wrong" fill="predict"
### BEGIN SOLUTION
predict("wrong", 3)
#> predict("wrong", ...)
### END SOLUTION

# %% [markdown] id="reveal-ask"
# 答え合わせをします。
# 左から、名前、機械の答え、正しい答えです。
# 正しい答えに×を付けていたら「疑いすぎ」です。
# ちがう答えに○を付けていたら「信じすぎ」です。
# 両方の数を数えましょう。

# %% id="reveal" needs="hidden wrong"
for name in hidden:
    print(name, class_machine.guess(name), capital_of[name], sep="  ")
wrong = [name for name in hidden if class_machine.guess(name) != capital_of[name]]
compare("wrong", len(wrong))

# %% [markdown] id="class-control-ask"
# 教えた名前では、どうでしょう。
# 左が当たった数、右が教えた名前の数です。

# %% id="class-control" needs="hidden"
sum(class_machine.guess(name) == capital for name, capital in seen), len(seen)

# %% [markdown] id="investigate" step="investigate"
# ## 5. どうしてその答えなのか
#
# 教えた名前は、全部当たりました。
# 機械が数えた「名前の変え方」を、多い順に見ます。
# 変え方が同じ例は、一本のぼうにまとめました。
# ぼうの名前は、その中の例の一つです。

# %% id="rules" needs="hidden"
bars(class_machine.rules(), x="変え方の例", y="例の数")

# %% [markdown] id="why-ask"
# 外れた答えと、当たった答えの形をくらべましょう。
# よその市の名前が出ることもあります。
# 石川県と香川県は、どちらも「川県」で終わります。
# そこで、石川県に、香川県の変え方が使われることがあります。
#
# 10枚のカードの機械が「愛知市」と出力したのは、なぜでしょう。
# 「例」「数」「変え方」の言葉を使って書きます。
# 「思った」「知らなかった」のような、心の言葉は使いません。

# %% id="why" fill="explain"
### BEGIN SOLUTION
explain("why", """「県を市にかえる」変え方の例の数が、いちばん多い。
愛知県の例がないので、その変え方で「愛知市」と出力した。""")
#> explain("why", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="other-examples" step="other-examples"
# ## 6. 例をかえよう
#
# 例が10でも、もっと多くても、きまりに合わない名前は外れました。
# その名前の答えは、ほかの例の中にないからです。
#
# 今度は、きまりに合わない例だけを教えます。
# 青森県には何と出るでしょう。動かす前に、手をあげて予想します。
# 右の数は、きまりに合う名前のうち、当たった数です。

# %% id="odd"
odd_machine = RuleMachine()
odd_machine.learn([(name, capital_of[name]) for name in others])
odd_machine.guess("青森県"), sum(odd_machine.guess(name) == capital_of[name] for name in fits)

# %% [markdown] id="memo" step="memo"
# ## 7. メモを持たせよう
#
# 「青森市」も出なくなりました。
# 誤りは、プログラムに書いてあったのではなく、例から生まれています。
#
# では、機械にメモを持たせます。
# 名前がメモにあればメモを使い、なければきまりを使います。
# カードになかった名前から、メモにのせる名前を3つから6つ選びましょう。
# `" "` の中に、都道府県の名前だけを書きます。
# 県庁所在地は、プログラムが表から入れます。地図帳でも同じか、確かめましょう。

# %% id="memo-names" fill="code"
### BEGIN SOLUTION
memo_names = ["愛知県", "兵庫県", "石川県", "沖縄県", "宮城県"]
#> memo_names = ["", "", ""]
### END SOLUTION

# %% id="check-memo-names" check="memo-names"

# %% [markdown] id="three-ways-ask"
# 10枚のカードの機械に、このメモを持たせます。
# 問題は、カードになかった37の名前です。
# 「メモだけ」は、メモになければ「分かりません」と出すやり方です。
# 外れがいちばん少ないのは、どれですか。当たりがいちばん多いのは、どれですか。

# %% id="three-ways" needs="memo-names"
quiz = [name for name in capital_of if name not in cards]
by_rule = {name: card_machine.guess(name) for name in quiz}
memo = {name: capital_of[name] for name in memo_names if name in quiz}

def counts(answers):
    good = sum(capital_of[name] == answer for name, answer in answers.items())
    return good, len(answers) - good, len(quiz) - len(answers)

ways = [("きまりだけ", by_rule), ("メモときまり", by_rule | memo), ("メモだけ", memo)]
table([("やり方", "当たり", "外れ", "分かりません"), *[(way, *counts(answers)) for way, answers in ways]])

# %% [markdown] id="explain" step="explain"
# ## 8. 自分の言葉でまとめよう
#
# メモときまりを使っても、メモにない名前では、もっともらしい誤りが出ます。
# 「メモだけ」では、当たるはずの名前にも「分かりません」と出ます。
#
# この機械を使う友達に、二つのことを伝えましょう。
# どんな名前なら当たりやすいですか。
# 出た答えは、どうやって確かめるとよいですか。

# %% id="use" fill="explain"
### BEGIN SOLUTION
explain("use", """多くの県と同じ変え方の名前なら、当たりやすい。
答えを見ても区別できないので、地図帳と市のページで確かめる。""")
#> explain("use", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **小さな機械が省いたもの** この機械が使うのは、名前の字と、例の数だけです。
# > 地図も、文の意味も使いません。
# > 大きな言語モデルは、たくさんの文で調整され、計算もずっと複雑です。
# > 文章によく出ることには、よく当たります(Kandpalほか 2023)。
# > それでも、文章にあまり出ないことには、もっともらしい誤りを出すことがあります。
# > どちらの誤りも、わざとではありません。
# > この小さな機械には、正しいかを確かめる部品がないのです。

# %% [markdown] id="check" step="check"
# ## 9. 学級の確かめ方
#
# 最後に、さいたま市のある埼玉県で、確かめ方をためします。
# 左が機械の答え、右が表の答えです。1字ずつくらべましょう。

# %% id="saitama"
card_machine.guess("埼玉県"), capital_of["埼玉県"]

# %% [markdown] id="procedure"
# **学級の確かめ方**
#
# 1. 何を確かめるかを、言葉にする。
# 2. もとの資料をさがす。県庁所在地なら、地図帳を見る。
# 3. 名前が、1字ずつ同じかを見る。
# 4. 二つ目の、別に作られた資料を見る。市や県のページなど。
# 5. 分かったことと、まだ分からないことを書く。
#
# 東京都は、表では新宿区です。「東京」と書く地図帳もあります。
# 二つの資料がちがうときは、わけも調べて書きましょう。
# 確かめて正しかった答えは、安心して使えます。
