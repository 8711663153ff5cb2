import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Commit at the head of the stand-in's model. */
export const commit = 'a'.repeat(40);

/** A request that the stand-in got. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** A hub on this machine with one model, `org/model`, and a gated one, as the public API answers; what it is sent is kept. */
export interface HubStandIn {
  readonly url: string;
  /** Files of the model by path. */
  files: Record<string, string>;
  seen: Seen[];
  readonly close: () => void;
}

export async function hubStandIn(): Promise<HubStandIn> {
  const hub = { url: '', files: {} as Record<string, string>, seen: [] as Seen[], close: () => {} };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const url = request.url ?? '';
      hub.seen.push({ method: request.method ?? '', url, authorization: request.headers.authorization, body });
      const json = (status: number, value: unknown): void =>
        void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
      if (url.includes('org/gated')) return json(403, { error: `No access with ${request.headers.authorization}` });
      if (!url.includes('org/model')) return json(404, { error: 'Repository not found' });
      if (url.startsWith('/api/models/org/model/revision/'))
        return json(200, {
          _id: '1',
          id: 'org/model',
          sha: commit,
          tags: [],
          downloads: 0,
          likes: 0,
          private: false,
          gated: false,
          lastModified: '2026-01-01T00:00:00.000Z',
        });
      if (url.startsWith('/api/models/org/model/preupload/'))
        return json(200, {
          files: JSON.parse(body).files.map(({ path }: { path: string }) => ({ path, uploadMode: 'regular' })),
        });
      if (url.startsWith('/api/models/org/model/commit/'))
        return json(200, {
          pullRequestUrl: `${hub.url}/org/model/discussions/1`,
          commitOid: commit,
          commitUrl: hub.url,
          hookOutput: '',
        });
      const content = hub.files[decodeURIComponent(url.split(`/resolve/${commit}/`)[1] ?? '')];
      if (content === undefined)
        return void response
          .writeHead(404, { 'X-Error-Code': 'EntryNotFound', 'Content-Type': 'application/json' })
          .end('{"error": "Entry not found"}');
      const bytes = Buffer.from(content);
      const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
      if (!range) return void response.writeHead(200, { 'Content-Length': bytes.length, ETag: '"x"' }).end(bytes);
      const part = bytes.subarray(Number(range[1]), range[2] === '' ? bytes.length : Number(range[2]) + 1);
      response
        .writeHead(206, {
          'Content-Range': `bytes ${range[1]}-${Number(range[1]) + part.length - 1}/${bytes.length}`,
          ETag: '"x"',
        })
        .end(part);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  hub.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return hub;
}
