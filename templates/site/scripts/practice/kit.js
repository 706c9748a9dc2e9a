// Scripts that come later speak to the page through this.
const {
  MINUTE, app, authored, backUpButton, button, cardOf, clockText, deck, deviceWord, inSession, isRow, label,
  leave, make, mark, merged, noteBackup, phrase, pool, presentId, readLog, recall, record, reminder, remember, root,
  rubricOf, show, showHome, store, suggestion, tell, told, trouble, undo, unsaved, weakIds, written,
} = window.triptychKit;
