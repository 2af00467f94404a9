# %% [markdown] id="title"
# # 本物の言語モデルをのぞく
#
# ほかの演習の機械は、しくみが見えるように小さく作った模型です。
# この演習では、本物の言語モデルを使います。
# 次の言葉の確率を見て、同じことを10回たずね、答えを正しい答えと比べます。
# どんなときに当てになり、どんなときに当てにならないのでしょう。
#
# 画面に出るのは、ある日に記録した、本物の出力です。
# このモデルは、ほとんど英語だけを学んだので、英語でたずねます。
# セルは、上から順に実行します。
# いちばん下の「高校」の部分は、高校生や、先に進みたい人のためのものです。

# %% id="start"
import random
from statistics import mean

import realmodel
import smallmachines
from smallmachines.asking import agreement
from smallmachines.checking import check
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, lines, scatter, table
smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# だれかが思いつきで作った、実在しない神社があります。
# その神社についてAIにたずねたら、どんな答えが出ると思いますか。
# 下の `"""` と `"""` の間に、わけも付けて書き、実行します。

# %% id="own-words-1" fill="explain"
### BEGIN SOLUTION
explain("own-words-1", """
「そんな神社はありません」と出ると思います。
AIはたくさんの文章を学んでいるので、あるかないかはわかるはずだからです。
""")
#> explain("own-words-1", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. モデルを開いて、予想する
#
# モデルの名前、記録した日、学んだ言語、大きさを見ます。
# **パラメーター**は、学習によって決まった数のことです。
# その個数で、モデルの大きさを表します。
# GPT-3は、2020年に発表された言語モデルで、パラメーターは1750億個です。

# %% id="model"
model = realmodel.open_model()
made = realmodel.recording.book()["made"]
print(made["model"], made["date"], made["languages"])
print(f"パラメーター {made['parameters']:,} 個")
print(f"GPT-3は、その {175_000_000_000 / made['parameters']:,.0f} 倍")

# %% [markdown] id="ask-right"
# `en` は英語のことです。
# GPT-3は、このモデルの約1,300倍の大きさです。
# 今のチャットボットの大きさは、ここでは比べません。
# 出どころの確かな数だけを使うためです。
#
# このモデルに、正しい答えがわかっている24の問いを、英語でたずねます。
# 次のセルで、問いを日本語で読めます。

# %% id="questions"
def wording(prompt):
    return getattr(prompt, "ja")


questions = model.prompts("question")
for question in questions:
    print(wording(question))

# %% [markdown] id="ask-number"
# **24問のうち、正しく答えるのは何問でしょう。**
# `...` を消して、数だけを書きます。

# %% id="guess-right" fill="predict"
### BEGIN SOLUTION
predict("guess-right", 20)
#> predict("guess-right", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 次の言葉の確率を見る
#
# モデルは、文を**トークン**という小さな区切りで読み書きします。
# 英語では、前の空白が付いた一つの単語が、一つのトークンになることが多いです。
# モデルが計算するのは、次に来るトークンの確率です。
#
# 「I drank a cup of」(私は一杯の…を飲んだ)の続きを見ましょう。
# いちばん右の棒は、ここに出ていないトークンを全部合わせたものです。

# %% id="next"
def show(text):
    tokens = model.next_tokens(text, top=8)
    return bars({token.text: 100 * token.share for token in tokens}, x="次のトークン", y="確率(%)")


text = "I drank a cup of"
show(text)

# %% [markdown] id="choose"
# 次のセルは、トークンを一つ書き足して、その続きを見ます。
# `" coffee"` を、上の図の左から四つのうちの一つに書きかえて、実行しましょう。
# 引用符のすぐ後の空白も、トークンの一部なので残します。
# 図が出たら、同じように `text = text + ` の行を足して、もう一つ選びます。
# 三つ目まで選べます。

# %% id="go-on"
text = "I drank a cup of"
text = text + " coffee"
show(text)

# %% [markdown] id="places-text"
# 一つ選ぶたびに、続きの確率が計算し直されました。
# こうして一つずつ選ぶことを繰り返すと、文になります。
#
# 今度は、場所を表す言葉の確率を比べます。
# church(教会)、shrine(神社)、temple(寺)の三つです。
# 上から「日曜日の朝、家族は…へ行った」「元日、家族は…へ行った」
# 「元日、日本の家族は…へ行った」「二人は…で結婚した」の続きです。

