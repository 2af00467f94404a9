# %% [markdown] id="title"
# # 「神社」がない一覧
#
# 写真を見せると、写っている物の名前を出す機械があります。
# その機械は、人が作った名前の一覧から、一つを選んで出します。
# 一覧にない名前は、どんな写真を見せても出ません。
# 今日は、本物の機械が使う、本物の一覧を調べます。
#
# 灰色のわく(セル)を、上から順に動かします。
# わくを選び、Shiftキーをおしながら、Enterキーをおします。
# 書きかえるのは、`...` の所と、`"""` の間だけです。
# 「中学・高校」から下は、先に進みたい人のためのものです。

# %% id="start"
import smallmachines
from smallmachines.checking import check
from smallmachines.data import facts, lines, rows
from smallmachines.notes import compare, explain, predict
from smallmachines.show import bars, gallery, table
from smallmachines.wordmap import answer, dot, length, ranks, read_map

smallmachines.start("ja")

# %% [markdown] id="own-idea" step="own-idea"
# ## 1. まず自分の考え
#
# あなたが、写真に名前を付ける機械を作るとします。
# 一覧に入れられる名前は、10だけです。
# あなたの町の写真に使うなら、どんな名前を入れますか。
# 10の名前と、それを選んだ理由を書きましょう。

# %% id="my-ten" fill="explain"
### BEGIN SOLUTION
explain("my-ten", """人、犬、車、家、学校、木、花、川、神社、店。
町を歩いて、よく見る物を選んだ。""")
#> explain("my-ten", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="predict" step="predict"
# ## 2. 予想しよう
#
# 本物の機械がよく使う一覧に、ImageNet(イメージネット)があります。
# 英語の名前が1000あります。
# 次の六つのうち、いくつが一覧にあるでしょう。
#
# | 教会 | モスク | 城 | 寺 | 神社 | すし |
# | :---: | :---: | :---: | :---: | :---: | :---: |
# | church | mosque | castle | temple | shrine | sushi |
#
# モスクは、イスラム教のいのりの建物です。
# `...` を消して、0から6までの数を書きましょう。

# %% id="guess-found" fill="predict"
### BEGIN SOLUTION
predict("guess-found", 5)
#> predict("guess-found", ...)
### END SOLUTION

# %% [markdown] id="run" step="run"
# ## 3. 一覧の中をさがそう
#
# 三つの一覧を読みこみます。
# Quick, Draw! は、落書きの名前を当てる機械の一覧です。
# COCO(ココ)は、写真のどこに何があるかを出す機械の一覧です。
# ImageNetの名前を、いくつか見てみましょう。

# %% id="lists"
imagenet = [name.lower() for name in lines("imagenet.txt")]
quickdraw = [name.lower() for name in lines("quickdraw.txt")]
coco = lines("coco.txt")
print(len(imagenet), len(quickdraw), len(coco))
imagenet[::100]

# %% [markdown] id="letters-ask"
# 1000もあると、目でさがすのは大変です。
# 「rice(米)」と「oden(おでん)」を、プログラムでさがします。
# まず、文字のならびが入っている名前をさがします。

# %% id="letters"
[name for name in imagenet if "rice" in name or "oden" in name]

# %% [markdown] id="find-ask"
# 二つ見つかりました。でも、米でもおでんでもありません。
# triceratops は、きょうりゅうの名前です。
# wooden spoon は、木のスプーンです。
# 言葉のとちゅうの文字が、たまたま同じだったのです。
#
# `name.split()` は、名前を空白で切って、言葉に分けます。
# 下の `...` を、`name` か `name.split()` に変えます。
# 言葉がまるごと同じときだけ、見つかるようにしましょう。

# %% id="find" fill="code"
### BEGIN SOLUTION
def find(word, names):
    return [name for name in names if word in name.split()]
#> def find(word, names):
#>     return [name for name in names if word in ...]
### END SOLUTION

print("rice:", find("rice", imagenet), "oden:", find("oden", imagenet))

# %% id="check-find" check="find"

# %% [markdown] id="six-ask"
# できたプログラムで、六つの名前をさがします。
# 予想とくらべましょう。

# %% id="six" needs="guess-found find"
six = ["church", "mosque", "castle", "temple", "shrine", "sushi"]
found = [word for word in six if find(word, imagenet)]
print(found)
compare("guess-found", len(found))

