// Where a school's answers are weaker than the policy above: its board's, or for a teacher the school's.
// The same as above.py, which explains it.

import { bare } from "./facts.js";
import { own, plain } from "./tidy.js";

const weaker = (...deciders) => (mine, board) => mine.clauses()
  .filter((clause) => deciders.includes(clause.decided_by) && board.applies(clause))
  .flatMap((clause) => clause.decisions.flatMap((one) => compared(mine, board, clause, one).map((words) => [words, clause.id])));

function compared(mine, board, clause, decision) {
  const order = own(mine.prepared.strictness, decision.id);
  const title = plain(clause.title);
  if (order === undefined) return [];
  if (order === "more" || order === "fewer") {
    const options = decision.options.filter((one) => extra(mine, board, decision.id, order).includes(one.id));
    return options.length ? [mine.beside(title, (order === "more" ? "+ " : "- ") + options.map((one) => plain(one.name)).join(" / "))] : [];
  }
  const named = decision.options.length ? decision.options : mine.prepared.tasks.levels;
  const names = new Map(named.map((one) => [one.id, plain(one.name)]));
  return pairs(mine, board, decision)
    .filter(([, ours, theirs]) => order.includes(ours) && order.includes(theirs) && order.indexOf(ours) > order.indexOf(theirs))
    .map(([place, ours, theirs]) => mine.beside([title, ...place].join(" / "), `${names.get(theirs)} → ${names.get(ours)}`));
}

/** The options that only the weaker side could have. */
function extra(mine, board, ident, order) {
  const [ours, theirs] = [mine.values[ident], board.values[ident]];
  return order === "more" ? ours.filter((one) => !theirs.includes(one)) : theirs.filter((one) => !ours.includes(one));
}

/** Where the two answers meet: the place, ours, theirs; a stage only where both have it. */
function pairs(mine, board, decision) {
  const [ours, theirs] = [mine.values[decision.id], board.values[decision.id]];
  const shared = mine.stages().filter((one) => board.stages().includes(one));
  if (decision.choice === "stages") return shared.map((one) => [[mine.stageName(one)], own(ours, one), own(theirs, one)]);
  if (decision.choice === "matrix") {
    return mine.prepared.tasks.tasks.flatMap((task) => shared.map((one) =>
      [[plain(task.name), mine.stageName(one)], own(ours[task.id], one), own(theirs[task.id], one)]));
  }
  return [[[], ours, theirs]];
}

export const BOARD = {
  board_precedence: (mine, board) => bare("precedence" in board.values ? [board.values.precedence] : []),
  board_law: (mine, board) => bare(mine.values.law === board.values.law ? [] : ["other"]),
  board_stages: (mine, board) => bare(mine.stages().filter((one) => !board.stages().includes(one))),
  weaker: weaker("board"),
  weaker_standard: weaker("school", "teacher"),
};
