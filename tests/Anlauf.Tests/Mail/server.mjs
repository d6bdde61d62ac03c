// A real SMTP server for the tests. It takes letters and prints each as one line of JSON; "refuse@…" is refused for good, "later@…" for now.
// Usage: node server.mjs <port> <plain|starttls|login>; prints "ready" when it answers.
import { SMTPServer } from "smtp-server";

const [port, kind] = process.argv.slice(2);
const no = (text, code) => Object.assign(new Error(text), { responseCode: code });
const server = new SMTPServer({
  disabledCommands: kind === "starttls" ? [] : kind === "login" ? ["STARTTLS"] : ["STARTTLS", "AUTH"],
  authOptional: kind !== "login",
  allowInsecureAuth: true,
  hideSTARTTLS: kind !== "starttls",
  onAuth: (auth, _, done) => (auth.username === "anlauf" && auth.password === "geheim" ? done(null, { user: auth.username }) : done(no("no such user", 535))),
  onRcptTo: ({ address }, _, done) =>
    address.startsWith("refuse@") ? done(no(`no such mailbox ${address}`, 550)) : address.startsWith("later@") ? done(no("try later", 450)) : done(),
  onData: (stream, session, done) => {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      console.log(JSON.stringify({ to: session.envelope.rcptTo.map((r) => r.address), from: session.envelope.mailFrom.address, secure: session.secure, user: session.user ?? null, text: Buffer.concat(parts).toString("utf8") }));
      done();
    });
  },
});
server.on("error", () => {});
server.listen(Number(port), "127.0.0.1", () => console.log("ready"));
process.stdin.resume();
// the test ends, the pipe closes, the server ends: none is left behind
process.stdin.on("end", () => process.exit(0));
