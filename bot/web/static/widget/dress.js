// Puts the look into the shadow root: as constructed sheets, which a strict policy of the page allows without
// `unsafe-inline`; a browser without those gets a file of ours.

export function dress(root, { data, origin, nonce }, wanted) {
  const theme = Object.keys(data.themes).includes(wanted) ? wanted : data.theme;
  const css = [data.css.tokens, data.themes[theme], data.css.parts, data.css.widget];
  try {
    root.adoptedStyleSheets = css.map(sheetOf);
  } catch {
    root.append(linkTo(`${origin}/widget/${data.look}-${theme}.css`, nonce));
  }
}

function sheetOf(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

function linkTo(href, nonce) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  link.nonce = nonce;
  return link;
}
