# %% [markdown] id="title"
# # まちがいの内訳
#
# 99%正しい機械は、だれにとっても99%正しいのでしょうか。
# 写真に「祈りの場所」の印を付ける小さな機械を育て、まちがいがどこに集まるかを数えます。
# 使う写真は、16×16マスの絵から作ります。
# 人の顔の写真は使いません。
#
# セルは、上から順に実行します。
# 書きかえるのは、`...` の所と、説明に出てくる数や言葉だけです。
# いちばん下の「高校」の部分は、高校生や、先に進みたい人のためのものです。

# %% id="start"
import smallmachines
from smallmachines.checking import check
from smallmachines.data import rows
from smallmachines.drawings import mix
from smallmachines.groups import Sorter, average, errors, heavier, overall, photos
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, grid, table

smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# 校外学習の地図を作るアプリがあります。
# 写真を見分けて、神社や教会に「祈りの場所。静かに」という印を付けます。
# 広告には「正解率99%」とあります。
# 使うかどうかを班で決める前に、作った人に何を聞きますか。
# 下の `"""` と `"""` の間に、理由も付けて書き、実行します。

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """どんな写真を何枚ためして99%になったのかを聞きます。
神社の写真が少なければ、神社だけよく外れていても、99%のままかもしれないからです。""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. 予想
#
# 機械が学ぶ写真(学習データ)は400枚です。
# そのうち神社は4枚、つまり1%だけです。
# 教会、城、家は132枚ずつあります。
# 答える問いは一つ、「ここは祈りの場所ですか」です。
# 正しい答えは、神社と教会が「はい」、城と家が「いいえ」です。
# 写真は、絵のマスのおよそ3割を、くじで選んだ色にぬりかえて作ります。
# 暗い所で撮った写真のように、少し見にくくなります。

# %% id="see"
YES = ["神社", "教会"]
OTHERS = ["教会", "城", "家"]
GROUPS = ["神社", *OTHERS]
RARE = mix(400, "神社", 4, others=OTHERS)
EQUAL = dict.fromkeys(GROUPS, 100)
sample = photos(dict.fromkeys(GROUPS, 2), YES, seed=7)
grid([photo for group, photo, true in sample], [group for group, photo, true in sample], columns=4)

# %% [markdown] id="guess-text"
# 学び終えた機械に、新しい神社の写真を100枚見せます。
# **何枚まちがえるでしょう。**
# `...` を消して、0から100の数を書き、実行します。

# %% id="guess-shrines" fill="predict"
### BEGIN SOLUTION
predict("guess-shrines", 5)
#> predict("guess-shrines", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 動かす
#
# 機械に400枚を学ばせ、新しい写真でためします。
# ためす写真は、四つのグループとも100枚です。
# 1行目は、全体の正解率です。学んだ写真と同じく、神社が1%の割合で来るとして計算します。
# 棒は、グループごとの誤りの割合です。0.1なら、100枚のうち10枚が誤りです。

# %% id="learn"
TEST = photos(EQUAL, YES, seed=1001)
examples = photos(RARE, YES, seed=1)
sorter = Sorter()
sorter.learn(examples, seed=1)
by_group = errors(sorter, TEST)
right = round(100 * (1 - overall(by_group, RARE)), 1)
print(f"全体の正解率 {right}%")
bars(by_group, "グループごとの誤りの割合", y="誤りの割合")

# %% [markdown] id="again-text"
# 広告と同じ、99%以上の正解率です。
# けれども、誤りのほとんどは、神社の写真で出ています。
#
# 一度だけの結果は、偶然かもしれません。
# 学ぶ写真を取りかえて5回くり返し、神社の誤りの割合を並べます。
# その平均を、予想と比べましょう。
# `trial` は、学習とためしを1回行う関数です。`times` と `copies` は、6で使います。

# %% id="five" needs="guess-shrines"
def trial(amounts, seed, times=1, copies=0):
    examples = photos(amounts, YES, seed=seed)
    examples += [one for one in examples if one[0] == "神社"] * copies
    sorter = Sorter()
    sorter.learn(examples, heavier(examples, "神社", times), seed=seed)
    return errors(sorter, TEST)
five = [trial(RARE, seed) for seed in (1, 2, 3, 4, 5)]
rare = average(five)
print("神社の誤りの割合:", [one["神社"] for one in five])
compare("guess-shrines", round(100 * rare["神社"]))

# %% [markdown] id="investigate" step="investigate"
# ## 4. くわしく調べる
#
# 5回の結果はばらつきますが、平均すると、神社の3枚に1枚以上が誤りでした。
# 神社の写真は、もともと見分けにくいのでしょうか。
# 確かめるために、四つのグループを100枚ずつにして、あとは同じように学ばせます。

# %% id="control"
equal = average([trial(EQUAL, seed) for seed in (1, 2, 3)])
table([
    ("ためした写真", "神社が1%のとき", "100枚ずつのとき"),
    *((group, rare[group], equal[group]) for group in GROUPS),
    ("全体(学んだ割合)", overall(rare, RARE), overall(equal, EQUAL)),
], "誤りの割合")

# %% [markdown] id="kinds-text"
# 例が同じ枚数あれば、神社の誤りはほとんど出ません。
# もともと見分けられないのではなく、学んだ例の少なさが効いていました。
#
# 誤りには、二つの種類があります。
#
# - **見逃し**(誤って退ける): 正しくは「はい」なのに、「いいえ」と出力する。
# - **空振り**(誤って受け入れる): 正しくは「いいえ」なのに、「はい」と出力する。
#
# 初めの機械の答えを12枚見ます。「神社→はい」は、神社の写真に「はい」と出力したという意味です。
# 合っている答えと誤りが混ざっています。
# 誤りはどれですか。見逃しですか、空振りですか。

# %% id="look"
answers = [(group, true, sorter.answer(photo)) for group, photo, true in TEST]
labels = [f"{group}→{'はい' if said else 'いいえ'}" for group, true, said in answers]
grid([photo for group, photo, true in TEST[:12]], labels[:12])

# %% [markdown] id="harm-text"
# **だれが困るか。**
# 神社を見逃すと、地図に印が出ません。
# 気づかずに大声で通る人がいて、祈りに来た人が困ります。
# 家で空振りすると、人の家に印が付きます。
# 知らない人が次々に訪ねてきて、住む人が困ります。
# どちらの誤りが重いかは、場面で変わります。
#
# 給食の写真に「卵入り」の印を付ける機械でも考えましょう。
# 見逃しと空振りは、それぞれだれを、どれくらい困らせますか。
# 印が誤っていたときに備えて、だれが何をしますか。
# 見逃し、空振り、備えの三つに分けて書きましょう。

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """卵の見逃しは、アレルギーのある人の命に関わるので、いちばん重い誤りです。
空振りでは、食べられる物を食べられない人が出ます。
どちらも起こるので、印だけで決めず、栄養教諭が材料の表で確かめます。""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict-2" step="predict-2"
# ## 5. もう一つ予想
#
# 今度は、学ぶ写真から「家」を全部ぬき、教会と城を198枚ずつにします。
# 神社は4枚のままで、全体も400枚のままです。
# **新しい神社の写真100枚のうち、何枚まちがえるでしょう。**
#
# 予想を書いて実行したら、その下のセルで結果を見ます。
# 1行目に、四つのグループの誤りの割合が出ます。
# 比べ終わったら、`LEFT_OUT` の "家" を "城" や "教会" に変えて、1行目がどう変わるかを見ましょう。

