import { AdminError, type AdminSockets, adminSockets, askAdmin, stateFolder } from '@crashkeep/local-vault';

const USAGE_OR_FAILURE = 2;

/** Asks an app of the vault on this machine and prints what it gives, alone on a line; a refusal is a sentence and exit code 2. */
export async function printAdminAnswer(door: keyof AdminSockets, request: object, wanted: string): Promise<void> {
  try {
    console.log(await askAdmin(adminSockets()[door], request, wanted));
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    console.error(sentenceFor(error.code));
    process.exitCode = USAGE_OR_FAILURE;
  }
}

export function sentenceFor(code: string): string {
  const { home } = stateFolder();
  switch (code) {
    case 'admin.unreachable':
      return `No vault runs on ${home}. Start it with npm start, or set CRASHKEEP_HOME to the state folder of the one that runs.`;
    case 'admin.forbidden':
      return `The vault on ${home} belongs to another user. Run this command as that user.`;
    case 'identity.project-unknown':
      return 'There is no such project. Name one that the console shows, or leave --project out for "default".';
    default:
      return `The vault refused: ${code}`;
  }
}
