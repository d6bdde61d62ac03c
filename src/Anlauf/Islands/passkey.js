// Passkeys: <form data-insel="passkey" data-optionen="/address of the options" data-art="get|create"> with a hidden field "credential".
export function start(form, signal) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  form.hidden = false;
  const error = form.querySelector("[data-fehler]");
  form.addEventListener("submit", async event => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (error) error.hidden = true;
    try {
      const token = new FormData();
      token.set("__RequestVerificationToken", form.elements.__RequestVerificationToken.value);
      const answer = await fetch(form.dataset.optionen, { method: "POST", body: token, signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const options = await answer.json();
      const create = form.dataset.art === "create";
      const credential = create
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), signal });
      form.elements.credential.value = JSON.stringify(credential);
      form.requestSubmit();
    } catch (reason) {
      if (signal.aborted || !error) return;
      error.textContent = reason.name === "NotAllowedError"
        ? "Das Gerät hat abgebrochen. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg."
        : "Das Gerät ließ sich nicht ansprechen. Wählen Sie einen anderen Weg.";
      error.hidden = false;
    }
  }, { signal, capture: true });
  signal.addEventListener("abort", () => { form.elements.credential.value = ""; });
}
