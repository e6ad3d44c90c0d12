/**
 * Carries out the steps of deploy/Dockerfile where no container engine can be had, then runs the server in what they make: as a user
 * whom no passwd file knows, on a read-only root, with one data folder and a temporary file system. Needs root, Linux with mount
 * namespaces, and a Debian bookworm made by `debootstrap --variant=minbase --include=ca-certificates bookworm FOLDER`:
 *   node test/deploy/run-image-steps.ts FOLDER
 * In the place of the base image stands that folder with the Node.js and npm of this machine. What an engine does else isn't tried:
 * layers, --init, health checks by the engine, networks.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const [base = ''] = process.argv.slice(2);
if (base === '') throw new Error('name the folder that debootstrap made');
const work = mkdtempSync(join(tmpdir(), 'troupe-image-'));
/** The network's settings of this machine hold inside as well. */
const network = Object.entries(process.env).filter(([name]) => /proxy|^NODE_EXTRA_CA_CERTS$/i.test(name));
const say = (text: string) => process.stdout.write(`${text}\n`);

interface Stage {
  folder: string;
  workFolder: string;
  environment: Record<string, string>;
  user: string;
  entry: string[];
}

try {
  const image = build();
  await tryServer(image);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function build(): Stage {
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const [word, rest] of readInstructions()) {
    if (word === 'FROM') {
      const [, name = 'image'] = /AS (\S+)/.exec(rest) ?? [];
      stage = startStage(name);
      stages.set(name, stage);
    } else if (stage !== undefined) carryOut(stage, word, rest, stages);
  }
  if (stage === undefined) throw new Error('the Dockerfile has no stage');
  return stage;
}

function readInstructions(): [string, string][] {
  const text = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8').replaceAll(/\\\n/g, ' ');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => /^(\S+)\s+(.*)$/.exec(line)?.slice(1) as [string, string]);
}

