import { Tabs } from '@mantine/core';
import { apiUrl } from '../api/client.ts';
import { CodeBlock } from './code-block.tsx';

/** The same request as a shell, a TypeScript and a Python program send it; the key comes from the environment. */
export function CodeSamples({ request, makes = 'video' }: { request: object; makes?: 'video' | 'image' }) {
  const path = `/${makes}s/generations`;
  const samples = [
    { name: 'curl', text: writeCurl(path, request) },
    { name: 'TypeScript', text: writeTypeScript(path, request) },
    { name: 'Python', text: writePython(path, request) },
  ];
  return (
    <Tabs defaultValue="curl" keepMounted={false}>
      <Tabs.List mb="sm">
        {samples.map(({ name }) => (
          <Tabs.Tab key={name} value={name}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {samples.map(({ name, text }) => (
        <Tabs.Panel key={name} value={name}>
          <CodeBlock text={text} label={`Request in ${name}`} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

const write = (value: unknown) => JSON.stringify(value, null, 2);

function writeCurl(path: string, request: object): string {
  // A single quote ends the shell's word, so it's written outside of it.
  const body = write(request).replaceAll("'", `'\\''`);
  return `curl ${apiUrl}/v1${path} \\
  -H "Authorization: Bearer $TROUPE_API_KEY" \\
  -H 'Content-Type: application/json' \\
  -d '${body}'`;
}

function writeTypeScript(path: string, request: object): string {
  return `const api = '${apiUrl}/v1';
const headers = {
  authorization: \`Bearer \${process.env.TROUPE_API_KEY}\`,
  'content-type': 'application/json',
};

const answer = await fetch(\`\${api}${path}\`, {
  method: 'POST',
  headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
  body: JSON.stringify(${write(request).replaceAll('\n', '\n  ')}),
});
let task = await answer.json();
if (!answer.ok) throw new Error(task.error.message);
while (!['completed', 'failed', 'cancelled'].includes(task.status)) {
  // Answers as soon as the status changes.
  task = await (await fetch(\`\${api}/tasks/\${task.id}?wait=30\`, { headers })).json();
}
console.log(task.status, task.results ?? task.error);`;
}

function writePython(path: string, request: object): string {
  return `import os, uuid, requests

api = "${apiUrl}/v1"
headers = {"Authorization": "Bearer " + os.environ["TROUPE_API_KEY"]}

answer = requests.post(
    api + "${path}",
    headers={**headers, "Idempotency-Key": str(uuid.uuid4())},
    json=${writeLiteral(request).replaceAll('\n', '\n    ')},
)
task = answer.json()
if not answer.ok:
    raise SystemExit(task["error"]["message"])
while task["status"] not in ("completed", "failed", "cancelled"):
    # Answers as soon as the status changes.
    task = requests.get(api + "/tasks/" + task["id"], params={"wait": 30}, headers=headers).json()
print(task["status"], task.get("results") or task.get("error"))`;
}

/** As JSON, but for the three words that Python has others for; never inside of a text. */
function writeLiteral(value: unknown): string {
  return write(value).replace(/"(?:[^"\\]|\\.)*"|\btrue\b|\bfalse\b|\bnull\b/g, (word) =>
    word.startsWith('"') ? word : { true: 'True', false: 'False', null: 'None' }[word as 'true'],
  );
}
