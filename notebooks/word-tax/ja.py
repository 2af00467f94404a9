# %% [markdown] id="title"
# # ことばの税金
#
# AIの利用料金や、一度に読める長さは、**トークン**の数で決まることがあります。
# トークンとは、機械が文を切り分けたときの、小さな区切りのことです。
# 同じ意味の文でも、日本語と英語で、トークンの数が違うことがあります。
# すると、数の多い方のことばでは、同じ内容でも料金が高くなります。
# この演習では、それを「ことばの税金」と呼びます。本物の税金ではなく、たとえです。
#
# 文を切る小さな機械を自分で育てて、税金がどこから来るのかを調べましょう。
# セルは、上から順に実行します。
# 書きかえるのは、`...` の所と、説明に出てくる数だけです。
# いちばん下の「高校」の部分は、高校生や、先に進みたい人のためのものです。

# %% id="start"
import random

import smallmachines
from smallmachines.checking import check
from smallmachines.data import rows
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, lines
from smallmachines.tokens import encode, premium, readable, train

smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# 「水は百度でふっとうします。」
#
# 「Water boils at one hundred degrees.」
#
# 同じ意味の二つの文です。短いのはどちらでしょう。何を数えて、そう言えますか。
# AIの料金は、どちらの文で高くなると思いますか。
# 下の `"""` と `"""` の間に、わけも付けて書き、実行します。

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
文字の数なら日本語が短いです。単語の数だと、日本語はどこで切るかを決めないと数えられません。
料金は、文字の少ない日本語の方が安いと思います。
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. 文を分けて、予想する
#
# 同じ意味の日本語と英語の文が、200組あります。
# 150組は機械に読ませます。残りの50組は、読ませずに取っておき、試験に使います。
# 分け方は `split(7)` の7で決まります。班ごとに別の数にしてもかまいません。

# %% id="split"
sentences = [(row["ja"], row["en"]) for row in rows("pairs.tsv")]

def split(seed):
    mixed = random.Random(seed).sample(sentences, len(sentences))
    return mixed[50:], mixed[:50]

seen, unseen = split(7)
unseen[:3]

# %% [markdown] id="ask-tax"
# まず、英語の文だけを読ませた機械を作ります。
# その機械で試験用の50組を切ります。
# **日本語のトークンの数は、英語の何倍になるでしょう。**
# 同じなら1、半分なら0.5、2倍なら2です。`...` を消して、数を書きます。

# %% id="tax-english-only" fill="predict"
### BEGIN SOLUTION
predict("tax-english-only", 0.6)
#> predict("tax-english-only", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 文を切る機械を育てる
#
# コンピューターは、文字を「バイト」という番号の列で持っています。
# 英語の1文字は1バイト、日本語の1文字は、多くが3バイトです。
#
# 機械は、はじめに文を1バイトずつに切ります。
# 次に、いちばん多く隣り合う二つをつないで、一つのトークンにします。
# `train` は、つなぐことを300回くり返します。
#
# 1行目に出るのは、機械が最初につないだ八つです。
# 続く2行は、読ませていない文を、英語と日本語で切ったものです。
# `<E7>` のような表示は、1文字に満たない、文字のかけら(バイト)です。

# %% id="english-only"
english = train([en for _, en in seen], merges=300)
print([readable(one + two) for one, two in list(english)[:8]])
ja, en = unseen[0]
print([readable(token) for token in encode(en, english)])
print([readable(token) for token in encode(ja, english)])

# %% [markdown] id="define-tax"
# 日本語のトークンの数が英語の何倍かを、これから「税」と呼びます。
# 関数の `japanese` は日本語のトークンの数、`english` は英語のトークンの数です。
# `return` の後の `...` を、この二つを使った式に変えましょう。
# 実行すると、予想と結果が並びます。その下の確認も実行します。

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
# ## 4. 税はどこから来るのか
#
# 同じ50組を、三つの数え方で比べます。
# 文字の数、何も読んでいない機械のトークン(1バイトずつ)、英語だけを読んだ機械のトークンです。
# 1より小さければ日本語の方が少なく、1より大きければ日本語の方が多くなります。

