# %% [markdown] id="title"
# # 名前で答える、調べて答える
#
# 神社の名前だけから、都道府県を答える小さな機械を学習させます。
# 答えには、正しいものと、もっともらしい誤りがまざります。
# あとで、ページを調べて答える機械と比べます。
#
# 神社は、どれも実在します。
# 名前と場所は、一社ごとに二つの資料で確かめた、134社の表から読みます。
# この演習の「正しい」は、「表にのっている神社の都道府県と同じ」という意味です。
#
# 灰色のセルを、上から順に実行します。
# 書きかえるのは、`...` の所と、`""` の中だけです。

# %% id="start"
import random

import smallmachines
from smallmachines.checking import check
from smallmachines.data import rows
from smallmachines.lookup import Library
from smallmachines.names import NameMachine
from smallmachines.notes import compare, explain, predict
from smallmachines.show import table
smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# 「出雲大神宮」(いずもだいじんぐう)という神社があります。
# どの都道府県にあると考えますか。
# その答えを、ふだんならどうやって確かめますか。
# まだ調べずに、`"""` と `"""` の間に、自分の考えを書きましょう。

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
島根県。出雲といえば島根県だから。
ふだんは検索して、いちばん上に出た答えを見る。
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. 予想する
#
# 表の134社のうち、100社だけを機械に学習させます。
# 残りの34社は、学習に使わずに隠しておきます。
# 34社のうち8社は名前を見て選び、26社はくじで選びました。
# 次のセルは、その数を出します。

# %% id="hide"
shrines = {row["name"]: row["prefecture"] for row in rows("shrines.csv")}
places = sorted(set(shrines.values()))
quiz = ["出雲大神宮", "熊野大社", "諏訪神社", "久能山東照宮"]
quiz += ["川越氷川神社", "熊野速玉大社", "青井阿蘇神社", "吉備津彦神社"]
others = [name for name in shrines if name not in quiz]
random.Random(1).shuffle(others)
seen, hidden = others[:100], quiz + others[100:]
len(seen), len(hidden)

# %% [markdown] id="guess-quiz-ask"
# 名前を見て選んだ8社の読み方は、順に次のとおりです。
#
# - いずもだいじんぐう、くまのたいしゃ、すわじんじゃ、くのうざんとうしょうぐう
# - かわごえひかわじんじゃ、くまのはやたまたいしゃ、あおいあそじんじゃ、きびつひこじんじゃ
#
# 機械は、この8社のうち何社に正しく答えるでしょう。
# `...` を消して、数を書きます。

# %% id="guess-quiz" fill="predict"
### BEGIN SOLUTION
predict("guess-quiz", 0)
#> predict("guess-quiz", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 学習させて、答えさせる
#
# 機械は、名前を1字から3字のかけらに切ります。
# 名前の初めには `^`、終わりには `$` の印をつけます。
# たとえば「出雲大社」からは、`^出雲` や `大社$` ができます。
# かけらと都道府県を結ぶ数(重み)を、100社の答えに合うように少しずつ直します。
#
# 学習した100社の名前を入れて、正しい答えがいくつ出るかを見ましょう。

# %% id="train"
def train(names):
    machine = NameMachine()
    machine.learn([(name, shrines[name]) for name in names])
    return machine

machine = train(seen)
sum(machine.guess(name) == shrines[name] for name in seen)

# %% [markdown] id="ask-ask"
# 学習した100社には、すべて正しい答えが出ました。
# では、一度も使っていない8社の名前を入れます。
# 機械は、学習した都道府県の一つ一つについて、確率(出やすさを表す数)を計算します。
# そして、確率がいちばん高い都道府県を、必ず出力します。
# 「わかりません」と出力する部品は、まだありません。

# %% id="ask"
def sure(name):
    return round(100 * max(machine.chances(name).values()))

heads = ("番号", "神社", "機械の答え", "機械の確率(%)")
table([heads, *[(n, name, machine.guess(name), sure(name)) for n, name in enumerate(quiz, 1)]])

# %% [markdown] id="marks-ask"
# まだ調べません。正しい答えと誤りが、まざっています。
# 番号ごとに、正しいと考えたら○、誤りと考えたら×をつけます。
# その○や×への自信も、50(どちらともいえない)から100(まちがいない)までの数で書きます。
# `1 ○ 80` のように、一社を1行に書きましょう。
#
# 機械の確率と、自分の自信は別のものです。
# 全部を信じても、全部を疑っても、正しい答えと誤りは見分けられません。

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
1 ○ 80、2 ○ 90、3 ○ 60、4 × 60
5 × 90、6 ○ 80、7 ○ 70、8 ○ 70
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="reveal-ask"
# 答え合わせをします。
# 左から、番号、名前、機械の答え、正しい都道府県です。
# 誤りに○をつけた数(信じすぎ)と、正しい答えに×をつけた数(疑いすぎ)を数えましょう。
# 自信を90以上にして外れたものも、数えましょう。

