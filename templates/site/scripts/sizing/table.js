// The numbers of a table of estimates can be changed; what depends on them follows. An
// emptied field has its number of old.
addStyle("sizing.css");

function editable(table) {
  const rows = [...table.rows].filter((row) => row.dataset.name);
  const formulas = new Map(rows.map((row) => [row.dataset.name, row.dataset.formula]));
  const isInput = /^[0-9][0-9_.]*(?:[eE][-+]?[0-9]+)?$/;

  function show() {
    const values = valuesOf(formulas);
    rows.forEach(({ dataset, cells }) => {
      if (!isInput.test(dataset.formula)) {
        cells[1].textContent = values.has(dataset.name) ? written(values.get(dataset.name)) : "–";
      }
    });
  }

  rows.filter((row) => isInput.test(row.dataset.formula)).forEach(({ dataset, cells }) => {
    const field = document.createElement("input");
    field.inputMode = "decimal";
    field.size = 9;
    field.placeholder = cells[1].textContent;
    field.setAttribute("aria-label", dataset.name);
    field.addEventListener("input", () => {
      const text = field.value.replace(/[\s\u202f]/g, "") || dataset.formula;
      const isNumber = valuesOf(new Map([["own", text]])).has("own");
      field.setAttribute("aria-invalid", String(!isNumber));
      if (isNumber) {
        formulas.set(dataset.name, text);
        show();
      }
    });
    cells[1].replaceChildren(field);
  });
}

window.triptychSizing = (within) => {
  within.querySelectorAll("table[data-sizing]").forEach((table) => {
    if (!table.querySelector("input")) {
      editable(table);
    }
  });
};
