import { api } from '../api/client';
import { endSession } from './session';

/** Ends the session here, or all sessions of the user. */
export async function signOut(everywhere = false): Promise<void> {
  await (everywhere ? api.POST('/api/v1/auth/logout-everywhere') : api.POST('/api/v1/auth/logout'));
  endSession();
}
