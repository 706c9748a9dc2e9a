// Scripts that come later speak to the page through this.
const {
  MINUTE, app, authored, button, cardOf, clockText, deck, deviceWord, inSession, label, make, mark,
  merged, noteBackup, phrase, readLog, recall, record, remember, root, rubricOf, show, showHome,
  store, suggestion, tell, told, trouble, unsaved, written,
} = window.triptychKit;
