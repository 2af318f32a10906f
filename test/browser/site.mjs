// A closed internet on the loopback device: one TLS server that answers for every name with the fixtures, made-up PDFs and test pages.
import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

const HOSTS = ["arxiv.org", "openreview.net", "aclanthology.org", "papers.cool", "alphaxiv.org", "huggingface.co", "blog.example", "hostile.example"];
const fixture = (name) => readFileSync(new URL(`../data/papers/fixtures/${name}.html`, import.meta.url), "utf8");

/** A throw-away certificate for these hosts, and the hash of its key by which Chromium is told to trust it. */
function certificate() {
  const dir = mkdtempSync(join(tmpdir(), "scholium-cert-"));
  try {
    const names = HOSTS.flatMap((host) => [`DNS:${host}`, `DNS:*.${host}`]).join(",");
    const request = [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=closed test site",
    ];
    execFileSync("openssl", [...request, "-addext", `subjectAltName=${names}`, "-keyout", "key.pem", "-out", "cert.pem"], {
      cwd: dir,
      stdio: "ignore",
    });
    const cert = readFileSync(join(dir, "cert.pem"));
    const spki = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
    return { key: readFileSync(join(dir, "key.pem")), cert, spki: createHash("sha256").update(spki).digest("base64") };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** A one-page PDF with lines of real text, 30 points apart from y = 700 down, 24 points high. */
export function pdf(title, lines) {
  const text = `BT /F1 24 Tf 30 TL 72 700 Td ${lines.map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj T*`).join(" ")} ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    `<< /Title (${title}) >>`,
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const at = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = body.length;
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 6 0 R >>\n`;
  return Buffer.from(`${body}startxref\n${start}\n%%EOF\n`, "latin1");
}

const html = (title, body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>${body}`;
const big = (id, inner) => `<p style="font:bold 34px/56px sans-serif;margin:0"><span id="${id}">${inner}</span></p>`;

const blog = html(
  "A blog",
  `<body style="margin:8px">${big("link", '<a href="https://arxiv.org/abs/2402.00001v3">the paper link</a>')}
   ${big("two", "2401.12345, 2402.00002")}${big("words", "attention")}${big("other", '<a href="https://blog.example/about">another link</a>')}
   ${big("mixed", "arXiv:2403.00001 P19-1001")}<iframe id="frame" src="https://openreview.net/forum?id=LcF-EEt8cCC" width="500" height="140"></iframe>`,
);

/** More papers than tabs should be opened for: `count` old-style IDs, each a tab of its own. */
const many = (count) =>
  html(
    "Many",
    `<body><p id="many">${Array.from({ length: count }, (_, i) => `<a href="https://arxiv.org/abs/hep-th/99010${String(i + 1).padStart(2, "0")}">Old paper number ${i + 1}</a>`).join(" ")}</p>`,
  );

/** An arXiv list of `count` papers, in the form of the fixture. */
export function longList(count) {
  const row = (i) => {
    const id = `2401.${String(10000 + i)}`;
    return `<dt><a name='item${i}'>[${i}]</a> <a href ="/abs/${id}" title="Abstract" id="${id}">arXiv:${id}</a> [<a href="/pdf/${id}" title="Download PDF" id="pdf-${id}">pdf</a>, <a href="/format/${id}" title="Other formats">other</a>]</dt>
<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> Invented title number ${i}</div><div class='list-authors'><a href="/a">Ada Doe</a></div></div></dd>`;
  };
  const rows = Array.from({ length: count }, (_, i) => row(i + 1)).join("\n");
  return html(
    "A long list",
    `<body><div id="content"><div id="dlpage"><h1>Machine Learning</h1><div class='paging'>Total of ${count} entries</div><dl id='articles'>${rows}</dl></div></div>`,
  );
}

// A page that overrides what scripts rely on, names elements after the document's methods, and carries markup and direction marks in its titles.
const hostile = html(
  "\u202e<img src=x onerror=alert(1)>",
  `<body><form name="body"><input name="querySelectorAll"><input name="querySelector"></form><img name="querySelectorAll"><img name="querySelector"><form id="title"></form>
  <script>
    for (const name of ["map", "filter", "forEach", "push", "includes"]) Array.prototype[name] = () => { window.caught = name; throw new Error("hostile"); };
    window.fetch = XMLHttpRequest.prototype.open = () => { window.caught = "network"; };
    Element.prototype.append = Node.prototype.insertBefore = () => { window.caught = "dom"; };
    chrome = { runtime: { sendMessage() { window.caught = "chrome"; } } };
  </script>
  <div class="full-text"><ul></ul></div>
  <p><a href="https://arxiv.org/abs/2404.00042">\u202eA title with &lt;b&gt;markup&lt;/b&gt; and marks</a></p>
  <p><a href="javascript:alert('2404.00043')">script 1</a> <a href="https://arxiv.org@blog.example/abs/2404.00044">another host</a></p>`,
);

// arXiv after a redesign that nobody has seen yet.
const redesigned = html("Redesigned", '<body><main><h1>An invented title</h1><ol><li><a href="/abs/2404.07778">A row</a></ol></main>');

function page(host, path) {
  if (host === "arxiv.org") {
    if (path.startsWith("/abs/2404.0666")) return hostile;
    if (path.startsWith("/abs/2404.07777") || path.startsWith("/list/cs.LG/changed")) return redesigned;
    if (/^\/abs\/[a-z]/.test(path)) return fixture("arxiv-abs-old");
    if (path.startsWith("/abs/")) return fixture("arxiv-abs");
    if (path.startsWith("/list/cs.LG/2401")) return longList(2000);
    if (path.startsWith("/list/")) return fixture("arxiv-list");
    if (path.startsWith("/search/")) return fixture("arxiv-search");
  }
  if (host === "openreview.net") {
    if (path.startsWith("/forum")) return fixture("openreview-forum");
    if (path.startsWith("/group")) return fixture("openreview-group");
  }
  if (host === "aclanthology.org") return fixture(path.startsWith("/volumes/") ? "acl-volume" : "acl-paper");
  if (host === "huggingface.co")
    return html("Papers", '<body><h3><a id="hf" href="https://huggingface.co/papers/2405.00001">An invented paper</a></h3>');
  if (host === "papers.cool" || host.endsWith("alphaxiv.org")) return html(`stand-in for ${host}`, `<h1>${host}</h1>`);
  if (host === "blog.example" && path.startsWith("/many")) return many(Number(path.slice(6)));
  if (host === "blog.example" && path === "/none") return html("Nothing", `<body>${big("nothing", "!!! ---")}`);
  // A script that is never answered: the page never finishes loading.
  if (host === "blog.example" && path === "/slow") return html("Slow", `<body>${big("early", "2401.12345")}<script src="/never"></script>`);
  if (host === "blog.example") return blog;
  return null;
}

/** Starts the site; `hits` records every request. */
export async function startSite() {
  const { key, cert, spki } = certificate();
  const hits = [];
  const server = createServer({ key, cert }, (request, response) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    const path = request.url ?? "/";
    hits.push({ host, path });
    if (host === "arxiv.org" && path.startsWith("/pdf/")) {
      const body = pdf("A Made-Up Paper", ["Made-up paper text", "2403.54321", "and nothing else"]);
      response.writeHead(200, { "content-type": "application/pdf", "content-length": body.length });
      return void response.end(body);
    }
    if (path === "/never") return;
    const body = path === "/favicon.ico" ? null : page(host, path);
    response.writeHead(body === null ? 404 : 200, { "content-type": `text/${body === null ? "plain" : "html"}; charset=utf-8` });
    response.end(body ?? "no such page in the test site");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    spki,
    hits,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
