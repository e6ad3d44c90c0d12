export async function runClientCommand(words: readonly string[]): Promise<number> {
  process.stderr.write(`troupe: there is no command '${words.join(' ')}'\n`);
  return 2;
}