function startStage(name: string): Stage {
  const folder = join(work, name);
  execFileSync('cp', ['-a', base, folder]);
  copyFileSync('/etc/resolv.conf', join(folder, 'etc/resolv.conf'));
  // Whom this machine trusts: a proxy of its own may stand before the registries.
  for (const path of ['/etc/ssl/certs/ca-certificates.crt', process.env.NODE_EXTRA_CA_CERTS ?? '']) {
    if (path === '' || !existsSync(path)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(path, join(folder, path));
  }
  copyFileSync(join(root, 'node_modules/node/bin/node'), join(folder, 'usr/local/bin/node'));
  chmodSync(join(folder, 'usr/local/bin/node'), 0o755);
  const npm = dirname(
    dirname(execFileSync('readlink', ['-f', execFileSync('which', ['npm']).toString().trim()]).toString()),
  );
  cpSync(npm, join(folder, 'usr/local/lib/node_modules/npm'), { recursive: true });
  execFileSync('ln', ['-s', '../lib/node_modules/npm/bin/npm-cli.js', join(folder, 'usr/local/bin/npm')]);
  return { folder, workFolder: '/', environment: {}, user: '0:0', entry: [] };
}

function carryOut(stage: Stage, word: string, rest: string, stages: ReadonlyMap<string, Stage>): void {
  say(`${word} ${rest.slice(0, 100)}`);
  if (word === 'WORKDIR') {
    stage.workFolder = rest;
    mkdirSync(join(stage.folder, rest), { recursive: true });
  } else if (word === 'RUN') run(stage, rest);
  else if (word === 'COPY') copy(stage, rest, stages);
  else if (word === 'ENV') {
    for (const pair of rest.split(' ')) stage.environment[pair.split('=')[0] ?? ''] = pair.split('=')[1] ?? '';
  } else if (word === 'USER') stage.user = rest;
  else if (word === 'ENTRYPOINT' || word === 'CMD') stage.entry.push(...(JSON.parse(rest) as string[]));
  else if (!['VOLUME', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK'].includes(word))
    throw new Error(`${word} isn't known here`);
}

function run({ folder, workFolder, environment }: Stage, command: string): void {
  const inside = `mount --bind "$0" "$0" && mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" /bin/sh -ec "cd ${workFolder}; $1"`;
  execFileSync('unshare', ['--mount', '--pid', '--fork', 'sh', '-c', inside, folder, command], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: '/root',
      DEBIAN_FRONTEND: 'noninteractive',
      NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
      ...Object.fromEntries(network),
      ...environment,
    },
  });
}

function copy(stage: Stage, rest: string, stages: ReadonlyMap<string, Stage>): void {
  const words = rest.split(/\s+/);
  const flags = words.filter((word) => word.startsWith('--'));
  const [target = '', ...sources] = words.filter((word) => !word.startsWith('--')).reverse();
  const from = flags.find((flag) => flag.startsWith('--from='))?.slice(7);
  const mode = flags.find((flag) => flag.startsWith('--chmod='))?.slice(8);
  const into = join(stage.folder, target.startsWith('/') ? target : join(stage.workFolder, target));
  for (const source of sources) {
    const path = from === undefined ? join(root, source) : join(stages.get(from)?.folder ?? '', source);
    if (from === undefined && source === '.') {
      // What git knows is what a build context without the ignored files has.
      execFileSync('sh', ['-c', `cd "$0" && git ls-files -z | tar -c --null -T - | tar -x -C "$1"`, root, into]);
    } else execFileSync('cp', ['-aT', path, target.endsWith('/') ? join(into, source.split('/').at(-1) ?? '') : into]);
    if (mode !== undefined) chmodSync(into, Number.parseInt(mode, 8));
  }
}

async function tryServer({ folder, environment, entry }: Stage): Promise<void> {
  const data = join(work, 'data-volume');
  mkdirSync(data);
  // As OpenShift does: any user, group 0.
  execFileSync('chown', ['12345:0', data]);
  execFileSync('chmod', ['770', data]);
  writeFileSync(join(folder, 'etc/hosts'), '127.0.0.1 localhost\n');
  const inside = [
    'mount --bind "$0" "$0"',
    'mount -t proc proc "$0/proc"',
    'mount --rbind /dev "$0/dev"',
    'mount --bind "$1" "$0/data"',
    'mount -o remount,bind,ro "$0"',
    'mount -t tmpfs -o mode=1777 tmpfs "$0/tmp"',
    'shift; root=$0; exec chroot --userspec=12345:0 --groups=0 "$root" "$@"',
  ].join(' && ');
  const child = spawn('unshare', ['--mount', 'sh', '-c', inside, folder, data, ...entry], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...environment, PORT: '4655', TROUPE_LOG_LEVEL: 'warn' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  try {
    const deadline = performance.now() + 180_000;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output}`);
      if (performance.now() > deadline) throw new Error(`no answer within 180 s:\n${output}`);
      const ready = await fetch('http://127.0.0.1:4655/readyz').catch(() => null);
      if (ready?.status === 200 && /sk-\w+/.test(output)) break;
      await new Promise((done) => setTimeout(done, 250));
    }
    const key = /sk-\w+/.exec(output)?.[0] ?? '';
    const models = await fetch('http://127.0.0.1:4655/v1/models', { headers: { authorization: `Bearer ${key}` } });
    const page = await fetch('http://127.0.0.1:4655/console');
    say(`ready as user 12345 on a read-only root; /v1/models ${models.status}, /console ${page.status}`);
    say(
      execFileSync('sh', [
        '-c',
        `ls -ln "$0" | head -5; du -sk "$0"; grep -h "^Uid" /proc/${child.pid}/status`,
        data,
      ]).toString(),
    );
    await buildElement(key);
  } finally {
    child.kill('SIGTERM');
    await new Promise((done) => (child.exitCode === null ? child.once('exit', done) : done(undefined)));
    say(`stopped with code ${child.exitCode}`);
  }
}

async function buildElement(key: string): Promise<void> {
  const picture = (name: string) => readFileSync(join(root, 'demo/media', name)).toString('base64');
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const body = {
    model: 'kling-custom-element',
    model_params: {
      element_name: 'RC car',
      element_description: 'A toy car',
      reference_type: 'image_refer',
      element_image_list: {
        frontal_image: picture('rc-car-front.jpg'),
        refer_images: [{ image_url: picture('rc-car-side.jpg') }],
      },
    },
  };
  const made = await fetch('http://127.0.0.1:4655/v1/videos/generations', {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const { id } = (await made.json()) as { id: string };
  for (let at = 0; at < 480; at += 1) {
    const { status } = (await (await fetch(`http://127.0.0.1:4655/v1/tasks/${id}`, { headers })).json()) as {
      status: string;
    };
    if (!['pending', 'processing'].includes(status)) {
      say(`an element of two pictures: ${status}`);
      return;
    }
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error('the element was not built within 120 s');
}
