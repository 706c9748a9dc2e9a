// Code: one button a block.
if (navigator.clipboard) {
  each(".code", (box) => {
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    say(copy, "copy");
    onClick(copy, () => {
      navigator.clipboard.writeText(box.querySelector("code").textContent).then(() => {
        say(copy, "copied");
        setTimeout(() => say(copy, "copy"), 2000);
      });
    });
    box.append(copy);
  });
}
