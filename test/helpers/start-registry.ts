import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startHttp } from './start-server.ts';

/** A registry on this machine that has one package, with what it was asked for, and the settings that point npm at it. */
export interface Registry extends AsyncDisposable {
  readonly asked: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts a registry with `name`@`version`, packed by npm itself, that names a dependency and a script nobody may run. */
export async function startRegistry(name: string, version: string, files: Record<string, Buffer>): Promise<Registry> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-registry-'));
  const source = join(folder, 'source');
  await mkdir(source);
  const manifest = {
    name,
    version,
    dependencies: { canvas: '^2.11.2' },
    scripts: { install: 'exit 7', postinstall: 'exit 7' },
  };
  await writeFile(join(source, 'package.json'), JSON.stringify(manifest));
  for (const [file, bytes] of Object.entries(files)) await writeFile(join(source, file), bytes);
  const environment = { npm_config_cache: join(folder, 'cache'), npm_config_userconfig: join(folder, 'npmrc') };
  await promisify(execFile)('npm', ['pack', source, '--ignore-scripts', '--loglevel', 'error'], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  const archive = `${name}-${version}.tgz`;
  const packed = await readFile(join(folder, archive));
  const integrity = `sha512-${createHash('sha512').update(packed).digest('base64')}`;
  const asked: string[] = [];
  const server = await startHttp((request, response) => {
    const { url = '', headers } = request;
    asked.push(url);
    if (url === `/${name}/-/${archive}`) response.end(packed);
    else if (url === `/${name}`) {
      const dist = { tarball: `http://${headers.host}/${name}/-/${archive}`, integrity };
      const body = { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    } else response.writeHead(404).end('{}');
  });
  return {
    asked,
    environment: { ...environment, npm_config_registry: `http://127.0.0.1:${server.port}/` },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
