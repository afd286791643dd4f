import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP connection to a store that can be cut and mended. */
export async function layCable(storeUrl: string) {
  const to = new URL(storeUrl);
  const ends = new Set<Socket>();
  let cut = false;
  const server = createServer((near) => {
    if (cut) return near.destroy();
    const far = connect(Number(to.port), to.hostname);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        ends.delete(end);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(storeUrl);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  const drop = () => {
    for (const end of ends) end.destroy();
  };
  return {
    url: through.href,
    cut() {
      cut = true;
      drop();
    },
    mend() {
      cut = false;
    },
    close() {
      drop();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
