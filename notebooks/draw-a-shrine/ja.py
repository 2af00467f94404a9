# %% [markdown] id="title"
# # 神社の絵をかく機械
#
# 今日の小さな機械は、絵の集まりをもとにして、新しい絵を出します。
# 集まりに何を何枚入れるかは、わたしたちが決めます。
# 集まりを変えると、出てくる絵はどう変わるでしょう。
#
# 灰色のわく(セル)を、上から順に動かします。
# わくを選び、Shiftキーをおしながら、Enterキーをおします。
# 書きかえるのは、`...` の所と、`" "` や `"""` の間だけです。

# %% id="start"
import smallmachines
from smallmachines.checking import check
from smallmachines.data import text
from smallmachines.drawings import collect, draw, mix, read_collection
from smallmachines.notes import compare, explain, predict
from smallmachines.painter import PictureMachine
from smallmachines.show import bars, grid
from smallmachines.studio import fair_judge, side_by_side, try_out

smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# 神社の絵を1枚かきましょう。
# 本物の紙でも、サイトの「絵をかく紙」でも、かまいません。
# 何も見ないで、頭の中にある神社をかきます。
# 本やテレビで見た形でも、うまくかけなくても、かまいません。
#
# 神社の絵だと分かるように、かならずかくものは何ですか。
# 理由も、`"""` と `"""` の間に書きましょう。

# %% id="must-have" fill="explain"
### BEGIN SOLUTION
explain("must-have", """鳥居。ほかの建物には、あまりないから。""")
#> explain("must-have", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. 予想しよう
#
# 機械に見せるのは、五つの建物の絵です。
# 16×16のますに、六つの色でかいてあります。
# かいたのは、「画家」という小さなプログラムです。
# この画家は、神社を赤い鳥居(とりい)でかきます。
# どの絵も、その建物の正しい絵です。

# %% id="artists"
words = ["神社", "中国のお寺", "教会", "城", "家"]
drawings = [draw(word, number) for number in range(3) for word in words]
grid(drawings, words * 3, columns=5)

# %% [markdown] id="guess-shrines-ask"
# 次の300枚を集めて、機械に見せます。
#
# | 神社 | 中国のお寺 | 教会 | 城 | 家 |
# | :---: | :---: | :---: | :---: | :---: |
# | 3枚 | 75枚 | 74枚 | 74枚 | 74枚 |
#
# 機械に「神社」と入れて、100枚の絵を出させます。
# 神社の絵は、何枚になるでしょう。
# `...` を消して、0から100までの数を書きましょう。

# %% id="guess-shrines" fill="predict"
### BEGIN SOLUTION
predict("guess-shrines", 50)
#> predict("guess-shrines", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 機械を動かそう
#
# 1台だけでは、たまたまかもしれません。
# そこで、5台を使います。
# どの機械も、別の300枚を集めて、20枚の絵を出します。
# 画面に出るのは、100枚のうちの20枚です。
#
# まず、自分の目で見ましょう。
# 神社だと言える絵は、何枚ありますか。
# はじめに書いた「かならずかくもの」は、ありますか。

# %% id="few"
amounts = mix(300, "神社", 3)
few = try_out("神社", amounts)
grid(few.drawings[::5], columns=10)

# %% [markdown] id="compare-shrines-ask"
# 100枚を全部数えるのは、たいへんです。
# そこで、「判定器」という機械に数えさせます。
# 判定器は、絵を入れると、五つの建物から一つを選びます。
# 画家の新しい絵では、100枚とも正解でした。
#
# 判定器が「神社」を選んだ数と、予想をくらべましょう。

# %% id="compare-shrines" needs="guess-shrines"
compare("guess-shrines", few.counts["神社"])

# %% [markdown] id="castles-ask"
# では、同じ5台に「城」と入れると、どうなるでしょう。
# 城の絵は、集まりの中に74枚あります。
# 「神社」と「城」の結果をくらべましょう。

# %% id="castles"
castles = try_out("城", amounts)
side_by_side({"「神社」": few, "「城」": castles})

