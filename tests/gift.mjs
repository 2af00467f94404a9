// Reads GIFT with a parser that we did not write: texts in, questions out, both as JSON.
import { readFileSync } from "node:fs";

import { parse } from "gift-pegjs";

const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => parse(text))));