# %% id="reveal" needs="guess-quiz"
for n, name in enumerate(quiz, 1):
    print(n, name, machine.guess(name), shrines[name], sep="  ")
right = [name for name in quiz if machine.guess(name) == shrines[name]]
compare("guess-quiz", len(right))

# %% [markdown] id="investigate" step="investigate"
# ## 4. なぜ、その答えなのか
#
# 本当らしく見えるのに正しくない答えを、**もっともらしい誤り**と呼びます。
# 「もっともらしいうそ」と呼ぶ人もいますが、わざとではありません。
# 機械の答えを強く後押ししたかけらを、強い順に三つ見ましょう。
# 熊野大社と熊野速玉大社では、何が同じで、何が違いますか。

# %% id="because"
def reasons(name):
    return " / ".join(machine.because(name, machine.guess(name)))

table([("神社", "機械の答え", "強く後押ししたかけら"), *[(name, machine.guess(name), reasons(name)) for name in quiz]])

# %% [markdown] id="modify" step="modify"
# ## 5. 例を消す
#
# 熊野大社と熊野速玉大社は、同じかけらで、ほとんど同じ確率になりました。
# それなのに、一方だけが正しい答えです。
# 同じ計算から、正しい答えも誤りも出ています。
#
# では、誤りはプログラムに書きこまれているのでしょうか。
# 出雲大神宮に島根県と出たのは、学習した100社のうち、どの神社の例からでしょう。
# 上の表のかけらを手がかりに、その神社の名前を `""` の中に書きます。
# 機械は、残りの99社で学習し直します。
# 「消す前の答え」と「消した後の答え」が変わる神社をさがしましょう。

# %% id="remove" fill="code"
### BEGIN SOLUTION
gone = "出雲大社"
#> gone = ""
### END SOLUTION
without = train([name for name in seen if name != gone])
print("消す前の答え", machine.guess("出雲大神宮"))
print("消した後の答え", without.guess("出雲大神宮"))

# %% id="check-remove" check="remove"

# %% [markdown] id="predict-2" step="predict-2"
# ## 6. 調べる機械の結果を予想する
#
# 出雲大社の例を消すと、出雲大神宮に島根県とは出なくなりました。
# 誤りは、例から生まれています。
#
# ここからは、134社すべての名前を入れて、答えを数えます。
# 「わかりません」は、正しい答えではありませんが、まちがいにも数えません。
# 左から順に、正しい、わかりません、まちがいの数です。

# %% id="marks"
def marks(answer):
    answers = {name: answer(name) for name in shrines}
    good = sum(one == shrines[name] for name, one in answers.items())
    silent = list(answers.values()).count(None)
    return good, silent, len(shrines) - good - silent

marks(machine.guess)

# %% [markdown] id="guess-thin-ask"
# 次の機械は、学習した重みを使いません。
# 本だなのページを検索し、いちばん合うページにある都道府県を出力します。
# ページの内容はどれも正しいのですが、134社のうち34社の分しかありません。
#
# 134社の名前を入れると、まちがいはいくつになるでしょう。
# 今の機械のまちがいより増えるか、減るかも考えて、`...` の所に数を書きます。

# %% id="guess-thin" fill="predict"
### BEGIN SOLUTION
predict("guess-thin", 20)
#> predict("guess-thin", ...)
### END SOLUTION

# %% [markdown] id="run-2" step="run-2"
# ## 7. ページの少ない本だなで調べる
#
# 1ページは、神社1社についての一文です。
# 入れた名前と同じ2字のかけらが多いページほど、点が高くなります。
# めずらしいかけらは、点をより高くします。
# まず、8社の名前を入れて、見つかったページと答えを見ましょう。

# %% id="thin"
wordings = ["{0}は、{1}にあります。", "{1}の神社に、{0}があります。", "旅の案内:{0}({1})"]
shelf = list(shrines)
random.Random(1).shuffle(shelf)
pages = [wordings[i % 3].format(name, shrines[name]) for i, name in enumerate(shelf)]
thin = Library(pages[:34])
heads = ("入れた名前", "見つかったページ", "答え")
table([heads, *[(name, thin.find(name)[0], thin.answer(name, places)) for name in quiz]])

# %% [markdown] id="look-up-ask"
# ページの内容は正しいのに、別の神社のページが見つかっています。
# その神社のページがなくても、いちばん合うページは必ず一つ決まるからです。
# 134社すべての名前を入れて、予想と比べましょう。

# %% id="look-up" needs="guess-thin"
def look_up(n, named=False):
    library = Library(pages[:n])
    return marks(lambda name: library.answer(name, places, named))

compare("guess-thin", look_up(34)[2])

# %% [markdown] id="ways-ask"
# 調べたのに、まちがいが増えました。
# 四つのやり方を比べます。
#
# - 二つ目は、本だなと同じ34社だけを学習した機械です。
# - 四つ目は、見つかったページに、入れた名前そのものがあるかを確かめます。なければ「わかりません」と出力します。
#
# まちがいがいちばん少ないのは、どれですか。正しい答えがいちばん多いのは、どれですか。