# %% id="three-rulers"
letters = sum(len(ja) for ja, _ in unseen) / sum(len(en) for _, en in unseen)
nothing_read = premium(unseen, train([], merges=0))
rulers = {"文字": letters, "何も読まない機械": nothing_read, "英語だけ読んだ機械": premium(unseen, english)}
bars(rulers, title="日本語は英語の何倍か", x="数え方", y="日本語÷英語")

# %% [markdown] id="ask-share"
# 日本語の文は、文字の数では英語より短いのです。
# 税は、機械が何を読んだかで増えています。
#
# では、読ませる150文の一部を日本語に変えます。
# **何%を日本語にすると、税が1.5倍より小さくなるでしょう。**
# 0から100の数で予想し、その下のセルで結果を見ます。
#
# 下のセルは、日本語の割合を変えながら、機械を九つ育てます。少し時間がかかります。
# 試験は、いつも同じ50組です。
# グラフの上の「結果」は、税が1.5倍より小さくなった、いちばん小さい割合です。

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
lines({"税": curve}, title="読ませた割合と税", x="日本語の割合(%)", y="日本語÷英語")

# %% [markdown] id="look-again"
# 日本語と英語を半分ずつ読んだ機械に、3で見た日本語の文をもう一度切らせます。
# つながったのは、どんなところですか。かけらのままなのは、どんな文字ですか。

# %% id="half-and-half"
print([readable(token) for token in encode(ja, tables[50])])

# %% [markdown] id="modify" step="modify"
# ## 5. 直し方を試す
#
# **直し方A: つなぐ回数を増やす。**
# 英語だけを読ませたまま、つなぐ回数を300回から800回に増やします。
# 税は何倍になるでしょう。
# 3で出た税を見て予想し、その下のセルで結果を見ます。

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
# **直し方B: 日本語の文を増やす。**
# 今度は比ではなく、50組のトークンの数を、ことば別に見ます。
# 日本語のトークンが減る間に、英語のトークンはどうなりますか。

# %% id="both-languages"
def tokens(language, table):
    return sum(len(encode(pair[language], table)) for pair in unseen)

japanese = {percent: tokens(0, table) for percent, table in tables.items()}
english_now = {percent: tokens(1, table) for percent, table in tables.items()}
lines({"日本語": japanese, "英語": english_now}, title="50組のトークンの数", x="日本語の割合(%)", y="トークンの数")

# %% [markdown] id="my-share-ask"
# あなたが、この機械の作り手だとします。二つの条件を満たす割合を決めましょう。
#
# - 税を1.5倍より小さくする。
# - 英語のトークンの数を、英語だけを読んだときの1.1倍より小さいままにする。
#
# `my_share` の `...` を、0から1の数に変えます。80%なら0.8です。
# 実行すると、税と、英語のトークンが何倍に増えたかが出ます。

# %% id="my-share" fill="code"
def dearer(share):
    return tokens(1, train(texts(seen, share))) / tokens(1, train(texts(seen, 0)))

### BEGIN SOLUTION
my_share = 0.25
#> my_share = ...
### END SOLUTION
print("税", round(premium(unseen, train(texts(seen, my_share))), 2))
print("英語のトークン", round(dearer(my_share), 2), "倍")

# %% id="check-my-share" check="my-share"

# %% [markdown] id="swap"
# **もし逆だったら。**
# 日本語だけを読んだ機械に、英語の文を切らせます。
# 今度は、英語のトークンの数が日本語の何倍になるかを計算します。
# 実行する前に、隣の人と予想を言い合いましょう。

# %% id="swapped"
japanese_pays = premium(unseen, tables[0])
english_pays = 1 / premium(unseen, tables[100])
both = {"英語だけ読んだ機械の日本語": japanese_pays, "日本語だけ読んだ機械の英語": english_pays}
bars(both, title="読ませていないことばは、もう一方の何倍か", x="機械とことば", y="倍")

