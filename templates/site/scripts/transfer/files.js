// Progress as a file: saved by the share sheet or as a download, brought in after a preview.
// Returns whether there is a file now: who closes the share sheet has none.
async function backUp() {
  const name = deck.deck + "-progress.json";
  const text = written(deck.deck, store.rows);
  const type = "application/json";
  const files = [new File([text], name, { type })];
  if (matchMedia("(pointer: coarse)").matches && navigator.canShare && navigator.canShare({ files })) {
    try {
      await navigator.share({ files });
      return true;
    } catch (error) {
      if (error.name === "AbortError") {
        return false;
      }
    }
  }
  saveFile(name, text, type);
  return true;
}

function saveFile(name, text, type) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// What a file would do is shown before it does it.
function chooseFile(host) {
  const field = make("input");
  field.type = "file";
  field.accept = ".json,.apkg,.colpkg";
  field.hidden = true;
  field.addEventListener("change", () => {
    if (field.files[0]) {
      readFile(field.files[0]).then((found) => preview(host, found));
    }
  });
  host.append(field);
  field.click();
}

// A package of Anki is a zip archive, and begins as one.
async function readFile(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isZip ? ankiRows(bytes) : readLog(new TextDecoder().decode(bytes), deck.deck);
}

function preview(host, found) {
  const box = make("div", "notice");
  box.setAttribute("role", "status");
  const cancel = button("", "cancel", () => showHome("[data-bring-in]"));
  if (found.problem) {
    box.append(textElement("p", "", found.problem, { deck: found.deck, own: deck.deck }), make("p", "acts", cancel));
  } else {
    const together = merged(store.rows, found.rows);
    const [here, there, both] = [store.rows, found.rows, together].map((rows) => rows.length);
    box.append(textElement("p", "", "merge_preview", { here, there, n: both }));
    if (found.lost) {
      box.append(textElement("p", "", "merge_lost", { n: found.lost }));
    }
    if (both === here) {
      box.append(textElement("p", "", "merge_nothing"), make("p", "acts", cancel));
    } else {
      const join = button("primary", "merge", () => {
        const { count } = unsaved();
        record(found.rows);
        noteBackup({ reviews: store.all.reviews - count });
        showHome(".starts a");
      });
      box.append(make("p", "acts", join, cancel));
    }
  }
  host.replaceChildren(box);
  box.tabIndex = -1;
  box.focus();
}

window.triptychTransfer = { backUp, chooseFile, showWeak };