# %% id="places"
places = [
    "On Sunday morning the family went to the",
    "On New Year's Day the family went to the",
    "On New Year's Day the Japanese family went to the",
    "They got married in a",
]
rows = [("文", "church(%)", "shrine(%)", "temple(%)")]
rows += [(text, *(100 * model.share(text, word) for word in (" church", " shrine", " temple"))) for text in places]
table(rows)

# %% [markdown] id="ask-times"
# 何も言わなければ教会が多く、神社はごくわずかです。
# けれども、元日の文に Japanese の一語を足すと、神社が教会より多くなります。
# 神社という言葉が出せないのではなく、何も言わないと出にくいのです。
#
# 一つ目のトークンの確率が、二つ目の確率の何倍かを返す関数を書きましょう。
# `model.share(text, one)` は、`text` の次に `one` が来る確率を返します。

# %% id="times-more" fill="code"
def times_more(text, one, other):
    ### BEGIN SOLUTION
    return model.share(text, one) / model.share(text, other)
    #> return ...
    ### END SOLUTION

# %% id="check-times-more" check="times-more"

# %% [markdown] id="times-more-text"
# 表の四つの文で、教会が神社の何倍かを計算します。
# 1より小さければ、神社のほうが出やすいということです。

# %% id="use-times-more" needs="times-more"
for text in places:
    print(f"{times_more(text, ' church', ' shrine'):9,.2f} 倍  {text}")

# %% [markdown] id="investigate" step="investigate"
# ## 4. 同じことを10回たずねる
#
# 答えは、確率に従うくじで選ばれます。
# だから、同じ問いでも、たずねるたびに答えが変わることがあります。
# 「東京の明治神宮ができたのは何年ですか」を、10回たずねました。
# 正しい答えは、1920年です。

# %% id="meiji"
for answer in model.answers("In what year was the Meiji Jingu shrine in Tokyo founded?"):
    print(answer.text)

# %% [markdown] id="two-measures"
# 10回の中に、正しい答えは一つもありません。
# では、24問を10回ずつたずね、はじめの答えを採点します。
# 次の二つの数も求めます。
#
# - **一致** はじめの答えと同じものが、残りの9回のうちどれだけあるか
# - **確率** はじめの答えを作るトークンの確率の平均
#
# 一致は、演習「同じことを10回聞く」と同じ決め方です。

# %% id="truth" needs="guess-right"
ten = {q.id: model.answers(q.text) for q in questions}
right = {q.id: realmodel.answers.right(ten[q.id][0].text, q.accepts) for q in questions}
probability = {q.id: ten[q.id][0].mean for q in questions}
same = {name: agreement([answer.plain for answer in answers]) for name, answers in ten.items()}

def group(scores, low, high):
    return [right[name] for name in right if low <= round(9 * scores[name]) <= high]

compare("guess-right", sum(right.values()))

# %% [markdown] id="by-steps"
# はじめの答えと同じだった回数で、24の答えを三つの組に分けます。
# いちばん右は、比べるための列です。
# 一致の数だけをまぜて配りなおすことを200回行い、平均しました。
# 一致に意味がないなら、「正しい」も、この列と同じようになるはずです。

# %% id="right-by-step"
def dealt_out(seed):
    return dict(zip(same, random.Random(seed).sample(list(same.values()), len(same))))

rows = [("同じだった回数", "答えの数", "正しい(%)", "配りなおすと(%)")]
for name, low, high in (("0〜5回", 0, 5), ("6〜8回", 6, 8), ("9回", 9, 9)):
    real = group(same, low, high)
    dealt = mean(mean(group(dealt_out(seed), low, high)) for seed in range(200))
    rows += [(name, len(real), round(100 * mean(real)), round(100 * dealt))]
table(rows)

# %% [markdown] id="points"
# 一致が高い組ほど、正しい答えの割合が高くなっています。
# ただし、9回とも同じ答えは三つしかないので、「いつも正しい」とは言えません。
#
# 一つ一つの答えを、図にします。
# 横が一致、縦が確率です。

# %% id="cloud"
def points(kind):
    return [(same[name], probability[name]) for name in right if right[name] == kind]

scatter({"正しい": points(True), "まちがい": points(False)}, x="一致", y="確率")

# %% [markdown] id="ask-odd"
# 確率の高い順に、表にも並べます。
# 表の中から、次の二つをさがしましょう。
#
# - `surest_wrong` **まちがいの答えの中で、確率がいちばん高いもの**
# - `least_sure_right` **正しい答えの中で、確率がいちばん低いもの**
#
# その下のセルの `...` を、`"france"` のような左はしの名前に変えます。