# %% id="guess-no-houses" fill="predict"
### BEGIN SOLUTION
predict("guess-no-houses", 60)
#> predict("guess-no-houses", ...)
### END SOLUTION

# %% id="without" needs="guess-no-houses"
LEFT_OUT = "家"
kept = [group for group in OTHERS if group != LEFT_OUT]
less = average([trial(mix(400, "神社", 4, others=kept), seed) for seed in (1, 2, 3)])
print(less)
compare("guess-no-houses", round(100 * less["神社"]))

# %% [markdown] id="heavy-text" step="modify"
# ## 6. 直してみる
#
# 家をぬくと、神社の誤りはほとんど消え、家は全部が空振りになります。
# 教会か城をぬけば、また別の誤り方になります。
# まちがえるようにと、だれかが書きこんだわけではありません。学んだ例の組み合わせで、誤り方が変わりました。
# ためす写真に家がなければ、この失敗はだれの目にも入りません。
#
# 初めの400枚にもどって、神社の誤りを減らします。
# 神社の写真を増やせないときは、4枚に**重み**を付ける直し方があります。
# 重みが100なら、神社の1枚は、ほかの1枚の100倍、学ぶ順番が回ってきやすくなります。
# 学ぶ回数の合計は変わらないので、ほかの写真を学ぶ回数は減ります。
#
# 神社の誤りを0.2以下、全体の誤りを0.01以下にする重みを選びましょう。
# `...` を数に変えて実行し、表を見ます。
# 5や2500も試して、どのグループの誤りが増えるかを見ましょう。決まったら、下の確認も実行します。