# %% [markdown] id="investigate" step="investigate"
# ## 4. だれの一覧なのか
#
# 絵文字も、人が作った一覧です。
# 物を表す絵文字の名前を、四つ目の一覧にします。
# ○は、その言葉が一覧にあるというしるしです。

# %% id="compare-lists" needs="find"
emoji = rows("emoji.csv")
emoji_names = [one["name"].lower() for one in emoji]
lists = {"ImageNet": imagenet, "Quick, Draw!": quickdraw, "COCO": coco, "絵文字": emoji_names}
words_to_find = ["church", "mosque", "temple", "shrine", "castle", "kimono", "pizza", "sushi"]
marks_of = {word: ["○" if find(word, names) else "" for names in lists.values()] for word in words_to_find}
table([("言葉", *lists), *((word, *marks) for word, marks in marks_of.items())])

# %% [markdown] id="missing-ask"
# 三つの機械の一覧には、神社も寺もすしもありません。
# でも、日本の物がまるでないわけではありません。kimono(着物)はあります。
# 絵文字には、神社があります。
# 絵文字の temple は「ヒンドゥー教の寺院」で、仏教の寺ではありません。
# どの一覧にも、入っていない物があるのです。
#
# 次は、料理の名前を数えます。
# 「日本」は、日本の料理だと、この教材の書き手が考えたものです。
# 「ほか」は、日本のほかの国や地域の料理です。
# 迷ったら「決めない」にしました。

# %% id="dishes"
kinds = rows("kinds.csv")
homes = {"japan": "日本", "elsewhere": "ほか", "unclear": "決めない"}
named = {"ImageNet": "ImageNet", "Quick, Draw!": "Quick, Draw!", "COCO": "COCO", "emoji": "絵文字"}
dishes = {said: [one["home"] for one in kinds if one["list"] == name and one["kind"] == "dish"] for name, said in named.items()}
table([("一覧", "料理", *homes.values()),
       *((name, len(found), *map(found.count, homes)) for name, found in dishes.items())])

# %% [markdown] id="dogs-ask"
# ImageNetには、日本の料理が一つもありません。
# ところが、犬の種類は118もあります。
# 2012年の競争には、犬の種類を見分ける部門がありました。
# 一覧に何が入るかは、作る人の目的で変わります。

# %% id="dogs"
dogs = imagenet[151:269]
worship = [one["name"] for one in kinds if one["list"] == "ImageNet" and one["kind"] == "worship"]
print(dogs[:4], worship)
bars({"犬の種類": len(dogs), "料理と飲み物": len(dishes["ImageNet"]), "いのる建物": len(worship)},
     title="ImageNetの1000の名前のうち", x="なかま", y="名前の数")

# %% [markdown] id="emoji-ask"
# 絵文字には、なぜ日本の料理が多いのでしょう。
# 下の表の「版」は、世界の決まりに入った順番を表します。
# 0.6は、日本の電話会社が先に作っていた絵です。
# 「会社」の数は、その絵を先に持っていた会社の数です。

# %% id="emoji-first"
places = [one for one in emoji if one["kind"] == "place-religious"]
table([("絵文字", "版", "会社"),
       *((one["name_ja"], one["since"], len(one["carriers"].split())) for one in places)])

# %% [markdown] id="emoji-why"
# 教会は、日本の電話会社の絵から来ました。
# 神社の鳥居は、電話会社の表にはありません。
# 日本の放送局の記号が入った2009年の版に、鳥居も入りました。
# モスクは、どちらの表にもなく、あとから加わりました。
# 絵文字の一覧は、日本の会社から始まったのです。
#
# 一覧には、作った人たちのくらしが表れます。

# %% [markdown] id="predict-2" step="predict-2"
# ## 5. 神社の絵を見せたら
#
# ImageNetの一覧を使う、本物の機械があります。
# EfficientNet-Lite0(エフィシェントネット)という機械です。
# この機械に、赤い鳥居の絵を見せました。
# どんな名前が出たと思いますか。`" "` の間に書きましょう。

# %% id="guess-shrine" fill="predict"
### BEGIN SOLUTION
predict("guess-shrine", "城")
#> predict("guess-shrine", "")
### END SOLUTION

# %% [markdown] id="run-2" step="run-2"
# ## 6. 本物の機械の答え
#
# 機械は大きいので、先に動かして、答えを書きとめておきました。
# まず、写真の答えです。
# はじめの三つは、正しい名前が一覧にあります。
# あとの二つは、一覧に名前がありません。

# %% id="photos"
answers = rows("answers.csv")
photos = {"coffee": "コーヒー", "chelsea": "ねこ", "camera": "三きゃくとカメラ", "rocket": "ロケット", "motorcycle_left": "バイク"}
top = {picture: [one for one in answers if one["picture"] == picture] for picture in photos}
table([("写真", "一覧の名前", "一番目の答え", "二番目の答え", "三番目の答え"),
       *((photos[p], top[p][0]["right"] or "ない", *(one["answer"] for one in top[p][:3])) for p in photos)])

# %% [markdown] id="photos-read"
# 一覧に名前がある写真では、三番目までに正しい名前が出ました。
# ねこの写真の Egyptian Mau も、ねこの種類です。
# ロケットの写真では、missile(ミサイル)と出ました。
# バイクの写真では、moped(小さなバイク)と出ました。
# rocket も motorcycle も、一覧にないからです。
# 機械は「一覧にない」とは出せません。
#
# 次は絵です。絵の下は、機械の一番目の答えです。

# %% id="drawings"
drawn = facts("pictures.json")
first = {one["picture"]: one["answer"] for one in answers if one["rank"] == "1"}
gallery(list(drawn.values()), [first[name.replace("-", " ")] for name in drawn], columns=3)

# %% [markdown] id="drawings-read"
# 絵は、きゅうす、かさ、いちご、バナナ、教会、神社です。
# きゅうすとかさは合いましたが、いちごとバナナは外れました。
# piggy bank は貯金箱、pill bottle は薬のびんです。
# strawberry も banana も、一覧にある名前です。
# この機械は写真で作られたので、絵は苦手なのです。
#
# ですから、神社の答えだけを見て決めてはいけません。
# 名前が一覧にある絵を、全部ためして数えました。
# これを「くらべる相手」(対照)といいます。

# %% id="control"
right = [one for one in answers if one["group"] in ("drawing", "worship") and one["answer"].lower() == one["right"].lower()]
pictures = {one["picture"] for one in answers if one["group"] in ("drawing", "worship") and one["right"]}
firsts, within = sum(one["rank"] == "1" for one in right), len({one["picture"] for one in right})
print("名前が一覧にある絵:", len(pictures), "一番目で合った絵:", firsts)
bars({"一番目で合った": firsts, "二〜五番目に出た": within - firsts, "出なかった": len(pictures) - within},
     title="名前が一覧にある絵", x="結果", y="まい数")

# %% [markdown] id="shrine-ask"
# 教会と神社の、五番目までの答えをくらべます。
# 教会では、二番目に church が出ました。
# 神社では、shrine が出る見こみはあるでしょうか。

# %% id="shrine" needs="guess-shrine"
five = {name: [one for one in answers if one["picture"] == name] for name in ("church", "shinto shrine")}
print([(one["answer"], one["probability"]) for one in five["church"]])
print([(one["answer"], one["probability"]) for one in five["shinto shrine"]])
compare("guess-shrine", five["shinto shrine"][0]["answer"])

# %% [markdown] id="shrine-read"
# pedestal は、像などをのせる台です。
# 「神社」が出なかったわけは、二つ考えられます。
#
# - 一覧に shrine がない。これは確かで、何度ためしても出ません。
# - 絵は苦手だ。これも確かで、半分より多くの絵が一番目で外れました。
#
# 台と出たのがどちらのせいかは、この絵だけでは決められません。

# %% [markdown] id="modify" step="modify"
# ## 7. 五つの名前をたそう
#
# 12の物を、ImageNetの一覧だけを持つ、別の機械に入れます。
# 絵ではなく言葉を入れると、一覧の中で一番近い名前を出します。
# 近さは「言葉の地図」で計算します。くわしくは、あとで調べます。

# %% id="album"
words = read_map(lines("words.txt"))
things = {"shrine": "神社", "torii": "鳥居", "temple": "寺", "sushi": "すし", "noodle": "めん", "chopsticks": "はし",
          "futon": "ふとん", "lantern": "ちょうちん", "kimono": "着物", "church": "教会", "castle": "城", "umbrella": "かさ"}
before = {thing: answer(thing, imagenet, words) for thing in things}
missing = [thing for thing in things if thing not in imagenet]
print("一覧にある物:", len(things) - len(missing), "ない物:", len(missing))
table([("入れた言葉", "意味", "機械の答え"), *((thing, things[thing], before[thing]) for thing in things)])

