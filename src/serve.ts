import type { Command, Commands } from '../cli/index.ts';
import { createSignInLink } from './accounts/index.ts';
import { type Config, listUnknownSettings, parseConfig } from './config.ts';
import { presentCredits } from './credits/index.ts';
import { retryWhileAway } from './db/index.ts';
import { explainListen } from './explain-listen.ts';
import { type Context, grantFirstKey } from './flow/index.ts';
import { packedPagesFolder, rootFolder } from './folders.ts';
import { createApp } from './http/app.ts';
import { serveMetrics } from './http/serve-metrics.ts';
import { armFailpoint } from './lib/failpoint.ts';
import { judgeProcessor } from './media/index.ts';
import { openContext, type Role } from './open-context.ts';
import { openLog } from './open-log.ts';
import { openPages } from './pages/index.ts';
import { serveProbes } from './worker/serve-probes.ts';
import { startWorker } from './worker/start-worker.ts';

/** The commands that run a server. */
export const serveCommands: Commands = {
  serve: serve(['api', 'worker']),
  api: serve(['api']),
  worker: serve(['worker']),
};

/** A command that runs the given roles in this process until it's told to stop. */
function serve(roles: readonly Role[]): Command {
  return {
    summary: `Runs ${roles.join(' and ')} until SIGTERM or SIGINT.`,
    options: {},
    async run(_, environment) {
      const config = parseConfig(environment);
      // People read standard output (the first key, the address), programs read the log on standard error.
      const { log, tracing } = await openLog(config, roles);
      for (const name of listUnknownSettings(environment)) {
        process.stderr.write(`WARNING: ${name} is no setting of this version, it has no effect\n`);
      }
      announceDangers(config, roles);
      await announceProcessor(roles);
      announceProxy(config, environment);
      armFailpoint(config.failpoint);
      const stop = listenForStop();
      const context = await openContext(config, log, roles, tracing);
      const closers: (() => Promise<unknown>)[] = [];
      try {
        if (roles.includes('worker')) {
          const worker = startWorker(context, config.worker);
          closers.push(() => worker.close());
          if (config.worker.probePort !== 0) closers.push(await listenForProbes(context, config));
          process.stdout.write('the worker is ready\n');
        }
        if (config.http.metricsPort !== 0) closers.push(await listenForMetrics(context, config));
        if (roles.includes('api')) closers.push(await listen(context, config));
        await stop;
        log.info('stopping');
        return 0;
      } finally {
        await Promise.allSettled(closers.map((close) => close()));
        await context.close();
        await tracing.close();
      }
    },
  };
}

async function listenForProbes(context: Context, { http, worker }: Config): Promise<() => Promise<void>> {
  const address = { host: http.host, port: worker.probePort };
  return await serveProbes(context, address).catch((error) => {
    throw explainListen(error, { ...address, setting: 'TROUPE_WORKER_PROBE_PORT' });
  });
}

async function listenForMetrics(context: Context, { http }: Config): Promise<() => Promise<void>> {
  const address = { host: http.host, port: http.metricsPort };
  return await serveMetrics(context, address).catch((error) => {
    throw explainListen(error, { ...address, setting: 'TROUPE_METRICS_PORT' });
  });
}

async function listen(context: Context, config: Config): Promise<() => Promise<unknown>> {
  const { database, clock, log } = context;
  const pages = openPages({ root: rootFolder, packedFolder: packedPagesFolder, log });
  const app = await createApp(context, config, pages);
  const { host, port } = config.http;
  const address = await app.listen({ host, port }).catch(async (error) => {
    await Promise.all([app.close(), pages.close()]);
    throw explainListen(error, { host, port, setting: 'PORT' });
  });
  const grant = () => grantFirstKey(database.db, config.starterMicrocredits, clock.now());
  const first = await retryWhileAway(grant, ({ message }) => log.warn({ reason: message }, 'the database is away'));
  if (first !== null) {
    const credits = presentCredits(config.starterMicrocredits);
    process.stdout.write(`Your API key, shown this once: ${first.key} (${credits} credits)\n`);
  }
  process.stdout.write(`Troupe answers at ${address}, guides and API reference are at ${address}/docs\n`);
  await announceConsole(context, config.flow.publicUrl ?? address);
  return () => Promise.all([app.close(), pages.close()]);
}

/** A link that signs its operator in, once: who reads this output has the machine, or its log for ten minutes. */
async function announceConsole({ database, clock }: Context, address: string): Promise<void> {
  const once = await createSignInLink(database.db, clock.now());
  const link = `${address.replace(/\/+$/, '')}/console/`;
  process.stdout.write(
    once === null
      ? `The console is at ${link}\n`
      : `The console is at ${link}#once=${once} (signs you in once, within 10 minutes)\n`,
  );
}

const say = (text: string) => process.stderr.write(`WARNING: ${text}\n`);

/** A machine that can't do the work would else show it in each failed task alone. */
async function announceProcessor(roles: readonly Role[]): Promise<void> {
  const lack = roles.includes('worker') ? await judgeProcessor() : null;
  if (lack !== null) say(lack);
}

/** Most programs take the variable as it stands; that this one doesn't is no fetch's fault. */
function announceProxy({ safeFetch }: Config, environment: Readonly<Record<string, string | undefined>>): void {
  const isSet = ['HTTPS_PROXY', 'https_proxy'].some((name) => (environment[name] ?? '') !== '');
  if (isSet && safeFetch.outboundProxy === 'none') {
    say('HTTPS_PROXY is set and not used: TROUPE_OUTBOUND_PROXY=environment takes it');
  }
}

/** Settings that weaken the server are said aloud at each start, wherever the log goes. */
function announceDangers(config: Config, roles: readonly Role[]): void {
  const ranges = process.env.TROUPE_ALLOW_ADDRESSES;
  if (config.safeFetch.allowAddresses.length > 0) {
    say(
      `TROUPE_ALLOW_ADDRESSES opens ${ranges} to reference media and callbacks; anybody with a key can reach hosts there`,
    );
  }
  if (config.safeFetch.fakeAddresses.length > 0) {
    say('TROUPE_FAKE_ADDRESSES: what a name points to is judged by nobody where its address is one of them');
  }
  if (config.proxies !== undefined) {
    say('TROUPE_OUTBOUND_PROXY=environment: what a name points to is judged by the proxy alone');
  }
  if (config.failpoint !== undefined) say(`TROUPE_FAILPOINT=${config.failpoint}: this process will kill itself`);
  if (roles.includes('worker') && config.engines.elementEngine === 'nothing') {
    say('TROUPE_ELEMENT_ENGINE=nothing: elements are empty and still charged');
  }
}

/** npm hands a Ctrl-C on that the terminal has sent already, so one request to stop arrives as two signals a moment apart. */
const sameRequestMs = 1_000;

/** Resolves at the first SIGTERM or SIGINT; a later one ends the process at once. */
function listenForStop(): Promise<void> {
  return new Promise((done) => {
    let askedAt: number | undefined;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (askedAt !== undefined && performance.now() - askedAt > sameRequestMs) process.exit(1);
        askedAt ??= performance.now();
        done();
      });
    }
  });
}