# %% id="heavy" fill="code"
### BEGIN SOLUTION
weight = 100
#> weight = ...
### END SOLUTION
fair = average([trial(RARE, seed, times=weight) for seed in (1, 2, 3)])
table([
    ("重み", *GROUPS, "全体"),
    (1, *(rare[group] for group in GROUPS), overall(rare, RARE)),
    (weight, *(fair[group] for group in GROUPS), overall(fair, RARE)),
], "誤りの割合")

# %% id="check-heavy" check="heavy"

# %% [markdown] id="repairs-text"
# 直し方は、ほかにもあります。
#
# - 同じ4枚をコピーして増やす。
# - 割合は1%のまま、全体を2倍にする。
# - 神社の写真を新しく集める。
#
# どれがいちばん効くでしょう。隣の人と予想を言い合ってから、実行します。

# %% id="repairs"
def three(amounts, copies=0):
    return average([trial(amounts, seed, copies=copies) for seed in (1, 2, 3)])
ways = {
    "そのまま(400枚のうち4枚)": rare,
    "4枚をコピーして100枚に": three(RARE, copies=24),
    "1%のまま(800枚のうち8枚)": three(mix(800, "神社", 8, others=OTHERS)),
    "集める(400枚のうち40枚)": three(mix(400, "神社", 40, others=OTHERS)),
}
table([("直し方", "神社", "家"), *((way, one["神社"], one["家"]) for way, one in ways.items())])

# %% [markdown] id="shades" step="shades"
# ## 7. 本物の調査を読む
#
# 写真を集めるとほぼ直り、コピーでは誤りが残ります。
# 同じ1%でも、全体を2倍にすると誤りは減ります。
# 割合だけで決まるわけではありません。
#
# 本物の調査を見ましょう(Buolamwini・Gebru 2018)。
# 顔写真から「男性」「女性」のどちらかを出力する、三つの会社のサービスを調べたものです。
# ためしたのは、六つの国の国会議員1,270人の写真です。
# 調査では、写真を肌の色の濃さと性別で四つに分け、誤りの割合(%)を数えました。
# まちがえたのはサービスです。写真の人たちに原因はありません。
# また、人の性別は、写真や二つの言葉だけで決まるものではありません。
#
# 1行目に、この教室の小さな機械の数を並べます。その下が調査の表です。
# どの行でも、「全体」とほかの数を比べましょう。
# Face++の「肌の色が明るい女性」は、9.8と引用する資料もあります。

# %% id="published"
NAMES = {"darker_male": "肌の色が濃い男性", "darker_female": "肌の色が濃い女性",
         "lighter_male": "肌の色が明るい男性", "lighter_female": "肌の色が明るい女性"}
PRINTED = {"Microsoft": 6.3, "Face++": 10.0, "IBM": 12.1}
shades = rows("gender-shades.csv")
print(f"小さな機械の誤り(%)  全体 {100 * overall(rare, RARE):.1f}  神社 {100 * rare['神社']:.0f}")
table([("サービス", "全体", *NAMES.values()), *((row["system"], PRINTED[row["system"]], *(row[key] for key in NAMES)) for row in shades)])

# %% [markdown] id="explain" step="explain"
# ## 8. 自分の言葉で
#
# 全体の誤りは1割ほどでも、3人に1人が誤って判定されたグループがありました。
#
# 小さな機械でも、二つの機械を比べます。
# Aは重みなし、Bは重み1000で、どちらも5回の平均です。
# 「全体(神社が1%)」は、学んだ写真と同じ割合で写真が来るときの誤りです。
# 「全体(同じ枚数)」は、四つのグループの写真が同じ枚数ずつ来るときの誤りです。
#
# 神社が1%のときは、どちらも98%以上が正解で、Aのほうが少しよく見えます。
# ほかの列では、どちらがよく見えますか。

# %% id="two-machines"
a, b = rare, average([trial(RARE, seed, times=1000) for seed in (1, 2, 3, 4, 5)])
table([
    ("機械", "全体(神社が1%)", "全体(同じ枚数)", "神社の見逃し", "家の空振り"),
    ("A", overall(a, RARE), overall(a, EQUAL), a["神社"], a["家"]),
    ("B", overall(b, RARE), overall(b, EQUAL), b["神社"], b["家"]),
], "誤りの割合")

