# %% [markdown] id="title"
# # 言葉をつなげる機械
#
# 今日の小さな機械は、本を読み、言葉をつなげて文を書きます。
# 本に書いてあるのは、神社と県庁のある場所です。
# 書いた文が本当かどうかを、みなさんが確かめます。
#
# 灰色のわく(セル)は、上から順に動かします。
# 書きかえるのは、`...` の所と、`" "` や `[ ]` の中だけです。

# %% id="start"
import smallmachines
from smallmachines import data
from smallmachines.chain import Chain, shares
from smallmachines.checking import check
from smallmachines.notes import compare, explain, predict
from smallmachines.show import lines, table
from smallmachines.truth import Judge

smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# 本の文の数と、「奈良県」が出てくる文を見ましょう。
# 言葉の切れ目には、すき間を入れてあります。
# 読めない名前があっても、かまいません。先生が読みます。

# %% id="book"
book = data.lines("sentences.ja.words")
prefectures = [sentence.split()[0] for sentence in book if " の 県庁所在地 は " in sentence]

def in_book(word):
    return [sentence for sentence in book if word in sentence.split()]

print(len(book))
print(*in_book("奈良県"), sep="\n")

# %% [markdown] id="judge-ask"
# この本に、まちがいはないでしょうか。
# 人が作った答えの表で、全部の文を判定します。
# 左が本当の文の数、右が全部の文の数です。
# 答えの表は、機械には見せません。

# %% id="judge"
judge = Judge(data.facts("facts.json")["languages"]["ja"])
words = {True: "本当", False: "本当でない", None: "判定できない"}
sum(judge(sentence) is True for sentence in book), len(book)

# %% [markdown] id="my-idea-ask"
# 本の文は、全部本当でした。
# この本だけを読んだ機械は、本当の文だけを書くでしょうか。
# 自分の考えと、そのわけを、`"""` と `"""` の間に書きましょう。

# %% id="my-idea" fill="explain"
### BEGIN SOLUTION
explain("my-idea", """本当の文だけを書く。本に本当のことしか書いていないから。""")
#> explain("my-idea", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. 予想しよう
#
# 機械が見るのは、それまでに書いた言葉のうち、最後の3つだけです。
# 本の中から、同じ3つの次に来た言葉を集めます。
# その中から、くじで一つ選んで、つなげます。
# たとえば、「奈良県 の 県庁」の次に来た言葉は、「は」です。
#
# 文を100書かせたら、本当でない文はいくつあるでしょう。
# `...` を消して、数を書きます。

# %% id="false-of-100" fill="predict"
### BEGIN SOLUTION
predict("false-of-100", 0)
#> predict("false-of-100", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 機械に書かせよう
#
# 機械に本を読ませて、文を8つ書かせます。

# %% id="write"
machine = Chain(memory=3)
machine.learn(book)
outputs = machine.make(8, seed=145)
table([("番号", "文"), *enumerate(outputs, 1)])

# %% [markdown] id="marks-ask"
# 一つずつ読んで、本当かどうかを考えましょう。
# 答えの表は、まだ見ません。地図帳は見てもかまいません。
# 本当だと考える番号を `true_ones` に、本当でないと考える番号を `false_ones` に書きます。
# `...` を消して、`[1, 2]` のように、コンマで区切ります。
# まだ分からない文の番号は、どちらにも書きません。
# 一つもないときは、`[]` とします。

# %% id="marks" fill="code"
### BEGIN SOLUTION
true_ones = [1, 3, 4, 5]
false_ones = [2, 6]
#> true_ones = [...]
#> false_ones = [...]
### END SOLUTION

# %% id="check-marks" check="marks"

# %% [markdown] id="verdicts-ask"
# 答えの表で判定して、自分の印とくらべます。
# 「信じすぎ」は、本当でない文を「本当」とした番号です。
# 「疑いすぎ」は、本当の文を「本当でない」とした番号です。

# %% id="verdicts" needs="marks"
verdicts = [judge(sentence) for sentence in outputs]
trusted = [n for n in true_ones if verdicts[n - 1] is False]
doubted = [n for n in false_ones if verdicts[n - 1] is True]
print("信じすぎ", trusted, "疑いすぎ", doubted)
table([("番号", "文", "判定"), *[(n, outputs[n - 1], words[verdicts[n - 1]]) for n in range(1, 9)]])

# %% [markdown] id="many-ask"
# 8つの文だけでは、たまたまかもしれません。
# 200の文を書かせ、本当でない文の数を、100あたりに直します。
# 予想とくらべましょう。

# %% id="many" needs="false-of-100"
def result(memory, seed=1):
    chain = Chain(memory)
    chain.learn(book)
    return shares(chain.make(200, seed), judge, book)

compare("false-of-100", round(100 * result(3)["false"]))

# %% [markdown] id="investigate" step="investigate"
# ## 4. どこで外れたのか
#
# さっきの1番の文は、本当ではありませんでした。
# 「新潟県」が出てくる文を、本から全部さがして、くらべます。
# 1番の文は、どの言葉から、本の文とちがいますか。

# %% id="look-up"
print(*in_book("新潟県"), sep="\n")

# %% [markdown] id="next-words-ask"
# 「新潟県 の 県庁所在地 は」まで書いた機械は、次に何を出せるでしょう。
# 出せる言葉の数と、はじめの5つを見ます。
# 出やすさは、全部足すと1になります。

# %% id="next-words"
next_words = machine.chances("新潟県 の 県庁所在地 は")
print(len(next_words))
table([("次の言葉", "出やすさ"), *list(next_words.items())[:5]])

