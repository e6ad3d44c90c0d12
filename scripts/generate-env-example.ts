import { sections } from '../src/config.ts';
import type { Section } from '../src/lib/settings.ts';

/** Line width of the descriptions, in characters. */
const width = 110;

const titles: Readonly<Record<keyof typeof sections, string>> = {
  http: 'HTTP',
  program: 'Data, database, log',
  flow: 'Links and the work on tasks',
  safeFetch: 'Addresses that media and callbacks may come from and go to',
  models: 'Prices',
  credits: 'Credits',
  accounts: 'Keys and limits',
  callbacks: 'Callbacks',
  files: 'Files of callers',
  worker: 'Workers',
  engines: 'Who builds elements and makes videos',
  kling: 'The Kling API',
  media: 'Media',
  storage: 'Files in S3',
  tracing: 'Traces and errors, to a collector of OpenTelemetry',
};

const head = `# Every setting of Troupe, with its default. Set a variable in the environment of the process, or copy this file to .env
# and load it before the start: set -a; . ./.env; set +a; npm start
# An empty or missing variable means the default. All mistakes are reported at once at start.
`;

/** Text of `.env.example`: every setting of `src/config.ts`, commented out, with what it means. */
export function generateEnvExample(): string {
  const parts = Object.entries(sections).map(([name, section]) =>
    [`# ${titles[name as keyof typeof sections]}`, '', ...presentSection(section)].join('\n'),
  );
  return [head, ...parts].join('\n');
}

function presentSection(section: Section): string[] {
  return Object.values(section).map((setting) => {
    const lines = wrap(setting.describe).map((line) => `# ${line}`);
    const fallback = setting.fallback === undefined ? '' : setting.show(setting.fallback);
    return [...lines, `#${setting.env}=${fallback}`, ''].join('\n');
  });
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