# %% id="list"
rows = [("名前", "問い", "答え", "確率", "一致", "正しい")]
for question in sorted(questions, key=lambda question: -probability[question.id]):
    name = question.id
    rows += [(name, wording(question), ten[name][0].text, probability[name], same[name], "○" if right[name] else "×")]
table(rows)

# %% [markdown] id="ask-pick"
# 見つけた二つの名前を書いて実行し、その下の確認も実行します。

# %% id="odd-ones" fill="code"
### BEGIN SOLUTION
surest_wrong = "new-zealand"
least_sure_right = "sun"
#> surest_wrong = ...
#> least_sure_right = ...
### END SOLUTION

# %% id="check-odd-ones" check="odd-ones"

# %% [markdown] id="investigate-2" step="investigate-2"
# ## 5. 実在しない神社をたずねる
#
# 自信がありそうに見える数字も、正しさの印ではありませんでした。
#
# 「奈良のくもがえる神社」は、この教材のために作った名前です。
# 「The Kumogaeru Shrine in Nara, Japan, is」の続きを出力させます。
# 何について書いてあるか、わかる単語をさがしましょう。

# %% id="invented"
story = model.prompts("invented")[0]
print(story.text, model.answer(story.text).text)

# %% [markdown] id="story-gist"
# 「ユネスコの世界遺産で、月の神を祭る神聖な神社」と始まっています。
# なめらかな文ですが、神社がないのですから、全部作り話です。
#
# 作った名前を四つ、実在するものを二つ、10回ずつ試します。
# `passes` は、「わからない」という意味の言葉があるかを調べる関数です。

# %% id="stories"
def passes(answer):
    return any(words in answer.plain for words in ("don t know", "not sure", "not certain", "no idea"))

rows = [("文", "実在する", "確率の平均", "「わからない」の数")]
for story in model.prompts("invented") + model.prompts("real"):
    answers = model.answers(story.text)
    chance = mean(answer.mean for answer in answers)
    rows += [(wording(story), "はい" if story.kind == "real" else "いいえ", chance, sum(map(passes, answers)))]
table(rows)

# %% [markdown] id="ask-why"
# 60の答えに、「わからない」は一つもありませんでした。
# 確率の平均は、実在しないくもがえる神社のほうが、ノートルダム大聖堂より高くなっています。
#
# だれにもだます意図がないのに、なぜ作り話が出力されるのでしょう。
# 「次のトークン」「確かめる」という言葉を使って、`"""` の間に書きます。

# %% id="own-words-2" fill="explain"
### BEGIN SOLUTION
explain("own-words-2", """
モデルは、次のトークンの確率を計算して、一つずつ選ぶだけです。
神社の説明らしい言葉が続くように選ばれ、その神社があるかを確かめる部品はありません。
""")
#> explain("own-words-2", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict-2" step="predict-2"
# ## 6. 「わからない」と言ってよいことにする
#
# 24の問いの終わりに、次の英語を書き足します。
#
# > If you are not certain, say I don't know.
# > (確かでないときは「I don't know」と言ってください。)
#
# **24問を10回ずつ、240の答えのうち、「わからない」は何%になるでしょう。**
# `...` を消して、数だけを書きます。

# %% id="guess-pass" fill="predict"
### BEGIN SOLUTION
predict("guess-pass", 60)
#> predict("guess-pass", ...)
### END SOLUTION

# %% [markdown] id="modify" step="modify"
# ## 7. 書き足して、たずねる
#
# `shares` は、正しい答え、「わからない」、まちがいの割合を返します。

# %% id="allowed" needs="guess-pass"
leave = " If you are not certain, say I don't know."
allowed = {q.id: model.answers(q.text + leave) for q in questions}

def shares(asked):
    fine = mean(realmodel.answers.right(answer.text, q.accepts) for q in questions for answer in asked[q.id])
    unsure = mean(passes(answer) for answers in asked.values() for answer in answers)
    return [round(100 * share) for share in (fine, unsure, 1 - fine - unsure)]

compare("guess-pass", shares(allowed)[1])

# %% [markdown] id="three-shares"
# 「わからない」が増えた分だけ、まちがいは減ったでしょうか。
# 書き足す前と後を比べます。

# %% id="before-after"
rows = [("たずね方", "正しい(%)", "わからない(%)", "まちがい(%)")]
rows += [("そのまま", *shares(ten)), ("書き足すと", *shares(allowed))]
table(rows)