# %% id="ways"
small = train(shelf[:34])
table([
    ("やり方", "正しい", "わかりません", "まちがい"),
    ("100社を学習して答える", *marks(machine.guess)),
    ("34社を学習して答える", *marks(small.guess)),
    ("34ページを検索して答える", *look_up(34)),
    ("34ページを検索し、名前を確かめる", *look_up(34, True)),
])

# %% [markdown] id="modify-2" step="modify-2"
# ## 8. 名前を確かめても残る誤り
#
# 34社を学習した機械と、34ページの検索は、同じくらいまちがえます。
# 例やページにない神社の名前を入れても、いちばん似たものの答えが出力されるからです。
# 名前を確かめると、まちがいが消え、「わかりません」が増えました。
#
# では、名前を確かめれば、いつも正しい答えになるでしょうか。
# 二つの場合を試します。
#
# 1. 34ページの本だなに、誤ったページが1枚まざった場合(このページは演習用に作りました)
# 2. 134社のページがそろった本だなに、`諏訪神社`(すわじんじゃ)と入れた場合

# %% id="fails"
mixed = Library(["出雲大神宮は、島根県にあります。", *pages[:34]])
full = Library(pages)
(mixed.answer("出雲大神宮", places, True), full.answer("諏訪神社", places, True))

# %% [markdown] id="explain" step="explain"
# ## 9. 自分のことばで
#
# 一つ目は、名前は合っていましたが、ページが誤っていたので、答えも誤りになりました。
# 二つ目は、表にある長崎市の神社としては正しい答えです。
# でも、`諏訪` の名がつく神社は、長野県と新潟県を中心に、全国に約5,000社あります(兵庫県神社庁)。
# 別の町の神社のことなら、誤りになります。
#
# 次の二つを、自分のことばで書きましょう。
#
# - ページの内容は全部正しいのに、34ページの検索がまちがえたのはなぜですか。
# - 名前を確かめると何が変わりますか。それでも確かめられないものは何ですか。

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
その神社のページがなくても、字が似た別の神社のページから答えを出力するから。
名前を確かめると「わかりません」が出て、まちがいが減る。
でも、ページそのものの誤りと、同じ名前の別の神社は確かめられない。
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **小さな機械が省いたもの** この機械が使うのは、名前の字と、134社の例だけです。
# > 地図も文章も使わず、「わかりません」は自分では出力しません。
# > 大きな言語モデルは、たくさんの文章で調整され、「わかりません」と出力することもあります。
# > それでも、言語モデルだけでは、正しいかを確かめられないことは同じです。
# > 本だなの検索も、とても小さくしました。
# > 実際のサービスでは、言語モデルが何ページも読んで文を作り、読みちがえることもあります。
# > 必要なことが書いていない資料を渡すと、まちがいが増えたモデルもあります(Jorenほか 2025)。

# %% [markdown] id="check" step="check"
# ## 10. クラスの確かめ方
#
# 自分の町や、行ったことのある町の神社を一つ選び、`mine` の `""` の中を書きかえます。
# 地図で見つけた神社でもかまいません。
# 家の場所がわかる神社はさけ、町でよく知られた神社にしましょう。
# 神社ではない名前を入れると、どうなるかも試せます。

# %% id="mine"
mine = "八幡神社"
table([
    ("やり方", "答え"),
    ("名前だけで答える", f"{machine.guess(mine)}({sure(mine)}%)"),
    ("134ページを検索し、名前を確かめる", full.answer(mine, places, True) or "わかりません"),
])

# %% [markdown] id="mine-ask"
# すぐ下の「クラスの確かめ方」の順に、その神社の都道府県を確かめます。
# 使った二つの資料と、わかったこと、まだわからないことを書きましょう。

# %% id="own-words-4" fill="explain"
### BEGIN SOLUTION
explain("own-words-4", """
選んだ神社: 駅前の八幡神社。機械の答えは、町のある都道府県とちがった。
資料1: 境内の案内板。資料2: 市のホームページの文化財のページ。
名前と町が二つとも同じだった。案内板がいつ書かれたかは、まだわからない。
""")
#> explain("own-words-4", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="procedure"
# **クラスの確かめ方**
#
# 1. 何を確かめるかを決める。どの町の、何という神社か。
# 2. もとの資料をさがす。神社の案内板や公式のページ、市や町のページ、地図など。
# 3. 名前、町、日付が同じかを見る。一字ちがいや、同じ名前の別の神社に気をつける。
# 4. 一つ目を写していない、二つ目の資料を見る。
# 5. わかったことと、まだわからないことを書く。
#
# 確かめた答えは、機械から出た答えでも、安心して使えます。
# 確かめられない答えは、「まだわからない」と書いて残します。