# %% [markdown] id="explain" step="explain"
# ## 6. 自分の言葉で説明する
#
# グラフの初めの三つは、この教室で育てた機械の税です。
# 残りは、実在の切り分け方の税です(Petrov ほか 2023年、同じ2,000文を切って数えた表から計算)。
# UTF-8 bytes はバイトの数、Characters は文字の数で比べたものです。
# 小さな機械と、似ている所、違う所を探しましょう。

# %% id="published"
ours = {f"小さな機械(日本語{percent}%)": curve[percent] for percent in (0, 50, 100)}
published = {row["tokenizer"]: float(row["ratio"]) for row in rows("published-premiums.csv")}
bars(ours | published, title="小さな機械と、実在の切り分け方", x="切り分け方", y="日本語÷英語")

# %% [markdown] id="write-why"
# 「日本語は、機械に向かない、むだの多いことばだ」と言う人がいます。
# この演習の結果を二つ以上使って、返事を書きましょう。
# 税を下げるために、だれがどんな費用を払うのかにも触れましょう。

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
文字の数では日本語の方が短いので、むだが多いとは言えません。
日本語を2割読ませただけで税はずっと下がり、日本語だけ読ませると英語の方が高くつきました。
税は、人が何を読ませたかで大きく変わります。日本語を増やした分、英語のトークンは少し増えました。
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **小さな機械が省いたもの**
# >
# > - 読んだ文は150文、つなぐ回数は多くても800回です。実在の切り分け方では、どちらもけた違いに多くなります。
# > - 短い、やさしい文だけを使いました。専門の文や会話では、税が変わります。
# > - この機械は空白の前で文を切ります。空白のない日本語は、1文がまるごと一続きになります。実在の切り分け方は、ほかの規則でも切ります。
# > - 税は、料金や読める長さに関係します。答えのよしあしは、ここでは測っていません。
# > - 日本語と英語だけを調べました。世界には、もっと高い税を払っていることばがあります。

# %% [markdown] id="procedure" step="check"
# ## 7. ことばの費用を確かめる手順
#
# 「このAIは、日本語でも英語でも同じ料金です」という広告を見たとします。
# 1から順に読み、どの段階で、何を調べればよいかを言いましょう。
#
# 1. 何を比べるかを決める。同じ意味の文を使い、文字、バイト、トークンのどれで数えるかを書く。
# 2. その切り分け方が、どのことばを読んで作られたかを、作り手の資料で探す。
# 3. 自分の文を実際に切り、ことば別に数える。機械に読ませた文は試験に使わない。
# 4. 料金表や論文の、日付と版を見る。新しい版では税が変わることがある。
# 5. 二つ目の、独立した資料と比べる。
# 6. わかったことと、まだわからないことを分けて書く。

# %% [markdown] id="high-school"
# ## 高校: 隣どうしを数える
#
# ここからは、高校生や、先に進みたい人のための部分です。
#
# `train` の中でくり返される仕事の一つを、自分で書きます。
# 隣どうしの組が何回出てくるかを数える関数です。
# `counts` は、組ごとの回数を入れる辞書です。
# `counts.get(pair, 0)` は、その組をこれまでに見た回数で、まだ見ていなければ0です。
#
# `...` を式に変えて実行すると、英語の文で多い組から五つ出ます。
# この機械は空白の前で文を切るので、後ろが空白の組は除いてあります。
# 一番目の組は、3で機械が最初につないだものと同じですか。

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
# 小さな機械でわかったことのうち、実在のAIでも成り立ちそうなことと、成り立つとは限らないことを書きましょう。
# 一つずつ選び、そう考えるわけも書きます。
# 実在のAIで確かめるなら、何と何を数えますか。

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
読ませた文が少ないことばほど高くつくことは、GPT-2の表でも見られるので、成り立ちそうです。
日本語が2割あれば足りるという数は、短い文150文での結果なので、成り立つとは限りません。
同じ意味の文を日本語と英語で用意して、同じAIのトークンの数をことば別に数えます。
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION
