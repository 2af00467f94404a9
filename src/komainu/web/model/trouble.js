// Why a model cannot run here, by the name of a sentence in words.yml (model_trouble_*).
export class Trouble extends Error {
  constructor(reason, detail = "") {
    super(detail || reason);
    this.reason = reason;
  }
}