# %% [markdown] id="why-ask"
# 新潟市も、ほかの市も、同じ出やすさです。
# 最後の3つは「の 県庁所在地 は」で、そこに新潟県は入っていません。
#
# 本当らしく見えるのに正しくない文を、「もっともらしい誤り」とよびます。
# わざとではありません。本当かどうかを確かめる部品が、機械にはないのです。
#
# 本は全部本当なのに、本当でない文が出たのは、なぜでしょう。
# 「最後の3つ」「次の言葉」を使って書きましょう。

# %% id="why" fill="explain"
### BEGIN SOLUTION
explain("why", """最後の3つの言葉だけを見て、次の言葉をくじで引く。
どの県の文かは見ていないので、別の県の市がつながる。""")
#> explain("why", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="longer" step="longer"
# ## 5. もっと長く見せよう
#
# 最後の3つではなく、もっと長く見る機械なら、どうでしょう。
# 見る言葉の数を、1から5までの中で選び、`...` の所に書きます。
# 200の文のうち「本当でない文」が0になる数をさがしましょう。

# %% id="memory" fill="code"
### BEGIN SOLUTION
memory = 4
#> memory = ...
### END SOLUTION

# %% id="check-memory" check="memory"

# %% [markdown] id="by-memory-ask"
# 1から5までを、全部くらべます。
# 文は、丸写し、新しくて本当、本当でない、判定できない、の四つに分けます。
# 文の形になっていないものは、「判定できない」に入ります。
# 「本当でない」が0になるとき、ほかの線はどうなっていますか。

# %% id="by-memory"
results = {n: result(n) for n in range(1, 6)}
kinds = {"丸写し": "copied", "新しくて本当": "new and true"}
kinds |= {"本当でない": "false", "判定できない": "no sentence"}
lines(
    {name: {n: results[n][kind] for n in results} for name, kind in kinds.items()},
    x="見る言葉の数",
    y="文の割合",
)

# %% [markdown] id="torn-book" step="torn-book"
# ## 6. 本にないことを聞こう
#
# 見る言葉が4つや5つの機械では、全部の文が丸写しでした。
# では、本に書いていないことを聞くと、どうなるでしょう。
#
# 県を一つ選び、その名前が出る文を、本から全部ぬくことにします。
# `" "` の中に、`"愛知県"` のように「県」まで書きましょう。

# %% id="missing" fill="code"
### BEGIN SOLUTION
missing = "愛知県"
#> missing = ""
### END SOLUTION

# %% id="check-missing" check="missing"

# %% [markdown] id="torn-predict"
# 5つの言葉を見る機械に、その県の県庁所在地を聞きます。
# 全部の本を読んだ機械と、ぬいた本を読んだ機械をくらべます。
# ぬいた本のときは、何と出るでしょう。
# `...` を消して、予想の言葉を `" "` で囲んで書きましょう。

# %% id="torn" fill="predict"
### BEGIN SOLUTION
predict("torn", "分かりません")
#> predict("torn", ...)
### END SOLUTION

# %% id="ask-torn" needs="torn missing"
def ask(pages):
    long_memory = Chain(memory=5)
    long_memory.learn(pages)
    return long_memory.go_on(missing + " の 県庁所在地 は", seed=2)

torn = [sentence for sentence in book if missing not in sentence.split()]
for name, pages in [("全部の本", book), ("ぬいた本", torn)]:
    print(name, len(pages), ask(pages), words[judge(ask(pages))], sep="  ")
compare("torn", ask(torn).split()[4])

# %% [markdown] id="explain" step="explain"
# ## 7. 自分の言葉でまとめよう
#
# 長く見る機械からも、本にないことでは、もっともらしい誤りが出ました。
#
# はじめの考えと、今の考えをくらべます。
# 変わったことと、変わらなかったことを、わけも付けて書きましょう。
# 「長く見る」直し方で、うまくいったことと、いかなかったことも書きます。

# %% id="repair" fill="explain"
### BEGIN SOLUTION
explain("repair", """変わったことは、本が本当でも、書いた文は本当とは限らないこと。
最後の言葉だけを見てつなげるから。
長く見ると誤りは消えたが、丸写しで、本にないことは外れた。
本を見て確かめるとよい、という考えは変わらない。""")
#> explain("repair", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **小さな機械が省いたもの** この機械が使うのは、最後の言葉と回数だけです。
# > 大きな言語モデルは、ずっと長い文章を、ずっと複雑な計算で使います。
# > 読んだ文をそのまま写すだけではなく、似た言葉をまとめて使えます。
# > ですから、誤りはこの機械よりずっと少なくなります。
# > それでも、もっともらしい誤りは残ります(Kalai・Vempala 2024)。
# > 誤りをへらす工夫も進んでいますが、確かめることは必要です。

# %% [markdown] id="procedure" step="check"
# ## 8. 学級の確かめ方
#
# 機械の8つの文から1つ選び、次の順に確かめましょう。
#
# 1. どの言葉を確かめるかを決める。名前、場所、数など。
# 2. もとの本や資料で、その言葉をさがす。
# 3. 同じ文の中で、名前と場所の組が同じかを見る。
# 4. 二つ目の、別に作られた資料を見る。地図帳や神社のページなど。
# 5. 「正しい」「ちがう」「まだ分からない」を書く。何で確かめたかも書く。
#
# 本や表にないことは、うそとは限りません。そのときは「まだ分からない」です。
# すらすら読めることは、正しいしるしではありません。
# 確かめて正しかった文は、安心して使えます。
