// What the script of the practice has already, for the scripts that it loads.
const {
  DAY_MS, MINUTE_MS, actsBar, app, authored, backUpButton, button, cannotLoad, cardOf, clockText, dayName, deck, deviceWord, inSession, isRow,
  label, leave, make, mark, merged, newIds, noteBackup, phrase, pool, presentId, readLog, recall, record, reminder, remember,
  retrievability, root, rubricOf, setText, show, showHome, store, suggestion, textElement, trouble, undo, unsaved, weakInAnki, written,
} = window.triptychShared;
