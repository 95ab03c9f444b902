// Replaces the frame by what is wrong with the page in it, a line a problem, and writes the page's height into the title.
addEventListener("load", () => {
  const frame = document.querySelector("iframe");
  const page = frame.contentDocument;
  const view = frame.contentWindow;
  const found = [];
  const name = (element) =>
    `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") || ""}"> ` +
    `"${element.textContent.trim().replace(/\s+/g, " ").slice(0, 50)}"`;
  const scrolls = (value) => value === "auto" || value === "scroll";

  if (page.documentElement.scrollWidth > view.innerWidth)
    found.push(`the page is ${page.documentElement.scrollWidth} pixels wide`);
  for (const element of page.body.querySelectorAll("*")) {
    // The boxes of signs in formulas are only as high as their ink.
    if (element.closest("svg") || element.parentElement.closest("math") || element.clientWidth === 0) continue;
    const style = view.getComputedStyle(element);
    if (!scrolls(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      found.push(`${name(element)} is ${element.clientWidth} wide, what it holds ${element.scrollWidth}`);
    if (!scrolls(style.overflowY) && element.scrollHeight > element.clientHeight + 6)
      found.push(`${name(element)} is ${element.clientHeight} high, what it holds ${element.scrollHeight}`);
  }

  for (const svg of page.querySelectorAll("svg")) {
    const box = svg.getBoundingClientRect();
    if (box.width === 0) continue;
    const texts = [...svg.querySelectorAll("text")].map((text) => ({ text, rect: text.getBoundingClientRect() }));
    for (const { text, rect } of texts) {
      if (rect.left < box.left - 1 || rect.right > box.right + 1 || rect.top < box.top - 3 || rect.bottom > box.bottom + 3)
        found.push(`${name(text)} leaves its picture`);
      const size = parseFloat(view.getComputedStyle(text).fontSize) * Math.abs(svg.getScreenCTM().a);
      if (size < 9) found.push(`${name(text)} is ${size.toFixed(1)} pixels high`);
    }
    // A box of text is higher than its letters; what is left of both must not meet.
    texts.forEach((one, index) => {
      for (const other of texts.slice(index + 1)) {
        const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
        const play = Math.min(one.rect.height, one.rect.width) * 0.25;
        if (across > 0.5 && down > play) found.push(`${name(one.text)} lies over ${name(other.text)}`);
      }
    });
  }

  for (const element of page.querySelectorAll("[src], [srcset], [data], link, script, svg image, svg use"))
    found.push(`${name(element)} belongs to something else`);
  if ([...page.querySelectorAll("style")].some((style) => /url\(|@import/.test(style.textContent)))
    found.push("the style needs something else");
  for (const entry of view.performance.getEntriesByType("resource")) found.push(`${entry.name} was loaded`);
  document.title = `height ${page.documentElement.scrollHeight}`;
  document.querySelector("pre").textContent = ["", ...found.slice(0, 30), ""].join("\n");
  frame.remove();
  document.querySelector("script").remove();
});
