// The contents of a page are open beside it, and folded where there is no room.
const contents = first(".contents");
const hasRoom = matchMedia("(min-width: 64em)");

function fitContents() {
  contents.open = hasRoom.matches;
}

if (contents) {
  hasRoom.onchange = fitContents;
  fitContents();
}
