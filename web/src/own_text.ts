// Whether a person has set text their own way: its spacing, size or typeface, by a style sheet, an extension or a setting of the browser
// (WCAG 1.4.4, 1.4.12). A drawing follows none of these, elements do.
//
// A paragraph out of sight is set as the page sets its text. Whatever sets it otherwise changes its size, and so is seen when it comes;
// what it does to the text is read from its style, because a typeface that arrives changes the size too.

/** Tells at once and whenever it changes. */
export function watchOwnText(tell: (own: boolean) => void): void {
  const holder = document.createElement("div");
  holder.className = "own-text";
  holder.ariaHidden = "true";
  const paragraph = document.createElement("p");
  paragraph.textContent = "Agreements and terms"; // two spaces and letters of every width
  holder.append(paragraph);
  document.body.append(holder);
  let before = false;
  new ResizeObserver(() => {
    const own = isSetOtherwise(paragraph);
    if (own === before) return;
    before = own;
    tell(own);
  }).observe(holder);
}

function isSetOtherwise(paragraph: HTMLElement): boolean {
  const set = getComputedStyle(paragraph);
  const given = getComputedStyle(document.documentElement);
  const line = parseFloat(given.getPropertyValue("--ca-type-body-line"));
  return (
    ![set.letterSpacing, set.wordSpacing].every((space) => ["normal", "0px"].includes(space)) ||
    parseFloat(set.marginBottom) !== 0 ||
    parseFloat(set.lineHeight) !== line ||
    parseFloat(set.fontSize) !== parseFloat(given.getPropertyValue("--ca-type-body-size")) ||
    !set.fontFamily.startsWith('"Portal Sans"') ||
    // Text that is magnified alone keeps what its style says, and is larger.
    Math.abs(paragraph.offsetHeight - line) > 1
  );
}
