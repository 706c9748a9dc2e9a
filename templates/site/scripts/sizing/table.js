// The numbers of a table of estimates can be changed; what depends on them follows. In
// place of an empty field counts the number that the author wrote.
addStyle("sizing.css");

function editable(table) {
  const rows = [...table.rows].map(({ cells, dataset }) => {
    const [name, formula] = cells[0].textContent.split(" = ");
    return { name, cell: cells[1], input: dataset.formula, formula: dataset.formula || formula };
  });
  const formulas = new Map(rows.map(({ name, formula }) => [name, formula]));

  function show() {
    const values = valuesOf(formulas);
    rows.filter(({ input }) => !input).forEach(({ name, cell }) => {
      cell.textContent = values.has(name) ? written(values.get(name)) : "–";
    });
  }

  rows.filter(({ input }) => input).forEach(({ name, cell, input }) => {
    const field = document.createElement("input");
    field.inputMode = "decimal";
    field.size = 9;
    field.placeholder = cell.textContent;
    field.setAttribute("aria-label", name);
    field.addEventListener("input", () => {
      const text = field.value.replace(/[\s\u202f]/g, "") || input;
      const isNumber = valuesOf(new Map([["own", text]])).has("own");
      field.setAttribute("aria-invalid", String(!isNumber));
      if (isNumber) {
        formulas.set(name, text);
        show();
      }
    });
    cell.replaceChildren(field);
  });
}

window.triptychSizing = (within) => {
  within.querySelectorAll("table[data-sizing]").forEach((table) => {
    if (!table.querySelector("input")) {
      editable(table);
    }
  });
};
