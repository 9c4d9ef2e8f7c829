// A POST with the protection token of the page; answers JSON or throws words for the reader.
export async function post(address, fields) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token() } });
  } catch {
    throw new Error(document.body.dataset.failed);
  }
  if (answer.redirected && new URL(answer.url).pathname.startsWith("/account/")) {
    location.assign(`/account/login/?next=${encodeURIComponent(location.pathname + location.search)}`);
    throw new Error("");
  }
  const type = answer.headers.get("Content-Type") || "";
  const content = type.includes("json") ? await answer.json() : {};
  if (!answer.ok) {
    const error = new Error(content.error?.message || document.body.dataset.failed);
    error.status = answer.status;
    error.code = content.error?.code;
    throw error;
  }
  return content;
}

export function token() {
  try {
    return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  } catch {
    return "";
  }
}
