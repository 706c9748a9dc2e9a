import katex from "katex";
import texmath from "markdown-it-texmath";
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";

export default function (config) {
  config.addPlugin(highlight);
  config.amendLibrary("md", (md) =>
    md.use(texmath, { engine: katex, delimiters: "dollars", katexOptions: { output: "mathml" } }),
  );
  config.addGlobalData("layout", "question.njk");
  const questions = (api) => api.getFilteredByGlob("content/**/*.md");
  const groups = (api, key) => {
    const found = {};
    for (const page of questions(api))
      for (const name of [key(page)].flat()) (found[name] ??= []).push(page);
    return Object.entries(found).map(([name, pages]) => ({ name, pages }));
  };
  config.addCollection("questions", (api) => {
    const pages = questions(api);
    pages.forEach((page, i) => Object.assign(page.data, { before: pages[i - 1], after: pages[i + 1] }));
    return pages;
  });
  config.addCollection("topics", (api) => groups(api, (page) => page.url.split("/")[2]));
  config.addCollection("tagged", (api) => groups(api, (page) => page.data.tags));
  config.addCollection("difficulties", (api) => groups(api, (page) => page.data.difficulty));
  config.addFilter("plain", (html) => html.replace(/<[^>]*>/g, ""));
  return { dir: { input: ".", includes: "_includes", output: "public" }, markdownTemplateEngine: false };
}