# %% [markdown] id="mine-ask"
# 一覧にない物にも、機械は何か一つの名前を出します。
# ptarmigan は鳥、goldfish は金魚です。
# bookcase は本だな、cauldron は大きななべです。
#
# あなたは、五つの名前を一覧にたせます。
# 入れた言葉の列から、三つより多く選びましょう。
# 残りは、ほかの英語の言葉でもかまいません。
# `...` を消して、`["shrine", "pizza"]` のように書きます。
# 動かすと、答えが変わった物だけが出ます。

# %% id="mine" fill="code"
### BEGIN SOLUTION
mine = ["shrine", "torii", "sushi", "noodle", "chopsticks"]
#> mine = ...
### END SOLUTION
after = {thing: answer(thing, imagenet + mine, words) for thing in things}
changed = [thing for thing in things if after[thing] != before[thing]]
table([("入れた言葉", "たす前", "たした後"), *((thing, before[thing], after[thing]) for thing in changed)])

# %% id="check-mine" check="mine"

# %% [markdown] id="mine-read"
# 友達の五つと、くらべましょう。同じでしたか。
# shrine をたすと、temple の答えも変わります。
# たした名前は、まだ一覧にない物の答えにもなるのです。
# 五つたしても、まだ足りない物があります。
# 何を先にたすかを決めるのは、機械ではなく人です。

# %% [markdown] id="explain" step="explain"
# ## 8. 自分の言葉でまとめよう
#
# 友達が、こう言いました。
# 「あの機械は、日本の神社がきらいなんだよ。」
# 機械の答えが「神社」にならなかったわけを、説明しましょう。
# 「一覧」「数」「作った人」の言葉を使います。
# 「きらい」「知らない」のような、心の言葉は使いません。

# %% id="why" fill="explain"
### BEGIN SOLUTION
explain("why", """1000の名前の一覧に shrine がないので、機械から神社という答えは出ない。
一覧は、作った人が目的に合わせて決めた。犬は118もあるのに、神社は一つもない。""")
#> explain("why", """
#>
#> """)
### END SOLUTION

# %% [markdown] id="left-out"
# > **この演習が省いたもの** 今のAIには、決まった一覧を持たないものもあります。
# > 文で答えるAIは、「神社」という言葉を出すことができます。
# > その場合も、例の写真や文が少ない物は、苦手なことがあります。
# > 機械の答えは、一台の機械で、一度だけ調べたものです。
# > 料理の分け方は、この教材の書き手が決めました。
# > 一覧の名前のうち、武器や下着など六つは「(left out)」に変えました。
# > 何を入れて、何をぬくか。この教材も、人が決めています。

# %% [markdown] id="check" step="check"
# ## 9. 確かめよう
#
# 今日の結果で、次の文を確かめます。
# 正しいなら `True`、まちがいなら `False` と書きます。
# 今日の結果だけでは分からないなら、`None` と書きます。
#
# 1. 一覧にない名前は、この機械からは出ない。
# 2. 名前が一覧にある絵の、半分より多くが、一番目で外れた。
# 3. ImageNetの一覧には、日本の物が一つもない。
# 4. 神社の写真を見せると、この機械は「モスク」と出す。
#
# 四つの `...` を、順に変えましょう。

# %% id="claims" fill="code"
### BEGIN SOLUTION
claims = [True, True, False, None]
#> claims = [..., ..., ..., ...]
### END SOLUTION

# %% id="check-claims" check="claims"

# %% [markdown] id="procedure"
# **名前を付ける機械の答えを確かめる手順**
#
# 1. その機械は、一覧から選ぶのか、自由に文を出すのかを調べる。
# 2. 一覧があれば手に入れ、自分に大切な言葉をさがす。
# 3. 言葉がまるごと同じかを見る。とちゅうの文字にだまされない。
# 4. 一覧にある物もためし、どれだけ合うかを数える。
# 5. 一覧を、だれが、何のために作ったかを調べる。
# 6. 合う、合わない、まだ分からない、に分けて書く。

# %% [markdown] id="words-part"
# ## 中学・高校: 言葉の地図
#
# ここからは、先に進みたい人のための部分です。
#
# 7で使った「言葉の地図」は、GloVe(グローブ)という本物の機械の結果です。
# たくさんの英語の文で、近くに出てくる言葉の回数を数えて作られました。
# 一つの言葉は、50の数の列になります。
# この教材には、40万語のうちの1900語ほどを入れました。
# 下は、shrine の数の、はじめの八つです。

# %% id="map"
rank = ranks(lines("words.txt"))
print(len(words), "語")
words["shrine"][:8]

