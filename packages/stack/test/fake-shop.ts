import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames } from '../src/services.ts';

const service = `
import { createServer } from 'node:http';
const server = createServer((request, response) => {
  response.end(request.url === '/env' ? JSON.stringify(process.env) : 'ok');
}).listen(Number(process.env.PORT), process.env.BIND_ADDRESS);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;
const seed = `console.log('importing 3 of 3 for ' + JSON.parse(process.env.SAMPLE_ACCOUNTS ?? '[]').length + ' accounts');`;
const template = `
pid "\${GATEWAY_PID}"; events {}
http {
  access_log off; client_body_temp_path "\${GATEWAY_TMP}/body"; proxy_temp_path "\${GATEWAY_TMP}/proxy";
  fastcgi_temp_path "\${GATEWAY_TMP}/f"; uwsgi_temp_path "\${GATEWAY_TMP}/u"; scgi_temp_path "\${GATEWAY_TMP}/s";
  server {
    listen \${GATEWAY_LISTEN};
    location = /health { return 200 up; }
    location /api/v1/cart/ { proxy_pass http://\${CART_HOST}/; }
  }
}
`;

/** Seven tiny services and a small gateway in a temporary folder. */
export function createFakeShop() {
  const folder = mkdtempSync(join(tmpdir(), 'shop-stack-'));
  const services = join(folder, 'services');
  for (const name of serviceNames) {
    mkdirSync(join(services, name, 'src'), { recursive: true });
    writeFileSync(join(services, name, 'src/main.ts'), service);
  }
  writeFileSync(join(services, 'cart/src/seed.ts'), seed);
  const gatewayTemplate = join(folder, 'nginx.conf.template');
  writeFileSync(gatewayTemplate, template);
  return {
    dataDir: join(folder, 'data'),
    sources: { services, gatewayTemplate },
    /** Replaces the program of one service. */
    rewrite: (name: string, text: string) => writeFileSync(join(services, name, 'src/main.ts'), text),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The processes that carry this text in their command or environment and have not ended. */
export function processesOf(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        if (stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')) return false;
        const all =
          readFileSync(`/proc/${pid}/cmdline`, 'utf8') + readFileSync(`/proc/${pid}/environ`, 'utf8');
        return all.includes(text);
      } catch {
        return false;
      }
    });
}
