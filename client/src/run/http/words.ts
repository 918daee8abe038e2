/** Problems of servers in words: what happened, what to do next. */
import type { ServerCall, ServerProblem, TlsReason } from './problem.ts';

/** One or two sentences. Never holds a header value, a password or a query. */
export function serverProblemText(problem: ServerProblem): string {
  const { server } = problem;
  switch (problem.kind) {
    case 'bad-address':
      return `${server} is not the address of a server. Give its URL, for example http://localhost:4111, and headers of plain text.`;
    case 'refused':
      return `Nothing listens at ${server}. Start the server, or correct its URL.`;
    case 'unreachable':
      return `${server} cannot be reached, or cut the connection (${problem.code}). Check the network and whether the server still runs.`;
    case 'dns':
      return `There is no host named ${problem.host}. Correct the URL of the server, or check the network.`;
    case 'tls':
      return `${tlsText(server, problem.reason)} (${problem.detail})`;
    case 'timeout':
      return problem.phase === 'connect'
        ? `${server} does not accept connections${within(problem.milliseconds)}. Check the URL, the port and any firewall in between.`
        : `${server} accepted the connection but did not answer${within(problem.milliseconds)}. Try again, or restart the server.`;
    case 'redirected':
      return problem.to === ''
        ? `${server} redirects. Give the URL that it redirects to.`
        : `${server} redirects to ${withoutQuery(problem.to)}. Give that URL for the server.`;
    case 'unauthorized':
      return problem.sent
        ? `${server} did not accept the token or headers of this server entry (401). Set a valid token.`
        : `${server} needs authentication (401). Set a token for the server.`;
    case 'forbidden':
      return `${server} does not allow this (403)${because(problem.message)}. Use a token with more rights.`;
    case 'wrong-prefix':
      return problem.answering === undefined
        ? `${server} is a Mastra server, but its API is not at ${prefixText(problem.prefix)}. Set the API prefix of the server to server.apiPrefix of its Mastra configuration.`
        : `${server} has no API at ${prefixText(problem.prefix)}, but one at ${prefixText(problem.answering)}. Set the API prefix of the server to ${prefixText(problem.answering)}.`;
    case 'not-mastra':
      return `${server} answers, but not like a Mastra server${contentText(problem.contentType)}. Check its URL and port.`;
    case 'version':
      return problem.version === undefined
        ? `${server} answers in a way that this extension does not know (${problem.detail}). Use a Mastra 1.x server, or update the extension.`
        : `${server} runs Mastra ${problem.version}, which this extension does not know (${problem.detail}). Use a Mastra 1.x server, or update the extension.`;
    case 'workflow-missing':
      return `${server} has no workflow ${problem.workflow}. ${registerText(problem.known)}`;
    case 'run-missing':
      return `${server} knows no run ${problem.runId}: it was deleted, or its storage is another one. Start a new run.`;
    case 'too-large':
      return `What was sent to or by ${server} is too large${because(problem.message)}. A server takes 4.5 MB unless server.bodySizeLimit says more.`;
    case 'rejected':
      return rejectedText(server, problem.status, problem.message);
    case 'unsupported':
      return `${server} cannot ${callText(problem.call)}${engineText(problem.engine)}: ${problem.reason}. ${instead(problem.call)}`;
    case 'end-unknown':
      return `How run ${problem.runId} ended is not known: ${problem.reason}. It may still go on at ${server}; look for it among the runs of the server.`;
    case 'busy':
      return `A run goes on at ${server} over this connection. Wait for its end, or cancel it.`;
    case 'canceled':
      return `The request to ${server} was canceled.`;
  }
}

function tlsText(server: string, reason: TlsReason): string {
  switch (reason) {
    case 'self-signed':
      return `The certificate of ${server} is self-signed. Add its authority to those that your system trusts, or use a certificate of a public authority.`;
    case 'expired':
      return `The certificate of ${server} has expired or is not valid yet. Renew it, or correct the clock of this computer.`;
    case 'wrong-host':
      return `The certificate of ${server} is for another host. Use the host name that the certificate names.`;
    case 'untrusted':
      return `The certificate of ${server} comes from an authority that is not trusted here. Add the authority to those that your system trusts.`;
    case 'not-tls':
      return `${server} does not speak https on this port. Use http:// or the port for https.`;
    case 'other':
      return `No secure connection to ${server} could be made. Check its certificate.`;
  }
}

function rejectedText(server: string, status: number, message: string): string {
  const text = oneLine(message);
  if (status === 409) return `${server} refused: ${text}. Start a new run.`;
  if (status === 504) return `${server} gave up waiting (504): ${text}. The run may still go on there.`;
  if (status >= 500) return `${server} answered with an error (${status}): ${text}. Its own output tells more.`;
  return `${server} refused (${status}): ${text}. Correct what was sent, and try again.`;
}

function registerText(known: readonly string[]): string {
  const some = known.slice(0, 5).join(', ');
  const more = known.length > 5 ? ` and ${known.length - 5} more` : '';
  const has = known.length === 0 ? '' : ` (it has ${some}${more})`;
  return `Register it in new Mastra({ workflows })${has} and restart or deploy the server, or choose another server.`;
}

function callText(call: ServerCall): string {
  switch (call) {
    case 'stream':
      return 'stream a run';
    case 'observe':
      return 'show a run that goes on';
    case 'resume':
      return 'resume a run';
    case 'cancel':
      return 'cancel a run';
    case 'runs':
      return 'list its runs';
  }
}

function instead(call: ServerCall): string {
  switch (call) {
    case 'stream':
      return 'Run the workflow embedded, or on another server.';
    case 'observe':
      return 'The stored run is asked for instead.';
    case 'resume':
      return 'Resume it by the means of that engine.';
    case 'cancel':
      return 'Cancel it by the means of that engine.';
    case 'runs':
      return 'Runs that were started from here are in the history all the same.';
  }
}

function engineText(engine: string | undefined): string {
  return engine === undefined ? '' : ` of the ${engine} engine`;
}

function within(milliseconds: number): string {
  return milliseconds === 0 ? '' : ` within ${Math.round(milliseconds / 100) / 10} seconds`;
}

function because(message: string | undefined): string {
  return message === undefined ? '' : `: ${oneLine(message)}`;
}

function contentText(contentType: string | undefined): string {
  const type = contentType?.split(';')[0]?.trim();
  if (type === undefined || type === '') return '';
  return type === 'text/html' ? ' (it sent a web page)' : ` (it sent ${type})`;
}

function prefixText(prefix: string): string {
  return prefix === '' ? 'the root (no prefix)' : prefix;
}

function withoutQuery(location: string): string {
  return location.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//');
}

/** Without the full stop, which follows anyway. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
