// The contents of a page stand open beside it, and in a fold where there is no room.
const contents = first(".contents");
const roomy = matchMedia("(min-width: 64em)");

function fitContents() {
  contents.open = roomy.matches;
}

if (contents) {
  roomy.onchange = fitContents;
  fitContents();
}
