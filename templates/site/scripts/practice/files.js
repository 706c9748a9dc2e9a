// Progress as a file: out by the share sheet or as a download, in with a look before.
const REMIND_AFTER = 20;

function backUp() {
  const name = deck.deck + "-progress.json";
  const text = written(deck.deck, store.rows);
  const file = new File([text], name, { type: "application/json" });
  const done = () => noteBackup({ reviews: store.all.reviews });
  const isHandheld = matchMedia("(pointer: coarse)").matches;
  if (isHandheld && navigator.canShare && navigator.canShare({ files: [file] })) {
    return navigator.share({ files: [file] }).then(done, (error) => {
      if (error.name !== "AbortError") {
        saveFile(name, text, "application/json");
        done();
      }
    });
  }
  saveFile(name, text, "application/json");
  done();
  return Promise.resolve();
}

function saveFile(name, text, type) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function backUpButton(className) {
  return button(className, "back_up", () => backUp().then(showHome));
}

// What a file would do is shown before it does it.
function bringIn(host) {
  const field = label(make("input", "unseen"), "bring_in");
  field.type = "file";
  field.accept = ".json,application/json";
  field.tabIndex = -1;
  field.addEventListener("change", () => {
    if (field.files[0]) {
      field.files[0].text().then((text) => preview(host, text));
    }
  });
  return [button("", "bring_in", () => field.click()), field];
}

function preview(host, text) {
  const found = readLog(text, deck.deck);
  const box = make("div", "notice");
  box.setAttribute("role", "status");
  if (found.problem) {
    box.append(told("p", "", found.problem, { deck: found.deck, own: deck.deck }));
  } else {
    const together = merged(store.rows, found.rows);
    const [here, there, both] = [store.rows, found.rows, together].map((rows) => rows.length);
    box.append(told("p", "", "merge_preview", { here, there, n: both }));
    if (found.lost) {
      box.append(told("p", "", "merge_lost", { n: found.lost }));
    }
    const cancel = button("", "cancel", showHome);
    if (both === here) {
      box.append(told("p", "", "merge_nothing"), make("p", "acts", cancel));
    } else {
      const join = button("primary", "merge", () => {
        const { count } = unsaved();
        record(found.rows);
        noteBackup({ reviews: store.all.reviews - count });
        showHome();
      });
      box.append(make("p", "acts", join, cancel));
    }
  }
  host.replaceChildren(box);
  box.tabIndex = -1;
  box.focus();
}