# %% [markdown] id="investigate" step="investigate"
# ## 4. どうして、その絵なのか
#
# 「城」では、ほとんど城の絵が出ました。
# いつも失敗する機械ではありません。
# では、「神社」でいちばん多かったのは、何の絵でしたか。
#
# 機械の中には、「引き出し」が8つあります。
# 300枚を、1枚ずつ別の引き出しに入れることはできません。
# そこで、色のならび方が似ている絵は、同じ引き出しに入ります。
# 絵を出すときは、引き出しの中の絵をもとにします。
# 枚数の少ない言葉のときは、ほかの引き出しも少し使います。
#
# 神社と同じ引き出しに、何の絵が何枚ありますか。
# 引き出しを30にふやすと、神社だけの引き出しになりますか。

# %% id="beside"
together = {}
for drawers in [8, 30]:
    machine = PictureMachine(k=drawers, seed=0)
    machine.train(collect(amounts, seed=0))
    for word, number in machine.memory.beside("神社").items():
        together[f"{word}({drawers})"] = number
bars(together, x="建物(引き出しの数)", y="神社と同じ引き出しの枚数")

# %% [markdown] id="predict-2" step="predict-2"
# ## 5. 中国のお寺をぬいたら
#
# 引き出しを30にしても、神社だけの引き出しにはなりませんでした。
#
# 今度は、引き出しを8つにもどします。
# そして、集まりから、中国のお寺を全部ぬきます。
# 「神社」と入れると、何の絵がいちばん多くなるでしょう。
#
# 神社、教会、城、家から一つ選びます。
# それを、`" "` の間に書きましょう。

# %% id="guess-instead" fill="predict"
### BEGIN SOLUTION
predict("guess-instead", "神社")
#> predict("guess-instead", "")
### END SOLUTION

# %% [markdown] id="run-2" step="run-2"
# ## 6. ぬいて動かそう
#
# 神社は3枚のままです。
# 残りの297枚は、教会、城、家が99枚ずつです。

# %% id="without"
others = ["教会", "城", "家"]
without = try_out("神社", mix(300, "神社", 3, others))
without

# %% [markdown] id="instead-ask"
# 表の中で、枚数のいちばん多い建物は何ですか。
# その名前を、`" "` の間に書きましょう。
# 動かすと、予想とくらべられます。

# %% id="instead" fill="code" needs="guess-instead"
### BEGIN SOLUTION
instead = "家"
#> instead = ""
### END SOLUTION
compare("guess-instead", instead)

# %% id="check-instead" check="instead"

# %% [markdown] id="modify" step="modify"
# ## 7. 神社を集めよう
#
# 中国のお寺をぬいても、神社の絵は多くなりませんでした。
# 中国のお寺が、じゃまをしていたのではありません。
# 「家を出す」とは、プログラムのどこにも書いてありません。
# 集まりが変わったので、出る絵が変わったのです。
#
# 次は、中国のお寺をもどして、神社の絵をふやします。
# 集まりの神社が何枚なら、出る絵の半分より多くが神社になるでしょう。
# `...` を消して、4から75までの数を書きます。
# 足りなかったら、数を変えて、もう一度動かしましょう。

# %% id="enough" fill="code"
### BEGIN SOLUTION
shrines = 30
#> shrines = ...
### END SOLUTION
cured = try_out("神社", amounts | {"神社": shrines})
cured

# %% id="check-enough" check="enough"

# %% [markdown] id="modify-2" step="modify-2"
# ## 8. コピーするか、集めるか
#
# たくさん集めるのは、手間がかかります。
# では、コピーしてふやすのは、どうでしょう。
#
# 500枚の中に神社が5枚ある集まりで、直し方をくらべます。
# 「コピー」では、同じ5枚を、25枚ずつにふやします。
# 「集める」では、ちがう神社を125枚集めます。
# どちらも、神社は125枚になります。
#
# 動かす前に、どんなちがいが出るか、となりの人と予想しましょう。

# %% id="repairs"
five = mix(500, "神社", 5)
copies = try_out("神社", five, copies=25)
collected = try_out("神社", five | {"神社": 125})
side_by_side({"コピー": copies, "集める": collected}, variety=True)

