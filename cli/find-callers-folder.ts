/**
 * The folder that relative paths of the command line start from. npm runs scripts in the project's folder and keeps the
 * caller's in INIT_CWD.
 */
export function findCallersFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return (environment.npm_lifecycle_event === 'troupe' ? environment.INIT_CWD : undefined) ?? process.cwd();
}
