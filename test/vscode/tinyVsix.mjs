// A small extension as a VSIX, made on the spot: stands in for others that a reader may have installed.
import { mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { zipSync } from "fflate";

/** Writes the VSIX and answers its path. */
export function tinyVsix({ name, main, activationEvents = ["*"], ...contributes }) {
  const manifest = {
    name,
    publisher: "scholium-test",
    version: "1.0.0",
    engines: { vscode: "^1.100.0" },
    main: "./main.js",
    activationEvents,
    contributes,
  };
  const xml = `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata><Identity Language="en-US" Id="${name}" Version="1.0.0" Publisher="scholium-test"/><DisplayName>${name}</DisplayName></Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation><Dependencies/>
<Assets><Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/></Assets>
</PackageManifest>`;
  const types = `<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension=".json" ContentType="application/json"/><Default Extension=".js" ContentType="application/javascript"/><Default Extension=".vsixmanifest" ContentType="text/xml"/></Types>`;
  const bytes = (text) => new TextEncoder().encode(text);
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), "sch-vsix-")), `${name}.vsix`);
  writeFileSync(
    file,
    zipSync({
      "extension.vsixmanifest": bytes(xml),
      "[Content_Types].xml": bytes(types),
      "extension/package.json": bytes(JSON.stringify(manifest)),
      ...(main ? { "extension/main.js": bytes(main) } : {}),
    }),
  );
  return file;
}