# %% [markdown] id="own-drawings" step="own-drawings"
# ## 9. 自分たちの絵をたそう
#
# コピーでも集めても、神社の絵はふえました。
# でも、コピーでは、同じ絵が何度も出ました。
#
# ちがう神社の絵は、自分たちでもかけます。
# 「絵をかく紙」で「ノートブック用にコピー」をおします。
# それを、`"""` と `"""` の間にはり付けましょう。
# 絵がまだないときは、空のまま動かします。
#
# 出てくるのは、画家とは別にかいた12枚と、はり付けた絵です。
# 下の言葉は、判定器の答えです。合っていますか。

# %% id="ours"
pasted = """

"""
ours = read_collection(text("shrines.txt"))
ours += read_collection(pasted) if pasted.strip() else []
grid([drawing for word, drawing in ours], [fair_judge().name(drawing) for word, drawing in ours])

# %% [markdown] id="helped-ask"
# 判定器を作るときに使ったのは、画家の絵だけです。
# ですから、神社の絵なのに、ちがう答えが出ることがあります。
# 人の目でも確かめましょう。
#
# この神社の絵を、最初の300枚にたします。
# たす前と、たした後をくらべましょう。
# たした絵に似た絵は、出てきましたか。
# 学級のみんなの絵をたしたら、どうなるでしょう。

# %% id="helped"
helped = try_out("神社", amounts, more=ours)
side_by_side({"たす前": few, "たした後": helped})

# %% [markdown] id="explain" step="explain"
# ## 10. 自分の言葉でまとめよう
#
# 二つのことを、友達に説明しましょう。
# 「神社」と入れたのに、中国のお寺が多く出たのはなぜですか。
# 直すには、何をすればよいですか。
#
# 「枚数」「似ている」「引き出し」の言葉を使います。
# 「思った」「きらい」「知らない」のような、心の言葉は使いません。

# %% id="why-and-cure" fill="explain"
### BEGIN SOLUTION
explain("why-and-cure", """神社の枚数が少ないので、似ている中国のお寺と同じ引き出しに入った。
コピーではなく、ちがう神社の絵をたくさん集めるとよい。""")
#> explain("why-and-cure", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **小さな機械が省いたもの** この機械は、五つの言葉と16×16のますしか使いません。
# > 絵を出す本物のAIは、けたちがいに多い絵と文から作られます。
# > 中にあるのは引き出しではなく、たくさんの数です。
# > 例が少ないと結果が悪い、と報告されました(Udandaraoほか 2024)。
# > でも、例の少なさだけが原因ではありません。
# > 中にあるのに引き出せていない、という報告もあります(Shiほか 2025)。
# > 中国のお寺の絵は、中国のお寺の絵としては正しい絵です。

# %% [markdown] id="check" step="check"
# ## 11. 学級の確かめ方
#
# 別の機械が出した6枚です。番号の横は、機械に入れた言葉です。
# 合う絵も、合わない絵も、まよう絵もあります。
# 鳥居だけで決めず、屋根、柱、入り口も見ましょう。

# %% id="mixed"
asked = ["神社", "城", "神社", "家", "神社", "教会"]
other_machine = PictureMachine(seed=1)
other_machine.train(collect(mix(300, "神社", 12), seed=1))
drawn = [other_machine.draw(word, seed=number)[0] for number, word in enumerate(asked)]
grid(drawn, [f"{number} {word}" for number, word in enumerate(asked, 1)])

# %% [markdown] id="fits-ask"
# 言葉に合う絵の番号を書きましょう。
# `...` を消して、`[2, 5]` のように、コンマで区切ります。
# 動かすと、6枚への判定器の答えが出ます。
# 自分の答えと、くらべましょう。

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
# **学級の確かめ方**
#
# 1. 機械に入れた言葉と、確かめたいことを書く。
# 2. 絵を部分に分けて見る。屋根、柱、入り口、まわり。
# 3. 本物の写真や図かんを二つさがして、部分ごとにくらべる。
# 4. 合う、合わない、まだ分からない、に分ける。
# 5. 集まりに何が何枚あったかを、できれば調べる。
# 6. 分かったことと、分からないことを書く。
#
# 鳥居のあるお寺も、鳥居の見えない神社の絵もあります。
# まよったら、決めずに「まだ分からない」と書きます。
# 合うと確かめた絵は、安心して使えます。
