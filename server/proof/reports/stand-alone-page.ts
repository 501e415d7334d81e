import { escapeText } from '../../platform/lib/xml/xml-text.js';

/** A page to print or to send: it stands alone, and asks nothing of the network. `body` is HTML, `style` more CSS. */
export const standAlonePage = (title: string, body: string, style = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<style>body{font:16px/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #888;padding:.25rem .6rem;text-align:left}caption{text-align:left;font-weight:bold}${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
