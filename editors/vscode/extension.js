// Starts `quiz lsp` when a YAML file is opened, and stops it with the window.
"use strict";

const { workspace } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

exports.activate = function activate() {
  const [command, ...args] = workspace.getConfiguration("quizlib").get("command");
  client = new LanguageClient(
    "quizlib",
    { command, args, transport: TransportKind.stdio },
    { documentSelector: [{ scheme: "file", language: "yaml" }] },
  );
  return client.start();
};

exports.deactivate = function deactivate() {
  return client?.stop();
};
