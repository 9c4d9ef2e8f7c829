// Passkeys: navigator.credentials with the options that the server renders or hands out as JSON.
// Words come from data- attributes; without WebAuthn, what needs it stays hidden.

const toBytes = (text) => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
};

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withBytes = (descriptors) =>
  (descriptors ?? []).map((descriptor) => ({ ...descriptor, id: toBytes(descriptor.id) }));

const creationOptions = ({ publicKey }) => ({
  ...publicKey,
  challenge: toBytes(publicKey.challenge),
  user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
  excludeCredentials: withBytes(publicKey.excludeCredentials),
  authenticatorSelection: {
    ...publicKey.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  },
});

const requestOptions = ({ publicKey }) => ({
  ...publicKey,
  challenge: toBytes(publicKey.challenge),
  allowCredentials: withBytes(publicKey.allowCredentials),
});

const plain = (credential) => {
  const { response } = credential;
  const fields = {};
  for (const name of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    if (response[name]) fields[name] = toText(response[name]);
  }
  if (response.getTransports) fields.transports = response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    response: fields,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
};

const say = (form, name) => {
  const place = form.querySelector("[data-passkey-status]");
  if (!place) return;
  place.textContent = form.dataset[name] ?? "";
  place.hidden = !place.textContent;
};

const failed = (form, error) => {
  if (error.name === "AbortError") return;
  const words = { NotAllowedError: "cancelled", InvalidStateError: "known" };
  say(form, words[error.name] ?? "failed");
};

const send = (form, credential) => {
  form.elements.credential.value = JSON.stringify(plain(credential));
  form.submit();
};

const create = async (form) => {
  const { creation_options: options } = JSON.parse(form.dataset.options);
  send(form, await navigator.credentials.create({ publicKey: creationOptions(options) }));
};

const answer = async (form) => {
  const { request_options: options } = JSON.parse(form.dataset.options);
  send(form, await navigator.credentials.get({ publicKey: requestOptions(options) }));
};

// Only one request may be open at a time: the button ends the one that waits in the field.
let waiting = null;

const TRIED = "redleaf-passkey-tried";
const PAUSE = 10_000; // milliseconds in which a passkey that was refused is not asked for unbidden

const wasJustTried = () => Date.now() - Number(sessionStorage.getItem(TRIED) ?? 0) < PAUSE;

const signIn = async (form, mediation) => {
  waiting?.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  const reply = await fetch(form.action, { headers: { Accept: "application/json" }, signal });
  if (!reply.ok) throw new Error("no options");
  const { request_options: options } = await reply.json();
  const publicKey = requestOptions(options);
  const credential = await navigator.credentials.get({ publicKey, mediation, signal });
  sessionStorage.setItem(TRIED, String(Date.now()));
  send(form, credential);
};

const acts = { create, answer, "sign-in": (form) => signIn(form, "optional") };

const start = async () => {
  const forms = document.querySelectorAll("form[data-passkey]");
  if (!window.PublicKeyCredential) {
    for (const form of forms) say(form, "unsupported");
    return;
  }
  for (const form of forms) {
    const act = acts[form.dataset.passkey];
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      say(form, "");
      try {
        await act(form);
      } catch (error) {
        failed(form, error);
      }
    });
  }
  const entrance = document.querySelector('form[data-passkey="sign-in"]');
  if (entrance && !wasJustTried() && (await PublicKeyCredential.isConditionalMediationAvailable?.())) {
    signIn(entrance, "conditional").catch(() => {});
  }
};

start();