# %% [markdown] id="guess-torii-ask"
# torii(鳥居)に一番近い言葉は、何だと思いますか。
# 日本語で書いてもかまいません。

# %% id="guess-torii" fill="predict"
### BEGIN SOLUTION
predict("guess-torii", "shrine")
#> predict("guess-torii", "")
### END SOLUTION

# %% [markdown] id="closeness-ask"
# 近さを計算する関数を作ります。
# `dot(a, b)` は、同じ番目の数どうしをかけて、全部たした数です。
# 長い列ほど大きくなるので、二つの列の長さでわります。
# 長さは `length(a)` と `length(b)` です。
# 向きが同じなら1、関係がなければ0に近くなります。

# %% id="closeness" fill="code"
### BEGIN SOLUTION
def closeness(a, b):
    return dot(a, b) / (length(a) * length(b))
#> def closeness(a, b):
#>     return dot(a, b) / ...
### END SOLUTION

print(round(closeness(words["church"], words["mosque"]), 2))

# %% id="check-closeness" check="closeness"

# %% [markdown] id="near-ask"
# 五つの言葉について、近い言葉を六つずつ出します。
# 「順位」は、英語の文でよく使われる順番です。

# %% id="near" needs="guess-torii closeness"
def near(word, n=6):
    others = [other for other in words if other != word]
    return sorted(others, key=lambda other: -closeness(words[word], words[other]))[:n]

asked = ["church", "shrine", "torii", "jinja", "umbrella"]
print(compare("guess-torii", near("torii")[0]))
table([("言葉", "順位", "近い言葉"), *((word, rank[word], ", ".join(near(word))) for word in asked)])

# %% [markdown] id="near-read"
# torii の近くに出た言葉の多くは、野球選手の名前です。
# Torii という名前の選手がいて、新聞に何度も出たようです。
# jinja の近くは、アフリカやアジアの町や地方の名前です。
# ウガンダに、Jinja という町があります。
# shrine の近くには mosque が出ました。
# 英語の shrine は、神社だけを表す言葉ではありません。
# また、umbrella(かさ)の近くは、団体を表す言葉です。
# 英語では、まとめ役の団体を「かさ」とよぶからです。
# めずらしい言葉でなくても、読んだ文で意味がかたよります。
#
# これらの14語については、40万語の中で近い20語が全部入っています。
# ほかの言葉では、もっと近い言葉がぬけていることがあります。

# %% [markdown] id="tokens-part"
# ## 高校: 言葉の切り分け方
#
# 文で答えるAIは、文を「トークン」という区切りに分けます。
# 区切りの一覧(語い)にも、入りやすい言葉と入りにくい言葉があります。
# 次は、実在の切り分け方で、同じ意味の200文を切った数です。
# 文は、演習「ことばの税金」のものです。
# 比が1より大きいと、日本語のほうが多く区切られています。

# %% id="tokens"
counted = rows("tokens.csv")
cutters = [name for name in counted[0] if name not in ("text", "language")]
japanese, english, *single = counted
table([("切り分け方", "日本語", "英語", "比"),
       *((name, japanese[name], english[name], round(int(japanese[name]) / int(english[name]), 2)) for name in cutters)])

# %% [markdown] id="single-ask"
# 一つの言葉が、いくつに切られるかも見ましょう。
# church が1でも、「神社」は1とは限りません。

# %% id="single"
table([("言葉", *cutters[2:]), *((one["text"], *(one[name] for name in cutters[2:])) for one in single)])

# %% [markdown] id="causes-ask"
# 今日の四つの結果から、二つを選びます。
# 名前の一覧、絵の答え、言葉の地図、トークンの数です。
# かたよりのもとは、次のどれだと考えますか。
#
# - 例として集めたもの(データ)
# - 名前の一覧(ラベル)
# - 何のために作ったか(目的)
# - 作ったときとちがう使い方(使い方)
#
# よりどころの強さを「強い」「中くらい」「弱い」で付けます。
# もとに合う対策と、その対策でも残ることを書きましょう。

# %% id="causes" fill="explain"
### BEGIN SOLUTION
explain("causes", """
一覧に shrine がないのは、ラベルが原因です。一覧を見ればわかるので、よりどころは強いです。
対策は一覧に加えることですが、写真も集めて、機械を作り直さなければ出ません。
鳥居の絵の答えは、写真用の機械に絵を見せた使い方も原因です。対照の絵も多く外れたので、よりどころは中くらいです。
""")
#> explain("causes", """
#>
#> """)
### END SOLUTION