# %% [markdown] id="publish-text"
# 発表する数を一つだけ選ぶなら、どれにしますか。
# その数だけを見た人には、だれの困りごとが見えませんか。
# 初めの「作った人に聞くこと」に、付け足すことも書きましょう。

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """一つだけなら、いちばん悪いグループの誤りと、ためした枚数を選びます。
それでも、Bの家の空振りのような、ほかのグループの困りごとは見えなくなります。
作った人には、グループごとの表と、ためした写真の内訳も聞きます。""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **小さな機械が省いたもの**
# >
# > この機械は、マスの色に重みを付けて足すだけです。
# > 大きな機械は、もっと複雑な形の特徴を、多くの写真から学びます。
# > グループの分け方も、ここでは建物の名前だけです。
# > 人を調べるときは、何で分けるかを決めること自体が、むずかしい問題です。
# > 誤りがかたよる原因も、例の数だけではありません。
# > 写真の写り方、正解の付け方、使う目的も関わります。

# %% [markdown] id="check" step="check"
# ## 9. 確かめる
#
# 7の調査についての文が四つあります。
# 正しい文と、表から言えない文が混ざっています。
#
# 1. IBMの全体の誤りは12.1%だったので、どのグループの誤りも12%くらいだった。
# 2. 三つのサービスのどれでも、誤りの割合がいちばん高いのは「肌の色が濃い女性」だった。
# 3. 今のスマートフォンの顔認証も、3人に1人を誤って判定するとわかった。
# 4. Face++では、「肌の色が濃い男性」の誤りは「肌の色が明るい男性」より低かった。
#
# 四つの `...` を、表から言えるなら `True`、言えないなら `False` に変えましょう。
# 初めの文字は大文字で書き、" は付けません。

# %% id="claims" fill="code"
### BEGIN SOLUTION
verdicts = [False, True, False, True]
#> verdicts = [..., ..., ..., ...]
### END SOLUTION

# %% id="check-claims" check="claims"

# %% [markdown] id="procedure"
# **「正解率○%」を見たときの手順**
#
# 1から順に読み、初めに書いた「作った人に聞くこと」が、どの段階に当たるかを言いましょう。
#
# 1. 何を、だれの、いつの写真や文章でためしたのかを見る。
# 2. グループごとの誤りと、それぞれの枚数をさがす。
# 3. 見逃しと空振りに分け、それぞれだれが困るかを書く。
# 4. 内訳から全体を計算し、発表された数と合うかを見る。
# 5. 合わなければ、もとの資料(一次資料)と、二つ目の独立した資料に当たる。
# 6. わかったこと、まだわからないこと、確かめた日を書く。

# %% [markdown] id="high-school"
# ## 高校: 内訳から全体を計算する
#
# ここからは、高校生や、先に進みたい人のための部分です。
#
# 全体の誤りは、グループの誤りを、人数の割合に合わせて平均した数です(加重平均)。
# 調査の写真の人数の割合(%)を、`PEOPLE` に入れました。
# `wrong` に「グループの誤り × 人数の割合」を足していき、終わりに割合の合計で割ります。
# `row[key]` はグループの誤り(%)ですが、文字なので、`float(row[key])` で数にします。
# `...` を式に変えて、計算した全体と発表された全体を比べましょう。

# %% id="whole" fill="code"
PEOPLE = {"darker_male": 25.0, "darker_female": 21.3, "lighter_male": 30.3, "lighter_female": 23.3}
def whole(row):
    wrong = 0
    for key in PEOPLE:
        ### BEGIN SOLUTION
        wrong = wrong + float(row[key]) * PEOPLE[key]
        #> wrong = ...
        ### END SOLUTION
    return wrong / sum(PEOPLE.values())

table([("サービス", "計算した全体", "発表された全体"), *((row["system"], round(whole(row), 1), PRINTED[row["system"]]) for row in shades)])

# %% id="check-whole" check="whole"

# %% [markdown] id="one-row"
# Face++の行では、計算した全体と発表された全体が、0.5以上ちがいます。
# 確認が全部できていれば、あなたの計算まちがいではありません。
#
# この教材を作るとき、論文の表そのものは読めませんでした。
# 引用した資料では、Face++の「肌の色が明るい女性」が6.0の物と9.8の物があり、9.8なら全体とほぼ合います。
# どちらの数でも、誤りの割合が最も高いグループは変わりません。
# 数を疑うことと、結論まで捨てることは別です。
# もとの論文を読める人は、表の数を確かめてみましょう。
