// Scripts that come later speak to the page through this.
const {
  DAY, MINUTE, actsBar, app, authored, backUpButton, button, cannotLoad, cardOf, clockText, dayName, deck, deviceWord, inSession, isRow, label,
  leave, make, mark, merged, newIds, noteBackup, phrase, pool, presentId, readLog, recall, record, reminder, remember,
  retrievability, root, rubricOf, show, showHome, store, suggestion, tell, told, trouble, undo, unsaved, weakInAnki, written,
} = window.triptychKit;