# %% [markdown] id="who-passes-text"
# まちがいは減らず、正しい答えが減りました。
#
# では、「わからない」は、どの問いで出たのでしょう。
# 4ではじめの答えが正しかった7問と、まちがいだった17問に分けます。
# 確かなときと、確かでないときを分けられるなら、左の棒は低くなるはずです。

# %% id="who-passes"
def pass_share(kind):
    return 100 * mean(passes(answer) for name in right if right[name] == kind for answer in allowed[name])

bars({"正しかった問い": pass_share(True), "まちがえた問い": pass_share(False)}, x="4のはじめの答え", y="「わからない」(%)")

# %% [markdown] id="modify-2" step="modify-2"
# ## 8. 日本語では
#
# 「わからない」は、正しく答えられた問いにも、同じくらい出ていました。
# このモデルでは、書き足した一文は、確かさの目印になりません。
#
# なぜ、日本語でたずねなかったのでしょう。
# まず、日本についての問いと、ほかの問いを比べます。
# 4のはじめの答えが正しかった割合です。

# %% id="japan"
japan = [q.id for q in questions if any(word in q.text for word in ("Japan", "Tokyo", "Kyoto"))]
others = [name for name in right if name not in japan]
print(f"日本の問い {len(japan)}、ほかの問い {len(others)}")
bars({"日本の問い": 100 * mean(right[name] for name in japan), "ほかの問い": 100 * mean(right[name] for name in others)}, y="正しい(%)")

# %% [markdown] id="japanese-text"
# 日本についての11問では、はじめの答えは一つも正しくありませんでした。
# 問いの難しさもちがうので、言語だけのせいとは言い切れません。
#
# 次に、日本語の文の続きを見ます。
# 三つの文は、「日本の首都は」「鳥居は、神社の」「日曜日の朝、家族は」です。

# %% id="japanese"
for start in model.prompts("japanese"):
    print(start.text, "→", model.answer(start.text).text)

# %% [markdown] id="tokens-text"
# 日本語らしい字は並びますが、意味のある続きになりません。
#
# 同じ意味の言葉を、モデルがいくつのトークンに分けるかも比べます。
# 日本語の言葉は、`"東京"` と `"Tokyo"` のような別の組に変えられます。
# 記録にない言葉を入れると、そう知らせます。

# %% id="tokens"
pairs = [
    ("教会", "church"),
    ("神社", "shrine"),
    ("学校", "school"),
    ("学校は八時半に始まります。", "School starts at half past eight."),
    ("今日の一時間目は算数です。", "Our first lesson today is maths."),
]
rows = [("日本語", "文字", "トークン", "英語", "トークン")]
table(rows + [(ja, len(ja), model.count(ja), en, model.count(en)) for ja, en in pairs])

# %% [markdown] id="explain" step="explain"
# ## 9. 自分の言葉で
#
# 日本語では、文字の数より多いトークンに分かれました。
# 学んだ言語として説明書に挙がるのは英語だけで、この結果は、それと合います。
#
# 友だちが、こう言いました。
#
# > 「確かでないときは、わからないと言って」と書き足してあるから、このAIの答えは信じていいよ。
#
# 返事を書きます。
# この演習で見た結果を一つと、代わりに何をすればよいかを入れましょう。

# %% id="own-words-3" fill="explain"
### BEGIN SOLUTION
explain("own-words-3", """
私たちが調べた小さなモデルでは、書き足しても、まちがいは減りませんでした。
正しく答えられた問いにも、同じくらい「わからない」が出ました。
大きなモデルでは違うかもしれないけれど、AIを通さずに、出どころの別の資料を二つ見て決めようと思います。
""")
#> explain("own-words-3", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **この小さなモデルが省いたもの**
# >
# > - 大きさです。
# >   GPT-3は約1,300倍です(モデルの説明書 2020)。
# >   ここでの正答率や「わからない」の割合は、ほかのモデルには当てはまりません。
# > - 日本語です。
# >   説明書に挙がる言語は、英語だけです(モデルの説明書 2024)。
# > - 調べものをする道具です。
# >   このモデルは、資料を検索しません。
# > - 問いの数です。
# >   24問では、割合は大まかにしかわかりません。
# >
# > 変わらず成り立つのは、次のトークンを確率で選ぶしくみです。
# > まちがいや作り話を「うそ」と呼ぶ人もいますが、わざとではありません。
# > その計算の中に、正しいかどうかを確かめる部品がないのです。

