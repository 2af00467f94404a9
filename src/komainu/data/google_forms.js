/**
 * @typedef {{text: string, right: boolean}} Choice
 * @typedef {{type: string, title: string, help: string, points: number, choices: Choice[], right: string, wrong: string}} Entry
 */

/** Makes the quiz as a new form in your Google Drive. */
function makeQuiz() {
  const form = FormApp.create(QUIZ.title).setTitle(QUIZ.title).setDescription(QUIZ.description).setIsQuiz(true);
  QUIZ.entries.forEach((entry) => addEntry(form, entry));
  Logger.log("%s\n%s", QUIZ.done, form.getEditUrl());
}

/** @param {GoogleAppsScript.Forms.Form} form @param {Entry} entry */
function addEntry(form, entry) {
  if (entry.type === "heading") {
    form.addSectionHeaderItem().setTitle(entry.title).setHelpText(entry.help);
  } else if (entry.type === "text" || entry.type === "number") {
    addText(form, entry);
  } else {
    addChoice(form, entry);
  }
}

/** @param {GoogleAppsScript.Forms.Form} form @param {Entry} entry */
function addText(form, entry) {
  const item = form.addTextItem().setTitle(entry.title).setHelpText(entry.help).setRequired(true);
  if (entry.type === "number") {
    item.setValidation(FormApp.createTextValidation().setHelpText(entry.help).requireNumber().build());
  }
  item.setPoints(entry.points).setGeneralFeedback(feedback(entry.right));
}

/** @param {GoogleAppsScript.Forms.Form} form @param {Entry} entry */
function addChoice(form, entry) {
  const item = entry.type === "several" ? form.addCheckboxItem() : entry.type === "list" ? form.addListItem() : form.addMultipleChoiceItem();
  item.setTitle(entry.title).setHelpText(entry.help).setRequired(true);
  item.setChoices(entry.choices.map((choice) => item.createChoice(choice.text, choice.right)));
  item.setPoints(entry.points).setFeedbackForCorrect(feedback(entry.right)).setFeedbackForIncorrect(feedback(entry.wrong));
}

/** @param {string} text */
function feedback(text) {
  return FormApp.createFeedback().setText(text).build();
}