# %% [markdown] id="procedure" step="check"
# ## 10. クラスの確かめ方
#
# 機械の答えを使う前に、この順で確かめます。
# クラスの言葉に直して、ノートに書きましょう。
#
# 1. 何を確かめるかを決め、名前、数、日付に線を引く。
# 2. くわしい説明や、高い確率を、正しさの印にしない。
# 3. 何回かたずねて、ばらばらなら使わない。そろっても終わりにしない。
# 4. 「わからない」と出ないことを、安心の理由にしない。
# 5. 機械を通さずに、もとの資料を開き、実在するかから確かめる。
# 6. それを写していない、二つ目の資料でも同じかを見る。

# %% [markdown] id="high-school"
# ## 高校：確率で線を引く
#
# ここからは、高校生や、先に進みたい人のための部分です。
#
# 確率が `limit` 以上の答えだけを信じることにします。
# `rows` は、(確率, 正しいかどうか)の組のリストです。
# 信じた答えのうち、まちがいだったものの割合を返す関数を書きましょう。
# `limit` 以上の答えは、少なくとも一つあるものとします。

# %% id="wrong-trusted" fill="code"
def wrong_trusted(rows, limit):
    ### BEGIN SOLUTION
    trusted = [fine for chance, fine in rows if chance >= limit]
    return trusted.count(False) / len(trusted)
    #> return ...
    ### END SOLUTION

# %% id="check-wrong-trusted" check="wrong-trusted"

# %% [markdown] id="limits-text"
# 240の答えの全部で、信じすぎと疑いすぎを図にします。
# 疑いすぎは、正しい答えのうち、信じなかったものの割合です。
# `limit` を大きくすると、信じすぎはいつも減るでしょうか。

# %% id="limits" needs="wrong-trusted"
every = [(answer.mean, realmodel.answers.right(answer.text, q.accepts)) for q in questions for answer in ten[q.id]]

def right_doubted(rows, limit):
    return mean(chance < limit for chance, fine in rows if fine)

steps = (0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
too_much = {"信じすぎ": wrong_trusted, "疑いすぎ": right_doubted}
lines({name: {limit: 100 * share(every, limit) for limit in steps} for name, share in too_much.items()}, x="limit", y="%")

# %% [markdown] id="same-axes"
# 0.7から0.8に上げると、信じすぎはかえって増えました。
# ニュージーランドの首都を、10回中9回、高い確率でAucklandと出力したためです。
# 0.9では信じすぎは0ですが、正しい答えの4分の3近くを捨てています。
#
# 終わりに、一致で正しい答えを見分ける当たりを、「同じことを10回聞く」の小さな機械と比べます。
# 正しい答えとまちがいの答えを一つずつ選び、一致の高いほうを「正しい」と判定します。
# くじで判定すれば、当たりは100回に50回ほどです。

# %% id="small"
from smallmachines.asking import ask_all, auroc
from smallmachines.facts import Listener, make_world, talk

world = make_world(people=1000, like_family=0.6, seed=1)
listener = Listener()
listener.hear(talk(world, 1000, seed=11))
people = talk(world, 300, seed=21)
asked = ask_all(listener.answer, people, times=10, seed=1)
small = auroc([agreement(answers) for answers in asked], [answers[0] == who.home for answers, who in zip(asked, people)])

# %% [markdown] id="three-games"
# 比べるために、本物のモデルの一致を200回配りなおした場合も加えます。

# %% id="two-models"
real = auroc(list(same.values()), list(right.values()))
dealt = mean(auroc(list(dealt_out(seed).values()), list(right.values())) for seed in range(200))
bars({"小さな機械": 100 * small, "本物": 100 * real, "本物の配りなおし": 100 * dealt}, x="場合", y="100回のうちの当たり")

# %% [markdown] id="ask-limits"
# 小さな機械で見つけたことが、本物のモデルでも成り立っています。
# 小さな機械と本物のモデルで、**成り立ち続けること**と**違うこと**を、一つずつ書きましょう。
# それぞれに、この演習で見た結果を付けます。

# %% id="own-words-4" fill="explain"
### BEGIN SOLUTION
explain("own-words-4", """
成り立つこと：一致が高い答えほど正しいことが多いのは同じで、当たりはどちらも100回に90回ほどでした。
違うこと：小さな機械の答えは番号一つですが、本物は文なので、10回とも違う言い方になることがありました。
""")
#> explain("own-words-4", """
#>
#> """)
### END SOLUTION
